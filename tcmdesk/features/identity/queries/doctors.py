"""Who the doctors are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, or_, select

from tcmdesk.core.actor import Role
from tcmdesk.core.spelling import search_text
from tcmdesk.features.identity.models import (
    DEPARTMENT_NAME,
    DOCTOR_ORDER,
    Department,
    DeskStaff,
    Doctor,
    User,
)
from tcmdesk.features.identity.types import (
    NEW_DOCTOR,
    DoctorCard,
    DoctorFields,
    DoctorListRow,
    DoctorRow,
    masked,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DOCTORS: Final = (
    select(Doctor.id, Doctor.user_id, User.name, DEPARTMENT_NAME.label("department"), Doctor.title)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(User.status == "active")
    .order_by(*DOCTOR_ORDER)
)
_LIST: Final = (
    select(
        User.id.label("user_id"),
        Doctor.id.label("doctor_id"),
        User.name,
        Doctor.title,
        DEPARTMENT_NAME.label("department"),
        Doctor.hospital,
        User.status,
        DeskStaff.status.label("desk_status"),
    )
    .outerjoin(Doctor, Doctor.user_id == User.id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .outerjoin(DeskStaff, DeskStaff.user_id == User.id)
    .where(
        or_(Doctor.id.is_not(None), User.role == "doctor", DeskStaff.role == Role.DOCTOR.value),
    )
    .order_by(*DOCTOR_ORDER)
)
_CARD: Final = (
    select(
        User.id.label("user_id"),
        Doctor.id.label("doctor_id"),
        User.name,
        Doctor.certificate_type,
        Doctor.id_number,
        Doctor.hospital,
        Doctor.department_id,
        Doctor.title,
        Doctor.introduction,
        Doctor.specialties,
        Doctor.experience,
        Doctor.photos,
    )
    .outerjoin(Doctor, Doctor.user_id == User.id)
    .where(User.id == bindparam("user_id"))
)
_LOCK_DOCTOR: Final = select(Doctor.id).where(Doctor.user_id == bindparam("user_id")).with_for_update()


def read_doctors(connection: Connection) -> tuple[DoctorRow, ...]:
    """Active doctors in `DOCTOR_ORDER`."""
    return tuple(DoctorRow(*row) for row in connection.execute(_DOCTORS))


def read_doctor_list(connection: Connection) -> tuple[DoctorListRow, ...]:
    """Every doctor, and every member of staff with that role whose details are still missing."""
    return tuple(
        DoctorListRow(
            row.user_id,
            row.doctor_id,
            row.name,
            row.title or "",
            row.department,
            row.hospital or "",
            row.status == "active" and row.desk_status in {None, "active"},
            search_text(row.name, row.department, row.title or ""),
        )
        for row in connection.execute(_LIST)
    )


def read_doctor(connection: Connection, user_id: str, *, for_update: bool = False) -> DoctorCard | None:
    """A doctor with everything, or somebody who is to become one; None when the account is gone."""
    if for_update:
        connection.execute(_LOCK_DOCTOR, {"user_id": user_id})
    row = connection.execute(_CARD, {"user_id": user_id}).first()
    if row is None:
        return None
    if row.doctor_id is None:
        return DoctorCard(row.user_id, None, row.name, NEW_DOCTOR, "")
    fields = DoctorFields(
        row.certificate_type,
        row.hospital,
        row.department_id,
        row.title,
        row.introduction or "",
        _texts(row.specialties),
        row.experience or "",
        _texts(row.photos),
    )
    return DoctorCard(row.user_id, row.doctor_id, row.name, fields, masked(row.id_number))


def read_id_number(connection: Connection, doctor_id: str) -> str | None:
    """The whole number; whoever asks is written down by the service."""
    return connection.execute(select(Doctor.id_number).where(Doctor.id == doctor_id)).scalar()


def _texts(stored: Any) -> tuple[str, ...]:
    """A JSON array of strings; whatever else the platform put there is shown as one text."""
    if stored is None:
        return ()
    if isinstance(stored, list):
        return tuple(str(each) for each in stored)
    return (str(stored),)
