"""Bookings that a leave or a holiday hits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.cards import board_columns, card_of, instant
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.models import Doctor
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.visits.types import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.schedules.types import HoursException

_OPEN: Final = frozenset({Status.PENDING, Status.CONFIRMED})
_UNDER_WAY: Final = frozenset({Stage.IN_CONSULTATION, Stage.FINISHED})
_SPAN: Final = (
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
    Appointment.status.is_distinct_from(Status.CANCELLED.value),
    Appointment.patient_id != CLINIC_ACCOUNT_ID,
)
_CARDS: Final = board_columns().add_columns(Doctor.department_id).outerjoin(
    Doctor, Doctor.id == Appointment.doctor_id
).where(*_SPAN)  # fmt: skip


def read_hits(
    connection: Connection, exception: HoursException, zone: ZoneInfo, now: dt.datetime
) -> tuple[list[AppointmentCard], dict[str, str | None]]:
    """Open bookings that are not over, earliest first, and the department of every doctor of theirs. One statement."""
    start = bounds(exception.from_day, zone)[0]
    end = bounds(exception.until_day, zone)[1]
    statement = (
        _CARDS if exception.doctor_id is None else _CARDS.where(Appointment.doctor_id == bindparam("doctor"))
    )
    parameters: dict[str, Any] = {"start": start, "end": end}
    if exception.doctor_id is not None:
        parameters["doctor"] = exception.doctor_id
    spans = list(_spans(exception, zone))
    hits: list[AppointmentCard] = []
    departments: dict[str, str | None] = {}
    for row in connection.execute(statement, parameters):
        card = card_of(row, zone)
        departments[card.doctor_id] = row.department_id
        starts, ends = card.starts_at, card.ends_at
        if card.status not in _OPEN or starts is None or ends is None or ends <= now:
            continue
        if card.visit is not None and card.visit.stage in _UNDER_WAY:
            continue
        if any(overlaps(starts, ends, *span) for span in spans):
            hits.append(card)
    hits.sort(key=lambda card: (card.starts_at or now, card.appointment_id))
    return hits, departments


def _spans(exception: HoursException, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    day = exception.from_day
    while day <= exception.until_day:
        yield instant(day, exception.session.start, zone), instant(day, exception.session.end, zone)
        day += dt.timedelta(days=1)
