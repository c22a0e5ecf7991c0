"""Who may sign in, and who the doctors are."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, or_, select

from tcmdesk.features.identity.models import Department, DeskStaff, Doctor, User
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
department_name = func.coalesce(Department.name, Doctor.department, "")
"""A doctor's department: the row that is referred to, or the text that older rows carry."""

_DOCTORS: Final = (
    select(Doctor.id, Doctor.user_id, User.name, department_name.label("department"), Doctor.title)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(User.status == "active")
    .order_by(Department.code, Doctor.created_at, Doctor.id)
)


def find_for_sign_in(connection: Connection, name: str) -> Any:
    """The account of this name or, failing that, of this phone; None when there is neither."""
    rows = connection.execute(_SIGN_IN, {"name": name}).all()
    return min(rows, key=lambda row: row.account != name, default=None)


def read_doctors(connection: Connection) -> tuple[DoctorRow, ...]:
    """Active doctors by department, the longest-serving first."""
    return tuple(DoctorRow(*row) for row in connection.execute(_DOCTORS))
