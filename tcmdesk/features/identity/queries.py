"""Who may sign in, and who the doctors are."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select

from tcmdesk.features.identity.models import (
    DEPARTMENT_NAME,
    DOCTOR_ORDER,
    Department,
    DeskStaff,
    Doctor,
    User,
)
from tcmdesk.features.identity.types import DoctorRow

_SIGN_IN: Final = (
    select(
        User.id,
        User.account,
        User.name,
        User.password_hash,
        User.role,
        User.status,
        DeskStaff.role.label("desk_role"),
        DeskStaff.status.label("desk_status"),
        Doctor.id.label("doctor_id"),
    )
    .outerjoin(DeskStaff, DeskStaff.user_id == User.id)
    .outerjoin(Doctor, Doctor.user_id == User.id)
    .where(or_(User.account == bindparam("name"), User.phone == bindparam("name")))
)
_DOCTORS: Final = (
    select(Doctor.id, Doctor.user_id, User.name, DEPARTMENT_NAME.label("department"), Doctor.title)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(User.status == "active")
    .order_by(*DOCTOR_ORDER)
)


def find_for_sign_in(connection: Connection, name: str) -> Any:
    """The account of this name or, failing that, of this phone; None when there is neither."""
    rows = connection.execute(_SIGN_IN, {"name": name}).all()
    return min(rows, key=lambda row: row.account != name, default=None)


def read_doctors(connection: Connection) -> tuple[DoctorRow, ...]:
    """Active doctors in `DOCTOR_ORDER`."""
    return tuple(DoctorRow(*row) for row in connection.execute(_DOCTORS))
