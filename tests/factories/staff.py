"""Accounts that can sign in, quickly hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bcrypt
from sqlalchemy import insert, update

from tcmdesk.core.actor import Role, Staff
from tcmdesk.features.identity.models import DeskStaff, User

if TYPE_CHECKING:
    from tests.factories.clinic import SmallClinic

PASSWORD = "xinglin-demo 密码"


def quick_hash(password: str = PASSWORD, prefix: bytes = b"2b") -> str:
    """A bcrypt hash of cost 4, under any of its names."""
    stored = bcrypt.hashpw(password.encode(), bcrypt.gensalt(4, b"2b"))
    return stored.replace(b"$2b$", b"$" + prefix + b"$").decode()


def staff_account(
    clinic: SmallClinic,
    account: str = "chenjinghe",
    name: str = "陈景和",
    *,
    role: str = "doctor",
    phone: str | None = None,
    status: str = "active",
    stored: str | None = None,
    desk_role: str | None = None,
    desk_status: str = "active",
    **values: Any,
) -> str:
    """A user who has a password, and a row of staff if `desk_role` is given; returns the id."""
    user_id = clinic.account(name, role=role, phone=phone, **values)
    with clinic.database.writes.begin() as connection:
        connection.execute(
            update(User)
            .where(User.id == user_id)
            .values(account=account, password_hash=stored or quick_hash(), status=status)
        )
        if desk_role:
            connection.execute(insert(DeskStaff).values(user_id=user_id, role=desk_role, status=desk_status))
    return user_id


def administrator(clinic: SmallClinic, account: str = "qinlan", name: str = "秦岚") -> Staff:
    """An administrator, as signing in gives one."""
    user_id = staff_account(clinic, account, name, role="admin", desk_role="admin")
    return Staff(user_id, name, Role.ADMIN)
