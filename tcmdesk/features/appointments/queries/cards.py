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
from tcmdesk.features.schedules.models import DeskResource, DeskVisitKind
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.visits.types import Stage, VisitState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.elements import ColumnElement

PLATFORM_MINUTES: Final = 30
"""Length of a platform booking whose slot text names no end: the step of its own grid."""

BOARD_SYMPTOMS: Final = 200
"""How much of the symptoms a board's card carries, in characters."""

_WIDTH: Final = 35
_VISIT_TYPES: Final = {member.value: member for member in VisitType}
_STATUSES: Final = {member.value: member for member in Status}
_SOURCES: Final = {member.value: member for member in Source}
_GENDERS: Final = {member.value: member for member in Gender}
_STAGES: Final = {member.value: member for member in Stage if member is not Stage.EXPECTED}


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
            DeskResource.name.label("resource_name"),
            DeskVisitKind.name.label("visit_kind"),
            DeskAppointment.extra,
            DeskVisit.stage,
            DeskVisit.number,
            DeskVisit.arrived_at,
            DeskVisit.called_at,
            DeskVisit.started_at.label("consultation_at"),
            DeskVisit.finished_at,
            DeskVisit.call_count,
            DeskVisit.room,
            DeskVisit.walk_in,
            DeskVisit.late,
            DeskVisit.due_at,
        )
        .select_from(Appointment)
        .outerjoin(User, User.id == Appointment.patient_id)
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .outerjoin(PatientProfile, PatientProfile.id == DeskAppointment.profile_id)
        .outerjoin(DeskResource, DeskResource.id == DeskAppointment.resource_id)
        .outerjoin(DeskVisitKind, DeskVisitKind.id == DeskAppointment.visit_kind_id)
        .outerjoin(DeskVisit, DeskVisit.appointment_id == Appointment.id)
    )


def board_columns() -> Select[*tuple[Any, ...]]:
    """The same, with symptoms cut on the server: a day's long texts would be most of the answer."""
    return card_columns(func.substr(Appointment.symptoms, 1, BOARD_SYMPTOMS))


def time_of(row: Any, zone: ZoneInfo) -> tuple[dt.datetime | None, int]:
    """When an appointment of any select with the five columns starts, and its minutes; see `placed`."""
    return placed(row.appointment_date, row.time_slot, row.starts_at, row.minutes, zone)


def placed(
    date: dt.datetime, slot: str, desk_start: dt.datetime | None, desk_minutes: int | None, zone: ZoneInfo
) -> tuple[dt.datetime | None, int]:
    """When an appointment starts, and its minutes.

    The day is the clinic's date of `appointment_date`, the time of day is the slot text's. The desk's own
    length holds as long as the platform has not moved the row since; the start is None when the text cannot
    be read.
    """
    parsed = slot_text.parse(slot)
    if parsed is None:
        return None, PLATFORM_MINUTES
    start, end = parsed
    starts_at = instant(date.astimezone(zone).date(), start, zone)
    if desk_minutes is not None and desk_start == starts_at:
        return starts_at, desk_minutes
    return starts_at, PLATFORM_MINUTES if end is None else end - start


# the starts of a day's cards repeat from doctor to doctor
@lru_cache(maxsize=2048)
def instant(day: dt.date, minutes: int, zone: ZoneInfo) -> dt.datetime:
    """The UTC instant of a wall-clock time of the clinic's day."""
    midnight = dt.datetime.combine(day, dt.time(), zone)
    # wall-clock arithmetic first, then UTC: 09:00 stays 09:00 on a day when the clocks change
    return (midnight + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)


def wall_minutes(moment: dt.datetime, day: dt.date, zone: ZoneInfo) -> int:
    """The wall-clock minutes of an instant after the midnight of a day: 1440 and more on the next."""
    local = moment.astimezone(zone)
    return (local.date() - day).days * 24 * 60 + local.hour * 60 + local.minute


def card_of(row: Sequence[Any], zone: ZoneInfo) -> AppointmentCard:
    """The card of one row of `card_columns`, whatever columns follow.

    Rows are taken apart by position: by name it would cost as much again as the whole of the rest.
    """
    (
        appointment_id, patient_id, doctor_id, date, slot, visit_text, symptoms, visited_before, status,
        account_name, account_gender, account_birthday,
        profile_id, desk_start, desk_minutes, source, patient_confirmed, _overlap_kept,
        profile_name, profile_gender, profile_birthday,
        room, visit_kind, extra,
        stage, *visit,
    ) = row[:_WIDTH]  # fmt: skip
    starts_at, minutes = placed(date, slot, desk_start, desk_minutes, zone)
    visit_type = _VISIT_TYPES.get(visit_text, VisitType.IN_PERSON)
    if profile_name is None:
        ref = PatientRef(patient_id)
        name, gender, birthday = account_name, account_gender, account_birthday
    else:
        ref = PatientRef(patient_id, profile_id)
        name, gender, birthday = profile_name, profile_gender, profile_birthday
    return AppointmentCard(
        appointment_id,
        doctor_id,
        ref,
        name or "",
        _GENDERS.get(gender, Gender.OTHER),
        birthday,
        starts_at,
        minutes,
        slot,
        visit_type,
        Kind.FOLLOW_UP if visited_before else Kind.FIRST,
        # null reads as the column's default
        _STATUSES.get(status, Status.PENDING),
        _SOURCES.get(source, Source.PLATFORM),
        symptoms,
        bool(patient_confirmed),
        account_name or "",
        AppointmentVersion(
            doctor_id, date, slot, visit_type, symptoms, visited_before, _STATUSES.get(status), profile_id
        ),
        # an arrival that was taken back shows as if nobody had come
        VisitState(_STAGES[stage], *visit) if stage in _STAGES else None,
        room or "",
        visit_kind or "",
        bool(extra),
    )
