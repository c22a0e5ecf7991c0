"""A filled model of the waiting room."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.types import AttendedCard
from tcmdesk.features.reception.types import QueueEntry, WaitingRoom, in_queue_order
from tcmdesk.features.reception.ui.waiting_lines import lines_of
from tcmdesk.features.reception.ui.waiting_model import WaitingModel
from tcmdesk.features.visits.types import Stage, VisitState
from tests.factories.sample_day import DAY, NOW, card
from tests.support.item_models import makes


def entry(
    name: str, number: int, stage: Stage = Stage.ARRIVED, waited: int = 10, doctor: str = "d1"
) -> QueueEntry:
    """Somebody who came `waited` minutes ago."""
    came = NOW - dt.timedelta(minutes=waited)
    began = came if stage is Stage.IN_CONSULTATION else None
    visit = VisitState(stage, number, came, started_at=began, due_at=came)
    made = replace(card(doctor, "10:45", 15, name), visit=visit)
    return QueueEntry(AttendedCard(made, "陈景和", "内科", "诊室 1"))


@makes("tcmdesk.features.reception.ui.waiting_model:WaitingModel")
def waiting_model() -> WaitingModel:
    waiting = in_queue_order(
        [entry("罗文彬", 8, waited=34), entry("马惠芳", 9), entry("姚佳宁", 5, doctor="d2")]
    )
    room = WaitingRoom(DAY, waiting, (entry("沈若兰", 7, Stage.IN_CONSULTATION, 7),))
    model = WaitingModel(Translator("en"))
    model.show_lines(lines_of(room, NOW, own="d1", long_wait=30))
    return model
