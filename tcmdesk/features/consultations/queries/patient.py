"""What a patient's browser asks, one statement each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased

from tcmdesk.features.appointments.models import DeskAppointment
from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.queries.columns import VIDEO_CALL, in_waiting_room, setting
from tcmdesk.features.consultations.types import (
    CONSENT_VERSION,
    PatientView,
    RoomState,
    VisitStatus,
)
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.settings.types import CATEGORY, NAME_KEY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

DEFAULT_MINUTES: Final = 30

_VIEW: Final = (
    select(
        VideoConsultation.id,
        VideoConsultation.room_id,
        VideoConsultation.status,
        VideoConsultation.scheduled_start_time,
        VideoConsultation.patient_rating,
        User.id.label("doctor_user_id"),
        User.name.label("doctor_name"),
        Doctor.title,
        DeskVideoVisit.consent_version,
        DeskVideoVisit.consented_at,
        DeskVideoVisit.identity_stated_at,
        DeskVideoVisit.entered_at,
        DeskVideoVisit.left_at,
        DeskVideoVisit.admitted_at,
        setting(CATEGORY, NAME_KEY).label("clinic"),
        setting(VIDEO_CALL, "max_duration").label("max_duration"),
    )
    .join(Doctor, Doctor.id == VideoConsultation.doctor_id)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
    .where(VideoConsultation.id == bindparam("consultation"))
)

_before = aliased(VideoConsultation)
_before_desk = aliased(DeskVideoVisit)
_AHEAD: Final = (
    select(func.count())
    .select_from(_before)
    .join(_before_desk, _before_desk.consultation_id == _before.id)
    .where(
        _before.doctor_id == VideoConsultation.doctor_id,
        _before.status == VisitStatus.WAITING.value,
        _before_desk.entered_at.is_not(None),
        _before_desk.left_at.is_(None),
        _before_desk.admitted_at.is_(None),
        _before.scheduled_start_time < VideoConsultation.scheduled_start_time,
    )
    .correlate(VideoConsultation)
    .scalar_subquery()
)
_STATES: Final = (
    select(
        VideoConsultation.id,
        VideoConsultation.status,
        DeskVideoVisit.admitted_at,
        in_waiting_room().label("waits"),
        _AHEAD.label("ahead"),
    )
    .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
    .where(VideoConsultation.id.in_(bindparam("ids", expanding=True)))
)


def _booked(column: Any) -> Any:
    return select(column).where(DeskAppointment.appointment_id == bindparam("appointment")).scalar_subquery()


_PERSONS: Final = (
    select(
        User.name,
        User.birthday,
        PatientProfile.id.label("profile_id"),
        PatientProfile.name.label("profile_name"),
        PatientProfile.birthday.label("profile_birthday"),
        _booked(DeskAppointment.profile_id).label("booked_for"),
        _booked(DeskAppointment.patient_confirmed).label("patient_confirmed"),
    )
    .select_from(User)
    .outerjoin(PatientProfile, PatientProfile.user_id == User.id)
    .where(User.id == bindparam("user"))
)


def read_view(connection: Connection, consultation_id: str) -> PatientView | None:
    """The visit as its patient may see it, or None when it is gone."""
    row = connection.execute(_VIEW, {"consultation": consultation_id}).one_or_none()
    if row is None:
        return None
    return PatientView(
        consultation_id=row.id,
        room_id=row.room_id,
        status=VisitStatus(row.status),
        clinic=row.clinic or "",
        doctor_name=row.doctor_name,
        doctor_title=row.title,
        doctor_user_id=row.doctor_user_id,
        scheduled_at=row.scheduled_start_time,
        identity_stated=row.identity_stated_at is not None,
        consented=row.consented_at is not None and row.consent_version == CONSENT_VERSION,
        waiting=row.entered_at is not None and row.left_at is None and row.admitted_at is None,
        admitted=row.admitted_at is not None,
        rating=row.patient_rating,
        max_minutes=minutes_of(row.max_duration),
    )


def read_states(connection: Connection, consultation_ids: Iterable[str]) -> dict[str, RoomState]:
    """What a gateway watches, by consultation."""
    rows = connection.execute(_STATES, {"ids": list(consultation_ids)})
    return {
        row.id: RoomState(
            VisitStatus(row.status), row.admitted_at is not None, row.ahead + 1 if row.waits else 0
        )
        for row in rows
    }


def read_persons(
    connection: Connection, user_id: str, appointment_id: str
) -> tuple[dict[str | None, tuple[str, dt.date | None]], bool, str | None]:
    """Names and birthdays of an account by profile (None the holder); whether somebody said for whom the
    appointment is, and for whom.
    """
    rows = connection.execute(_PERSONS, {"user": user_id, "appointment": appointment_id}).all()
    persons: dict[str | None, tuple[str, dt.date | None]] = {}
    for row in rows:
        persons[None] = (row.name, row.birthday)
        if row.profile_id is not None:
            persons[row.profile_id] = (row.profile_name, row.profile_birthday)
    first = rows[0] if rows else None
    return persons, bool(first and first.patient_confirmed), first.booked_for if first else None


def minutes_of(stored: str | None) -> int:
    """The platform's `max_duration` in minutes, of a text in minutes or (above 600) in seconds."""
    try:
        value = int(float(stored)) if stored else DEFAULT_MINUTES
    except ValueError:
        return DEFAULT_MINUTES
    return max(1, value // 60 if value > 600 else value)
