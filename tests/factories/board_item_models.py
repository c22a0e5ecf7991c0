"""Filled models of the day board and the booking panel."""

from __future__ import annotations

import datetime as dt

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.ui.agenda import agenda_of
from tcmdesk.features.appointments.ui.agenda_model import AgendaModel
from tcmdesk.features.appointments.ui.board_model import DayBoardModel
from tcmdesk.features.appointments.ui.layout import BoardLayout
from tcmdesk.features.patients.types import Gender, PatientMatch, PatientRef
from tcmdesk.features.patients.ui.match_model import MatchModel
from tests.factories import sample_day
from tests.support.item_models import makes

TODAY = sample_day.DAY


@makes("tcmdesk.features.appointments.ui.board_model:DayBoardModel")
def day_board_model() -> DayBoardModel:
    model = DayBoardModel(Translator("en"))
    model.show_board(BoardLayout(sample_day.board(), sample_day.DOCTORS, sample_day.ZONE), TODAY)
    return model


@makes("tcmdesk.features.appointments.ui.agenda_model:AgendaModel")
def agenda_model() -> AgendaModel:
    layout = BoardLayout(sample_day.board(), sample_day.DOCTORS, sample_day.ZONE)
    model = AgendaModel(Translator("en"))
    model.show_lines(agenda_of(layout, 622), {doctor.doctor_id: doctor.name for doctor in sample_day.DOCTORS})
    return model


@makes("tcmdesk.features.patients.ui.match_model:MatchModel")
def match_model() -> MatchModel:
    model = MatchModel(Translator("en"), TODAY)
    model.show_matches(
        tuple(
            PatientMatch(
                PatientRef(f"u{number}"), f"李晓敏{number}", Gender.FEMALE, dt.date(1984, 3, number + 1),
                "19900002706", "li xiao min", None, number,
            )
            for number in range(5)
        )
    )  # fmt: skip
    return model
