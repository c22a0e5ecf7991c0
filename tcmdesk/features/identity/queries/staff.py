"""Who works here, as administrators see it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, func, or_, select, type_coerce

from tcmdesk.core.actor import Role
from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.core.spelling import search_text, usual
from tcmdesk.features.identity.models import (
    DEPARTMENT_NAME,
    Department,
    DeskSignIn,
    DeskStaff,
    Doctor,
    User,
)
from tcmdesk.features.identity.types import Gender, NumberHolder, StaffFields, StaffRow

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement, Connection, Executable

_ACTIVE: Final = "active"
_PLATFORM_ROLES: Final = {"admin": Role.ADMIN, "doctor": Role.DOCTOR}
_NOW: Final = type_coerce(func.current_timestamp(), UtcTimestamp).label("now")
_STAFF: Final = (
    select(
        User.id,
        User.account,
        User.name,
        User.gender,
        User.phone,
        User.email,
        User.role,
        User.status,
        DeskStaff.role.label("desk_role"),
        DeskStaff.status.label("desk_status"),
        Doctor.id.label("doctor_id"),
        DEPARTMENT_NAME.label("department"),
        DeskSignIn.locked_until,
        _NOW,
    )
    .outerjoin(DeskStaff, DeskStaff.user_id == User.id)
    .outerjoin(Doctor, Doctor.user_id == User.id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .outerjoin(DeskSignIn, DeskSignIn.subject == User.id)
)
_EVERYBODY: Final = _STAFF.where(or_(DeskStaff.user_id.is_not(None), User.role.in_(_PLATFORM_ROLES)))
_ORDER: Final = tuple(Role)
_ONE: Final = _STAFF.where(User.id == bindparam("user_id"))
_BY_PHONE: Final = _STAFF.where(User.phone == bindparam("phone"))
_LOCK_USER: Final = select(User.id).where(User.id == bindparam("user_id")).with_for_update()
# every row that may be an administrator's, locked in one order, so that two cannot leave at once
_ADMINS: Final = (
    select(User.id)
    .outerjoin(DeskStaff, DeskStaff.user_id == User.id)
    .where(
        User.status == _ACTIVE,
        or_(
            and_(DeskStaff.role == Role.ADMIN.value, DeskStaff.status == _ACTIVE),
            and_(DeskStaff.user_id.is_(None), User.role == "admin"),
        ),
    )
    .order_by(User.id)
    .with_for_update()
)


def _taken(account: ColumnElement[str]) -> Executable:
    names: BindParameter[str] = bindparam("names", expanding=True)
    return select(User.id, User.account, User.phone, User.email).where(
        User.id != bindparam("user_id"),
        or_(account.in_(names), User.phone.in_(names), User.email == bindparam("email")),
    )


# the servers' collations leave case out by themselves, and use their index
_TAKEN: Final = _taken(User.account.expression)
_TAKEN_SQLITE: Final = _taken(func.lower(User.account))


def read_staff(connection: Connection) -> tuple[StaffRow, ...]:
    """Everybody with a part in the clinic: those who may sign in first, by role and then by the name's pinyin."""
    found = [row for row in map(_staff_row, connection.execute(_EVERYBODY)) if row is not None]
    return tuple(sorted(found, key=_place))


def _place(row: StaffRow) -> tuple[bool, int, str, str]:
    return not row.active, _ORDER.index(row.fields.role), usual(row.fields.name), row.fields.account


def read_member(connection: Connection, user_id: str, *, for_update: bool = False) -> StaffRow | None:
    """One of them; `for_update` locks the account first, so that what is read is the last word."""
    if for_update:
        connection.execute(_LOCK_USER, {"user_id": user_id})
    row = connection.execute(_ONE, {"user_id": user_id}).first()
    return _staff_row(row) if row is not None else None


def read_holder(connection: Connection, phone: str) -> NumberHolder | None:
    """The account of a number, whoever's it is."""
    row = connection.execute(_BY_PHONE, {"phone": phone}).first()
    if row is None:
        return None
    return NumberHolder(row.id, row.name, role_of(row.desk_role, row.role) is not None)


def lock_admins(connection: Connection) -> tuple[str, ...]:
    """The accounts of the administrators who may sign in, locked until the transaction ends."""
    return tuple(connection.execute(_ADMINS).scalars())


def taken_by(connection: Connection, user_id: str, fields: StaffFields) -> tuple[str, str] | None:
    """Which field another account has already (``account``, ``phone`` or ``email``) and that account's id."""
    statement = _TAKEN_SQLITE if connection.dialect.name == "sqlite" else _TAKEN
    names = [fields.account.lower(), fields.phone.lower()]
    for row in connection.execute(statement, {"user_id": user_id, "names": names, "email": fields.email}):
        known = {row.account.lower(), row.phone.lower()}
        for field in ("phone", "account"):
            if getattr(fields, field).lower() in known:
                return field, row.id
        return "email", row.id
    return None


def _staff_row(row: Any) -> StaffRow | None:
    role = role_of(row.desk_role, row.role)
    if role is None:
        return None
    left = (row.locked_until - row.now).total_seconds() if row.locked_until is not None else 0
    return StaffRow(
        user_id=row.id,
        fields=StaffFields(row.account, row.name, Gender(row.gender), row.phone, row.email, role),
        active=row.status == _ACTIVE and row.desk_status in {None, _ACTIVE},
        locked_minutes=max(0, math.ceil(left / 60)),
        doctor_id=row.doctor_id,
        department=row.department,
        spelled=search_text(row.name, row.account, row.phone),
    )


def role_of(desk_role: str | None, platform_role: str | None) -> Role | None:
    """The role that the clinic gave, or failing that the one that the platform's implies; None for neither."""
    if desk_role is None:
        return _PLATFORM_ROLES.get(platform_role or "")
    return Role(desk_role) if desk_role in set(Role) else None
