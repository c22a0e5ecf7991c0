"""Filled models of the day board and the booking panel."""

from __future__ import annotations

import datetime as dt

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.types import BoardView, DayLoad, HalfDay, SavedView, Span
from tcmdesk.features.appointments.ui.agenda import agenda_of
from tcmdesk.features.appointments.ui.agenda_model import AgendaModel
from tcmdesk.features.appointments.ui.board_model import DayBoardModel
from tcmdesk.features.appointments.ui.layout import BoardLayout
from tcmdesk.features.appointments.ui.month_days import MonthDays
from tcmdesk.features.appointments.ui.month_model import MonthModel
from tcmdesk.features.appointments.ui.side_model import Row, SideModel, Title
from tcmdesk.features.appointments.ui.views_model import ViewsModel
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


@makes("tcmdesk.features.appointments.ui.month_model:MonthModel")
def month_model() -> MonthModel:
    first = dt.date(2026, 10, 26)
    model = MonthModel(Translator("en"))
    loads = (DayLoad(TODAY, "d1", HalfDay(3, 60, 1), HalfDay(2, 45)),)
    model.show_days(MonthDays(first, (sample_day.DOCTORS,) * 42, loads, BoardView()))
    return model


@makes("tcmdesk.features.appointments.ui.side_model:SideModel")
def side_model() -> SideModel:
    model = SideModel()
    model.show_lines(
        (
            Title("Nearest openings", key="F"),
            *(Row(f"o{at}", "Today", f"1{at}:00", "", "Book", at) for at in range(4)),
        )
    )
    return model


@makes("tcmdesk.features.appointments.ui.views_model:ViewsModel")
def views_model() -> ViewsModel:
    model = ViewsModel(Translator("en"), lambda view: view.span.value)
    model.show_views((SavedView(2, "Week", BoardView(Span.WEEK, "d1")),))
    return model
