"""The video visits of a day or a person, from one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.service.times import time_of
from tcmdesk.features.appointments.types import Status, VisitType
from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.queries.diagnoses import prior_columns, prior_of
from tcmdesk.features.consultations.types import Quality, VideoVisit, VisitStatus
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import Gender, PatientRef

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

_doctor_user = aliased(User)
_newer = aliased(VideoConsultation)
# an open consultation counts before one that is over, then the newest
_NEWEST_OF: Final = (
    select(_newer.id)
    .where(_newer.appointment_id == Appointment.id)
    .order_by(case((_newer.status.in_(["waiting", "in_progress"]), 0), else_=1), _newer.created_at.desc(), _newer.id.desc())
    .limit(1)
    .correlate(Appointment)
    .scalar_subquery()
)  # fmt: skip
_PROFILE: Final = func.coalesce(DeskVideoVisit.profile_id, DeskAppointment.profile_id)


def _columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Appointment.id.label("appointment_id"),
            Appointment.patient_id,
            Appointment.doctor_id,
            Appointment.appointment_date,
            Appointment.time_slot,
            Appointment.symptoms,
            Appointment.visit_type,
            Appointment.status.label("appointment_status"),
            DeskAppointment.starts_at,
            DeskAppointment.minutes,
            DeskAppointment.patient_confirmed,
            _PROFILE.label("person"),
            User.name.label("account_name"),
            User.gender.label("account_gender"),
            User.birthday.label("account_birthday"),
            PatientProfile.name.label("profile_name"),
            PatientProfile.gender.label("profile_gender"),
            PatientProfile.birthday.label("profile_birthday"),
            _doctor_user.name.label("doctor_name"),
            _doctor_user.id.label("doctor_user_id"),
            VideoConsultation.id.label("consultation_id"),
            VideoConsultation.room_id,
            VideoConsultation.status,
            VideoConsultation.actual_start_time,
            VideoConsultation.end_time,
            VideoConsultation.duration,
            VideoConsultation.connection_quality,
            VideoConsultation.patient_rating,
            VideoConsultation.patient_feedback,
            DeskVideoVisit.entered_at,
            DeskVideoVisit.left_at,
            DeskVideoVisit.seen_at,
            DeskVideoVisit.admitted_at,
            DeskVideoVisit.consented_at,
            DeskVideoVisit.consent_version,
            DeskVideoVisit.identity_stated_at,
            DeskVideoVisit.identity_checked_at,
            *prior_columns(Appointment.patient_id, _PROFILE),
        )
        .select_from(Appointment)
        .join(Doctor, Doctor.id == Appointment.doctor_id)
        .join(_doctor_user, _doctor_user.id == Doctor.user_id)
        .outerjoin(User, User.id == Appointment.patient_id)
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .outerjoin(VideoConsultation, VideoConsultation.id == _NEWEST_OF)
        .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
        .outerjoin(PatientProfile, PatientProfile.id == _PROFILE)
    )


_OF_DAY: Final = _columns().where(
    Appointment.visit_type == VisitType.VIDEO.value,
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
)
_ONE: Final = _columns().where(Appointment.id == bindparam("appointment"))
_PAST: Final = (
    _columns()
    .where(
        VideoConsultation.status.in_(["completed", "no_show", "cancelled"]),
        or_(
            VideoConsultation.scheduled_start_time < bindparam("before", type_=UtcTimestamp),
            bindparam("before", type_=UtcTimestamp).is_(None),
        ),
    )
    .order_by(VideoConsultation.scheduled_start_time.desc(), VideoConsultation.id.desc())
    .limit(bindparam("count"))
)


def read_day(
    connection: Connection, start: dt.datetime, end: dt.datetime, zone: ZoneInfo
) -> tuple[VideoVisit, ...]:
    """Video visits whose appointment lies in a stretch of time, in order of start; cancelled ones are left out."""
    rows = connection.execute(_OF_DAY, {"start": start, "end": end}).all()
    found = [_visit(row, zone) for row in rows if row.appointment_status != Status.CANCELLED.value]
    return tuple(sorted(found, key=lambda visit: (visit.starts_at, visit.appointment_id)))


def read_visit(connection: Connection, appointment_id: str, zone: ZoneInfo) -> VideoVisit | None:
    """One appointment's video visit, or None when the appointment is gone."""
    row = connection.execute(_ONE, {"appointment": appointment_id}).one_or_none()
    return None if row is None else _visit(row, zone)


def read_past(
    connection: Connection, zone: ZoneInfo, *, before: dt.datetime | None, count: int
) -> tuple[VideoVisit, ...]:
    """Visits that are over, the latest first, a page at a time."""
    rows = connection.execute(_PAST, {"before": before, "count": count}).all()
    return tuple(_visit(row, zone) for row in rows)


def _visit(row: Any, zone: ZoneInfo) -> VideoVisit:
    starts_at, minutes = time_of(row, zone)
    profiled = row.profile_name is not None
    gender = row.profile_gender if profiled else row.account_gender
    return VideoVisit(
        appointment_id=row.appointment_id,
        consultation_id=row.consultation_id,
        room_id=row.room_id,
        doctor_id=row.doctor_id,
        doctor_name=row.doctor_name,
        doctor_user_id=row.doctor_user_id,
        ref=PatientRef(row.patient_id, row.person if profiled else None),
        patient_name=(row.profile_name if profiled else row.account_name) or "",
        gender=Gender(gender) if gender in list(Gender) else Gender.OTHER,
        birthday=row.profile_birthday if profiled else row.account_birthday,
        patient_confirmed=bool(row.patient_confirmed),
        starts_at=starts_at or row.appointment_date,
        minutes=minutes,
        visit_type=VisitType.VIDEO if row.visit_type == VisitType.VIDEO.value else VisitType.IN_PERSON,
        appointment_status=Status(row.appointment_status or Status.PENDING.value),
        status=None if row.status is None else VisitStatus(row.status),
        symptoms=row.symptoms,
        entered_at=None if row.left_at is not None else row.entered_at,
        seen_at=row.seen_at,
        admitted_at=row.admitted_at,
        consented_at=row.consented_at,
        consent_version=row.consent_version,
        identity_stated_at=row.identity_stated_at,
        identity_checked_at=row.identity_checked_at,
        prior=prior_of(row, zone),
        started_at=row.actual_start_time,
        ended_at=row.end_time,
        duration=row.duration,
        quality=Quality(row.connection_quality) if row.connection_quality else None,
        rating=row.patient_rating,
        feedback=row.patient_feedback or "",
    )


_OVERDUE: Final = (
    select(VideoConsultation.id)
    .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
    .where(
        VideoConsultation.status == VisitStatus.WAITING.value,
        VideoConsultation.scheduled_start_time < bindparam("due", type_=UtcTimestamp),
        or_(
            DeskVideoVisit.seen_at.is_(None),
            DeskVideoVisit.seen_at < bindparam("silent", type_=UtcTimestamp),
        ),
    )
    .order_by(VideoConsultation.id)
)


def read_overdue(connection: Connection, due: dt.datetime, silent: dt.datetime) -> tuple[str, ...]:
    """Waiting visits that should have begun before `due`, of patients not seen since `silent`."""
    return tuple(connection.execute(_OVERDUE, {"due": due, "silent": silent}).scalars())
