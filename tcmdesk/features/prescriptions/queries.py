"""Stored prescriptions, whoever wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, select

from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.prescriptions.models import Prescription
from tcmdesk.features.prescriptions.safety.stored import StoredPrescription
from tcmdesk.features.prescriptions.types import Sex

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection, Row

_SEX: Final = {"male": Sex.MALE, "female": Sex.FEMALE}

_MOMENT: Final = func.coalesce(Prescription.prescription_date, Prescription.created_at)


def count(connection: Connection, start: dt.datetime, end: dt.datetime) -> int:
    """How many prescriptions were written in ``[start, end)``."""
    statement = select(func.count()).select_from(Prescription).where(_within(start, end))
    return connection.execute(statement).scalar_one()


def page(
    connection: Connection, start: dt.datetime, end: dt.datetime, after: str, limit: int
) -> tuple[StoredPrescription, ...]:
    """The next prescriptions of ``[start, end)`` by id, so that all pages together read the table once.

    Args:
        after: the last id of the page before, empty for the first.
    """
    statement = (
        select(
            Prescription.id,
            Prescription.code,
            Prescription.doctor_id,
            _MOMENT.label("at"),
            Prescription.medicines,
            Prescription.patient_name,
            User.name.label("holder"),
            User.gender.label("holder_gender"),
            User.birthday.label("holder_birthday"),
        )
        .outerjoin(User, User.id == Prescription.patient_id)
        .where(_within(start, end), Prescription.id > after)
        .order_by(Prescription.id)
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    profiles = _profiles(connection, [row.id for row in rows])
    return tuple(_stored(row, profiles.get(row.id)) for row in rows)


def _within(start: dt.datetime, end: dt.datetime) -> ColumnElement[bool]:
    return and_(start <= _MOMENT, end > _MOMENT)


def _profiles(connection: Connection, ids: list[str]) -> dict[str, Row[Any] | None]:
    """The family member a prescription names; None where two of one name leave it open."""
    if not ids:
        return {}
    statement = (
        select(
            Prescription.id.label("prescription_id"),
            PatientProfile.gender,
            PatientProfile.birthday,
            PatientProfile.allergies,
        )
        .join(
            PatientProfile,
            and_(
                PatientProfile.user_id == Prescription.patient_id,
                PatientProfile.name == Prescription.patient_name,
            ),
        )
        .where(Prescription.id.in_(ids))
    )
    found: dict[str, Any] = {}
    for row in connection.execute(statement):
        found[row.prescription_id] = None if row.prescription_id in found else row
    return found


def _stored(row: Row[Any], profile: Row[Any] | None) -> StoredPrescription:
    gender = birthday = allergies = None
    if profile is not None:
        gender, birthday, allergies = profile.gender, profile.birthday, profile.allergies
    elif row.patient_name == row.holder:
        gender, birthday = row.holder_gender, row.holder_birthday
    return StoredPrescription(
        id=row.id,
        code=row.code,
        doctor_id=row.doctor_id,
        at=row.at,
        medicines=row.medicines,
        sex=_SEX.get(gender) if gender is not None else None,
        birthday=birthday,
        allergies=allergies,
    )
