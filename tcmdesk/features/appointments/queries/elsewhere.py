"""Where else a person is expected at a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries.busy import ACTIVE
from tcmdesk.features.appointments.queries.cards import time_of
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.identity.models import Doctor, User

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.features.patients.types import PatientRef

_PATIENT: Final = (
    select(
        Appointment.id,
        Appointment.appointment_date,
        Appointment.time_slot,
        DeskAppointment.starts_at,
        DeskAppointment.minutes,
        User.name.label("doctor_name"),
        DeskAppointment.profile_id,
    )
    .select_from(Appointment)
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .outerjoin(Doctor, Doctor.id == Appointment.doctor_id)
    .outerjoin(User, User.id == Doctor.user_id)
    .where(
        Appointment.patient_id == bindparam("patient"),
        Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
        Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
        ACTIVE,
    )
)


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
