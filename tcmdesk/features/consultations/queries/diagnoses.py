"""Diagnoses made in person: visits to this clinic, and what doctors filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CHAR, ColumnElement, Connection, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.types import Status, VisitType
from tcmdesk.features.consultations.models import DeskVideoDiagnosis
from tcmdesk.features.consultations.types import PriorDiagnosis
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import SELF_WORDS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import ScalarSelect

_earlier = aliased(Appointment)
_earlier_desk = aliased(DeskAppointment)
_his_own = aliased(PatientProfile)
_hers_own = aliased(PatientProfile)


def _is_holder(profile: Any, own: Any) -> ColumnElement[bool]:
    """Whether a profile is the account holder: none, or the holder's own."""
    is_self = select(own.id).where(own.id == profile, own.relationship.in_(SELF_WORDS)).correlate_except(own)
    return or_(profile.is_(None), is_self.exists())


def same_person(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether two profiles of one account are one person; the holder is null or a profile called self."""
    return or_(one == other, and_(_is_holder(one, _his_own), _is_holder(other, _hers_own)))


def last_in_person(user: Any, profile: Any, column: Any) -> ScalarSelect[Any]:
    """A column of a person's last completed visit in person."""
    return (
        select(getattr(_earlier, column))
        .select_from(_earlier)
        .outerjoin(_earlier_desk, _earlier_desk.appointment_id == _earlier.id)
        .where(
            _earlier.patient_id == user,
            _earlier.visit_type == VisitType.IN_PERSON.value,
            _earlier.status == Status.COMPLETED.value,
            same_person(_earlier_desk.profile_id, profile),
        )
        .order_by(_earlier.appointment_date.desc(), _earlier.id.desc())
        .limit(1)
        .correlate_except(_earlier, _earlier_desk, _his_own, _hers_own)
        .scalar_subquery()
    )


def last_filed(user: Any, profile: Any, column: Any) -> ScalarSelect[Any]:
    """A column of what was filed last of a person."""
    return (
        select(getattr(DeskVideoDiagnosis, column))
        .where(DeskVideoDiagnosis.user_id == user, same_person(DeskVideoDiagnosis.profile_id, profile))
        .order_by(DeskVideoDiagnosis.filed_at.desc(), DeskVideoDiagnosis.id.desc())
        .limit(1)
        .correlate_except(DeskVideoDiagnosis, _his_own, _hers_own)
        .scalar_subquery()
    )


def prior_columns(user: Any, profile: Any) -> tuple[Any, ...]:
    """The columns that `prior_of` reads."""
    return (
        last_in_person(user, profile, "appointment_date").label("prior_at"),
        last_in_person(user, profile, "id").label("prior_appointment"),
        last_filed(user, profile, "diagnosed_on").label("prior_day"),
        last_filed(user, profile, "place").label("prior_place"),
    )


_user: Final = bindparam("user", type_=CHAR(36))
_profile: Final = bindparam("profile", type_=CHAR(36))
_PRIOR: Final = select(*prior_columns(_user, _profile))


def prior_of(row: Any, zone: ZoneInfo) -> PriorDiagnosis | None:
    """What counts as the earlier diagnosis: a visit here before a filed one."""
    if row.prior_appointment is not None:
        return PriorDiagnosis(row.prior_at.astimezone(zone).date(), "", row.prior_appointment)
    if row.prior_day is not None:
        return PriorDiagnosis(row.prior_day, row.prior_place)
    return None


def read_prior(
    connection: Connection, user_id: str, profile_id: str | None, zone: ZoneInfo
) -> PriorDiagnosis | None:
    """The earlier diagnosis of one person, or None."""
    row = connection.execute(_PRIOR, {"user": user_id, "profile": profile_id}).one()
    return prior_of(row, zone)
