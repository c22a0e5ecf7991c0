"""Free time, and what to know before taking it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, and_, bindparam, or_, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries.cards import instant, time_of
from tcmdesk.features.appointments.queries.clinic import HOURS
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.appointments.types import BOARD_CELL_MINUTES, Opening, Session, Status
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.settings.service import hours_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.features.settings.types import Hours

_active = or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value)
_within = and_(
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
    _active,
)
_time = (
    Appointment.id,
    Appointment.appointment_date,
    Appointment.time_slot,
    DeskAppointment.starts_at,
    DeskAppointment.minutes,
)
_DOCTOR: Final = (
    select(*_time, HOURS)
    .select_from(Doctor)
    .outerjoin(Appointment, and_(Appointment.doctor_id == Doctor.id, _within))
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .where(Doctor.id == bindparam("doctor"))
)
_PATIENT: Final = (
    select(*_time, User.name.label("doctor_name"), DeskAppointment.profile_id)
    .select_from(Appointment)
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .outerjoin(Doctor, Doctor.id == Appointment.doctor_id)
    .outerjoin(User, User.id == Doctor.user_id)
    .where(Appointment.patient_id == bindparam("patient"), _within)
)

Busy = tuple[dt.datetime, dt.datetime]


def read_hours_and_busy(
    connection: Connection, doctor_id: str, day: dt.date, days: int, zone: ZoneInfo
) -> tuple[Hours, list[Busy]] | None:
    """A doctor's week and the times that active appointments take from `day` on; None for no such doctor."""
    start, end = bounds(day, zone)[0], bounds(day + dt.timedelta(days=days - 1), zone)[1]
    rows = connection.execute(_DOCTOR, {"doctor": doctor_id, "start": start, "end": end}).all()
    if not rows:
        return None
    busy = []
    for row in rows:
        starts_at, minutes = time_of(row, zone) if row.id is not None else (None, 0)
        if starts_at is not None:
            busy.append((starts_at, starts_at + dt.timedelta(minutes=minutes)))
    return hours_of(rows[0].hours), sorted(busy)


def free_starts(
    doctor_id: str,
    hours: Hours,
    busy: list[Busy],
    *,
    from_: dt.datetime,
    days: int,
    minutes: int,
    zone: ZoneInfo,
) -> Iterator[Opening]:
    """Starts on the board's grid at which `minutes` fit into a session beside what is taken."""
    length = dt.timedelta(minutes=minutes)
    first = from_.astimezone(zone).date()
    for number in range(days):
        day = first + dt.timedelta(days=number)
        for session in hours.on(day):
            for minute in _grid(session, minutes):
                start = instant(day, minute, zone)
                if start >= from_ and not any(overlaps(start, start + length, *taken) for taken in busy):
                    yield Opening(doctor_id, start)


def _grid(session: Session, minutes: int) -> range:
    first = -(-session.start // BOARD_CELL_MINUTES) * BOARD_CELL_MINUTES
    return range(first, session.end - minutes + 1, BOARD_CELL_MINUTES)


def patient_elsewhere(
    connection: Connection,
    patient: PatientRef,
    start: dt.datetime,
    end: dt.datetime,
    zone: ZoneInfo,
    *,
    besides: str,
) -> tuple[tuple[dt.datetime, str], ...]:
    """Times, with the doctor's name, at which the same person is expected elsewhere."""
    day = start.astimezone(zone).date()
    from_, to = bounds(day, zone)
    rows = connection.execute(_PATIENT, {"patient": patient.user_id, "start": from_, "end": to}).all()
    found = []
    for row in rows:
        starts_at, minutes = time_of(row, zone)
        if row.id == besides or row.profile_id != patient.profile_id or starts_at is None:
            continue
        if overlaps(start, end, starts_at, starts_at + dt.timedelta(minutes=minutes)):
            found.append((starts_at, row.doctor_name or ""))
    return tuple(sorted(found))
