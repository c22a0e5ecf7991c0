"""How full the days of a month are, from one statement that brings a row a half-day instead of one a visit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, and_, bindparam, case, func, literal, or_, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.queries.cards import PLATFORM_MINUTES, instant
from tcmdesk.features.appointments.types import NOON, DayLoad, HalfDay, Status
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Select

_MORNING: Final = "am"
_AFTERNOON: Final = "pm"
_PLAIN: Final = "__:__"
"""Slot texts that the database itself can tell morning from afternoon by; all others come as they are."""

_active = or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value)
_pending = or_(Appointment.status.is_(None), Appointment.status == Status.PENDING.value)
_plain = Appointment.time_slot.like(_PLAIN)
_half = case(
    (and_(_plain, Appointment.time_slot < slot_text.write(NOON)), literal(_MORNING)),
    (_plain, literal(_AFTERNOON)),
    else_=Appointment.time_slot,
)
# the desk's length holds as long as the platform has not moved the row since
_minutes = case(
    (DeskAppointment.starts_at == Appointment.appointment_date, DeskAppointment.minutes),
    else_=None,
)


def read_loads(connection: Connection, first: dt.date, days: int, zone: ZoneInfo) -> tuple[DayLoad, ...]:
    """What each doctor has on each day that has anything, by day and doctor.

    A length that the platform wrote into its text counts when the text has more than a start; 30 minutes otherwise.
    """
    midnights = [instant(first + dt.timedelta(days=number), 0, zone) for number in range(days + 1)]
    found: dict[tuple[int, str], dict[str, HalfDay]] = defaultdict(lambda: defaultdict(HalfDay))
    parameters = {f"day{number}": midnight for number, midnight in enumerate(midnights)}
    for row in connection.execute(_statement(days), parameters):
        part, length = _part(row)
        minutes = int(row.minutes or 0) + int(row.unknown) * length
        half = HalfDay(int(row.visits), minutes, int(row.pending))
        found[row.day_number, row.doctor_id][part] += half
    return tuple(
        DayLoad(
            first + dt.timedelta(days=number), doctor_id,
            halves[_MORNING], halves[_AFTERNOON], halves[""],
        )
        for (number, doctor_id), halves in sorted(found.items())
    )  # fmt: skip


def _part(row: Any) -> tuple[str, int]:
    """The half-day of a group, and how long its visits last whose length nobody said."""
    if row.half in {_MORNING, _AFTERNOON}:
        return row.half, PLATFORM_MINUTES
    parsed = slot_text.parse(row.half)
    if parsed is None:
        return "", PLATFORM_MINUTES
    start, end = parsed
    return _MORNING if start < NOON else _AFTERNOON, PLATFORM_MINUTES if end is None else end - start


@cache
def _statement(days: int) -> Select[*tuple[Any, ...]]:
    midnights = [bindparam(f"day{number}", type_=UtcTimestamp) for number in range(days + 1)]
    # a clinic's days are 23 or 25 hours long where clocks change, so each midnight is given
    number = case(
        *((Appointment.appointment_date < midnight, number) for number, midnight in enumerate(midnights[1:])),
        else_=days,
    )
    visits = (
        select(
            number.label("day_number"),
            Appointment.doctor_id,
            _half.label("half"),
            _minutes.label("minutes"),
            case((_pending, 1), else_=0).label("pending"),
        )
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .where(
            Appointment.appointment_date >= midnights[0],
            Appointment.appointment_date < midnights[-1],
            Appointment.patient_id != CLINIC_ACCOUNT_ID,
            _active,
        )
        .subquery("visits")
    )
    known = visits.c
    return select(
        known.day_number,
        known.doctor_id,
        known.half,
        func.count().label("visits"),
        func.sum(known.minutes).label("minutes"),
        (func.count() - func.count(known.minutes)).label("unknown"),
        func.sum(known.pending).label("pending"),
    ).group_by(known.day_number, known.doctor_id, known.half)
