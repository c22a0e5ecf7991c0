"""Who may sign in, and how often it was tried."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, or_, select, type_coerce
from sqlalchemy.dialects import mysql, sqlite

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.identity.models import DeskSignIn, DeskStaff, Doctor, User

_STAFF: Final = (
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
)
_BY_NAME: Final = _STAFF.where(or_(User.account == bindparam("name"), User.phone == bindparam("name")))
# the servers' collations leave case out by themselves, and use their index
_BY_NAME_SQLITE: Final = _STAFF.where(
    or_(func.lower(User.account) == func.lower(bindparam("name")), User.phone == bindparam("name"))
)
_BY_ID: Final = _STAFF.where(User.id == bindparam("user_id"))
_NOW: Final = type_coerce(func.current_timestamp(), UtcTimestamp).label("now")
_TRIES: Final = select(DeskSignIn.failures, DeskSignIn.locked_until, _NOW).where(
    DeskSignIn.subject == bindparam("subject")
)
_KEPT: Final = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries in a row, until when none is taken, and what the server's clock says."""

    failures: int
    locked_until: dt.datetime | None
    now: dt.datetime


def find_for_sign_in(connection: Connection, name: str) -> Any:
    """The account of this name or, failing that, of this phone; None when there is neither."""
    statement = _BY_NAME_SQLITE if connection.dialect.name == "sqlite" else _BY_NAME
    rows = connection.execute(statement, {"name": name}).all()
    return min(rows, key=lambda row: (row.account != name, row.account.lower() != name.lower()), default=None)


def find_by_id(connection: Connection, user_id: str) -> Any:
    """The same of an account that is known; None when it is gone."""
    return connection.execute(_BY_ID, {"user_id": user_id}).first()


def read_tries(connection: Connection, subject: str, *, for_update: bool = False) -> Tries | None:
    """What is counted of a subject; None when nothing is. `for_update` locks the row."""
    statement = _TRIES.with_for_update() if for_update else _TRIES
    row = connection.execute(statement, {"subject": subject}).first()
    return Tries(*row) if row is not None else None


def lay_tries(connection: Connection, subject: str) -> None:
    """Make the row of a subject where it is missing, and forget what is long past."""
    now = connection.execute(select(_NOW)).scalar_one()
    connection.execute(delete(DeskSignIn).where(DeskSignIn.tried_at < now - _KEPT))
    values = {"subject": subject, "failures": 0}
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(DeskSignIn).on_conflict_do_nothing(), values)
        return
    connection.execute(mysql.insert(DeskSignIn).prefix_with("IGNORE").values(values))
