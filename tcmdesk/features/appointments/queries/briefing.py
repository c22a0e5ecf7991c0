"""What a booking has to know before it writes, from one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries.cards import time_of
from tcmdesk.features.appointments.queries.clinic import ZONE
from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.settings.service import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import Hold
    from tcmdesk.features.patients.types import PatientRef

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occupied:
    """A time that an active appointment of the doctor takes."""

    appointment_id: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Briefing:
    """Names for messages, the clinic's zone, and the doctor's appointments around the wanted time.

    `profile_found` is False when a family member was named who does not belong to the account.
    """

    zone: ZoneInfo
    doctor_name: str
    patient_name: str
    profile_found: bool
    occupied: tuple[Occupied, ...]

    def overlapping(self, start: dt.datetime, end: dt.datetime, *, besides: str) -> tuple[str, ...]:
        """Ids of the appointments that overlap an interval, but for one."""
        return _in_the_way(self.occupied, start, end, besides)


_DoctorUser = aliased(User)
_active = or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value)
_around = and_(
    Appointment.appointment_date > bindparam("after", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("before", type_=UtcTimestamp),
    _active,
)
_OCCUPIED: Final = (
    Appointment.id,
    Appointment.appointment_date,
    Appointment.time_slot,
    DeskAppointment.starts_at,
    DeskAppointment.minutes,
)
_BRIEFING: Final = (
    select(
        _DoctorUser.name.label("doctor_name"),
        User.name.label("account_name"),
        PatientProfile.name.label("profile_name"),
        ZONE,
        *_OCCUPIED,
    )
    .select_from(Doctor)
    .join(User, User.id == bindparam("patient"))
    .outerjoin(_DoctorUser, _DoctorUser.id == Doctor.user_id)
    .outerjoin(
        PatientProfile, and_(PatientProfile.id == bindparam("profile"), PatientProfile.user_id == User.id)
    )
    .outerjoin(Appointment, and_(Appointment.doctor_id == Doctor.id, _around))
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .where(Doctor.id == bindparam("doctor"))
)
_AROUND: Final = (
    select(*_OCCUPIED, ZONE)
    .select_from(Appointment)
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .where(Appointment.doctor_id == bindparam("doctor"), _around)
)


def _window(start: dt.datetime) -> dict[str, object]:
    # an appointment's date may carry any time of its day, so its day is at most one day away in UTC
    return {"after": start - _DAY, "before": start + _DAY}


def read_briefing(
    connection: Connection, doctor_id: str, patient: PatientRef, start: dt.datetime
) -> Briefing | None:
    """The briefing, or None when there is no such doctor or no such account."""
    rows = connection.execute(
        _BRIEFING,
        {"doctor": doctor_id, "patient": patient.user_id, "profile": patient.profile_id, **_window(start)},
    ).all()
    if not rows:
        return None
    first = rows[0]
    zone = zone_of(first.zone)
    return Briefing(
        zone=zone,
        doctor_name=first.doctor_name or "",
        patient_name=first.profile_name or first.account_name,
        profile_found=patient.profile_id is None or first.profile_name is not None,
        occupied=tuple(_occupied(rows, zone)),
    )


def read_overlapping(
    connection: Connection, doctor_id: str, start: dt.datetime, end: dt.datetime, *, besides: str
) -> tuple[str, ...]:
    """Ids of a doctor's active appointments that overlap an interval, but for one."""
    rows = connection.execute(_AROUND, {"doctor": doctor_id, **_window(start)}).all()
    zone = zone_of(rows[0].zone if rows else None)
    return _in_the_way(_occupied(rows, zone), start, end, besides)


def read_sold(connection: Connection, holds: Iterable[Hold], zone: ZoneInfo) -> frozenset[str]:
    """Ids of the holds that an active appointment other than their own overlaps; `holds` is not empty."""
    kept = list(holds)
    rows = connection.execute(
        select(Appointment.doctor_id, *_OCCUPIED)
        .select_from(Appointment)
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .where(
            _active,
            or_(
                *(
                    and_(
                        Appointment.doctor_id == hold.doctor_id,
                        Appointment.appointment_date > hold.starts_at - _DAY,
                        Appointment.appointment_date < hold.starts_at + _DAY,
                    )
                    for hold in kept
                )
            ),
        )
    ).all()
    return frozenset(
        hold.hold_id
        for hold in kept
        if _in_the_way(
            _occupied((row for row in rows if row.doctor_id == hold.doctor_id), zone),
            hold.starts_at,
            hold.ends_at,
            hold.hold_id,
        )
    )


def belongs(connection: Connection, patient: PatientRef) -> bool:
    """Whether a person is of the account: its holder, or one of the profiles kept there."""
    if patient.profile_id is None:
        return True
    found = connection.execute(
        select(PatientProfile.id).where(
            PatientProfile.id == patient.profile_id, PatientProfile.user_id == patient.user_id
        )
    )
    return found.first() is not None


def _occupied(rows: Iterable[Any], zone: ZoneInfo) -> Iterator[Occupied]:
    for row in rows:
        starts_at, minutes = time_of(row, zone) if row.id is not None else (None, 0)
        if starts_at is not None:
            yield Occupied(row.id, starts_at, starts_at + dt.timedelta(minutes=minutes))


def _in_the_way(
    occupied: Iterable[Occupied], start: dt.datetime, end: dt.datetime, besides: str
) -> tuple[str, ...]:
    return tuple(
        other.appointment_id
        for other in occupied
        if other.appointment_id != besides and overlaps(start, end, other.starts_at, other.ends_at)
    )
