"""One select for appointments with everybody's names, and the frozen cards made of its rows."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, func, select

from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.types import (
    AppointmentCard,
    AppointmentVersion,
    Kind,
    Source,
    Status,
    VisitType,
)
from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import Gender, PatientRef

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.elements import ColumnElement

PLATFORM_MINUTES: Final = 30
"""Length of a platform booking whose slot text names no end: the step of its own grid."""

BOARD_SYMPTOMS: Final = 200
"""How much of the symptoms a board's card carries, in characters."""

_VISIT_TYPES: Final = {member.value: member for member in VisitType}
_STATUSES: Final = {member.value: member for member in Status}
_SOURCES: Final = {member.value: member for member in Source}
_GENDERS: Final = {member.value: member for member in Gender}


def card_columns(
    symptoms: InstrumentedAttribute[str] | ColumnElement[str] = Appointment.symptoms,
) -> Select[*tuple[Any, ...]]:
    """Appointments joined with account, desk row and profile; the platform may have left any of them out."""
    return (
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.doctor_id,
            Appointment.appointment_date,
            Appointment.time_slot,
            Appointment.visit_type,
            symptoms.label("symptoms"),
            Appointment.has_visited_before,
            Appointment.status,
            User.name.label("account_name"),
            User.gender.label("account_gender"),
            User.birthday.label("account_birthday"),
            DeskAppointment.profile_id,
            DeskAppointment.starts_at,
            DeskAppointment.minutes,
            DeskAppointment.source,
            DeskAppointment.patient_confirmed,
            DeskAppointment.overlap_kept,
            PatientProfile.name.label("profile_name"),
            PatientProfile.gender.label("profile_gender"),
            PatientProfile.birthday.label("profile_birthday"),
        )
        .select_from(Appointment)
        .outerjoin(User, User.id == Appointment.patient_id)
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .outerjoin(PatientProfile, PatientProfile.id == DeskAppointment.profile_id)
    )


def board_columns() -> Select[*tuple[Any, ...]]:
    """The same, with symptoms cut on the server: a day's long texts would be most of the answer."""
    return card_columns(func.substr(Appointment.symptoms, 1, BOARD_SYMPTOMS))


def time_of(row: Any, zone: ZoneInfo) -> tuple[dt.datetime | None, int]:
    """When an appointment starts, and its minutes.

    The day is the clinic's date of `appointment_date`, the time of day is the slot text's. The desk's own
    length holds as long as the platform has not moved the row since; the start is None when the text cannot
    be read.
    """
    parsed = slot_text.parse(row.time_slot)
    if parsed is None:
        return None, PLATFORM_MINUTES
    start, end = parsed
    day = row.appointment_date.astimezone(zone).date()
    starts_at = instant(day, start, zone)
    if row.starts_at == starts_at:
        return starts_at, row.minutes
    return starts_at, PLATFORM_MINUTES if end is None else end - start


# the starts of a day's cards repeat from doctor to doctor
@lru_cache(maxsize=2048)
def instant(day: dt.date, minutes: int, zone: ZoneInfo) -> dt.datetime:
    """The UTC instant of a wall-clock time of the clinic's day."""
    midnight = dt.datetime.combine(day, dt.time(), zone)
    # wall-clock arithmetic first, then UTC: 09:00 stays 09:00 on a day when the clocks change
    return (midnight + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)


def status_of(row: Any) -> Status:
    """The status; the contract lets it be null, which reads as its default."""
    return _STATUSES.get(row.status, Status.PENDING)


def card_of(row: Any, zone: ZoneInfo) -> AppointmentCard:
    """The card of one row of `card_columns`."""
    starts_at, minutes = time_of(row, zone)
    visit_type = _VISIT_TYPES.get(row.visit_type, VisitType.IN_PERSON)
    profile = row.profile_name is not None
    return AppointmentCard(
        appointment_id=row.id,
        doctor_id=row.doctor_id,
        ref=PatientRef(row.patient_id, row.profile_id if profile else None),
        patient_name=(row.profile_name if profile else row.account_name) or "",
        gender=_GENDERS.get(row.profile_gender if profile else row.account_gender, Gender.OTHER),
        birthday=row.profile_birthday if profile else row.account_birthday,
        starts_at=starts_at,
        minutes=minutes,
        slot_text=row.time_slot,
        visit_type=visit_type,
        kind=Kind.FOLLOW_UP if row.has_visited_before else Kind.FIRST,
        status=status_of(row),
        source=_SOURCES.get(row.source, Source.PLATFORM),
        symptoms=row.symptoms,
        patient_confirmed=bool(row.patient_confirmed),
        account_name=row.account_name or "",
        version=AppointmentVersion(
            doctor_id=row.doctor_id,
            appointment_date=row.appointment_date,
            time_slot=row.time_slot,
            visit_type=visit_type,
            symptoms=row.symptoms,
            has_visited_before=row.has_visited_before,
            status=_STATUSES.get(row.status),
            profile_id=row.profile_id,
        ),
    )
