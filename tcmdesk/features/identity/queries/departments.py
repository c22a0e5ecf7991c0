"""The clinic's departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select

from tcmdesk.core.spelling import search_text
from tcmdesk.features.identity.models import Department, Doctor, User
from tcmdesk.features.identity.types import DepartmentFields, DepartmentRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DOCTORS: Final = (
    select(func.count())
    .select_from(Doctor)
    .join(User, User.id == Doctor.user_id)
    .where(Doctor.department_id == Department.id, User.status == "active")
    .correlate(Department)
    .scalar_subquery()
    .label("doctors")
)
_ALL: Final = select(
    Department.id,
    Department.name,
    Department.code,
    Department.contact_person,
    Department.contact_phone,
    Department.description,
    Department.status,
    _DOCTORS,
)
_LIST: Final = _ALL.order_by(Department.created_at, Department.code)
_ONE: Final = _ALL.where(Department.id == bindparam("department_id"))
_LOCK: Final = select(Department.id).where(Department.id == bindparam("department_id")).with_for_update()


def read_departments(connection: Connection) -> tuple[DepartmentRow, ...]:
    """All of them, closed ones too, as the clinic made them."""
    return tuple(_row(row) for row in connection.execute(_LIST))


def read_department(
    connection: Connection, department_id: str, *, for_update: bool = False
) -> DepartmentRow | None:
    """One of them, None when it is gone; `for_update` locks it first."""
    if for_update:
        connection.execute(_LOCK, {"department_id": department_id})
    row = connection.execute(_ONE, {"department_id": department_id}).first()
    return _row(row) if row is not None else None


def _row(row: Any) -> DepartmentRow:
    fields = DepartmentFields(
        row.name,
        row.code,
        row.contact_person or "",
        row.contact_phone or "",
        row.description or "",
        row.status != "inactive",
    )
    return DepartmentRow(row.id, fields, row.doctors, search_text(row.name, row.code))
