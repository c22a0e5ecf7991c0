"""Signing in, unlocking, and changing one's own password.

Each function blocks for about a quarter of a second, known account or not. A try is counted and committed
before the password is looked at (`_attempts`), so desks that try at the same moment share the five.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tcmdesk.core.actor import Anonymous, Staff
from tcmdesk.core.db.faults import translated
from tcmdesk.core.errors import PermissionDenied, Unavailable, UserError, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public
from tcmdesk.features.identity.models import User
from tcmdesk.features.identity.queries.sign_in import find_by_id, find_for_sign_in, lay_tries
from tcmdesk.features.identity.queries.staff import role_of
from tcmdesk.features.identity.service import _attempts as attempts
from tcmdesk.features.identity.service.passwords import (
    NOBODYS_HASH,
    check_password,
    hash_password,
    verify_password,
)

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database

log = logging.getLogger(__name__)

_ACTIVE: Final = "active"


@public("nobody is signed in before this")
def sign_in(database: Database, account: str, password: str) -> Staff:
    """Check an account or phone and its password.

    Raises:
        UserError: ``identity.sign_in`` for a wrong account or password, without telling which;
            ``identity.locked`` after five of them, for 15 minutes by the server's clock and whatever the
            password; ``identity.inactive`` and ``identity.no_role`` only once the password was right.
        Unavailable: the database is away; nothing was counted.
    """
    name = account.strip()
    row = database.read(lambda connection: find_for_sign_in(connection, name))
    subject = attempts.subject_of(row.id if row is not None else None, name)
    left = _try(database, Anonymous(), subject, password, row)
    if left is not None:
        raise _wrong(left)
    return _admitted(row)


@public("asks for the password of whoever is signed in")
def unlock(database: Database, actor: Staff, password: str) -> Staff:
    """Check the password of the person whose screen is locked; counted like signing in.

    Raises:
        UserError: as `sign_in`, with ``identity.password`` for a wrong one.
    """
    row = database.read(lambda connection: find_by_id(connection, actor.user_id))
    left = _try(database, actor, actor.user_id, password, row)
    if left is not None:
        raise _wrong_password(left)
    return _admitted(row)


@public("asks for the password of whoever is signed in")
def change_password(database: Database, actor: Staff, old: str, new: str) -> None:
    """Give oneself another password; the old one is counted like signing in.

    Raises:
        ValidationError: the new one does not do (field ``password``), or the old is wrong (field ``old``).
        UserError: ``identity.locked``.
    """
    check_password(new)
    row = database.read(lambda connection: find_by_id(connection, actor.user_id))
    left = _try(database, actor, actor.user_id, old, row)
    if left is not None:
        wrong = _wrong_password(left)
        raise ValidationError(wrong.code, wrong.message, field="old", **wrong.params)
    _admitted(row)
    password_hash = hash_password(new)
    database.write(
        actor,
        "identity:password:change",
        lambda uow: uow.execute(
            update(User).where(User.id == actor.user_id).values(password_hash=password_hash)
        ),
        subject=actor.user_id,
    )


@public("tells those who are signed in whether they still are")
def standing(connection: Connection, actor: Staff) -> Staff:
    """The person as the database has them now, with the same role.

    Raises:
        UserError: ``identity.switched_off``, ``identity.role_changed``: they are to leave.
    """
    row = find_by_id(connection, actor.user_id)
    if row is None or not _active(row):
        raise UserError(
            "identity.switched_off",
            N_("{name} was signed out: an administrator has switched this account off."),
            name=actor.name,
        )
    role = role_of(row.desk_role, row.role)
    if role is not actor.role:
        raise UserError(
            "identity.role_changed",
            N_("{name} was signed out: an administrator has changed the role. Sign in again."),
            name=actor.name,
        )
    return Staff(user_id=row.id, name=row.name, role=role, doctor_id=row.doctor_id)


@public(
    "tells whether the workstation's account may write; nobody is signed in yet, and nothing is left behind"
)
def may_count(database: Database) -> bool:
    """Whether tries can be counted, which needs the rights of a workstation.

    Raises:
        Unavailable: the database is away, or takes no writes from anyone.
    """
    try:
        with database.writes.connect() as connection:
            lay_tries(connection, "test of the connection")
            connection.rollback()
    except DBAPIError as error:
        fault = translated(error)
        if isinstance(fault, PermissionDenied):
            return False
        raise fault from error
    return True


def _try(database: Database, actor: Actor, subject: str, password: str, row: Any) -> int | None:
    """None when the password is right, else how many tries are left."""
    left = _count(database, actor, subject)
    right = verify_password(password, row.password_hash if row is not None else NOBODYS_HASH)
    if row is None or not right:
        return left
    if left >= 0:
        database.write(
            actor,
            "identity:sign_in:pass",
            lambda uow: attempts.clear(uow, subject),
            subject=subject,
        )
    return None


_UNCOUNTED: Final = -1


def _count(database: Database, actor: Actor, subject: str) -> int:
    try:
        return database.write(
            actor,
            "identity:sign_in:try",
            lambda uow: attempts.count(uow, subject),
            subject=subject,
        )
    except Unavailable as error:
        if error.code != "db.read_only":
            raise
        # a clinic must be able to look things up while its server takes no writes
        log.warning("the database is read-only: a try to sign in was not counted")
        database.read(lambda connection: attempts.refuse_if_locked(connection, subject))
        return _UNCOUNTED


def _wrong(left: int) -> UserError:
    if left == 0:
        return attempts.locked()
    if left == _UNCOUNTED:
        return UserError(
            "identity.sign_in", N_("Account or password is not right. Check both and try again.")
        )
    if left == 1:
        return UserError("identity.sign_in", N_("Account or password is not right. One try is left."))
    return UserError(
        "identity.sign_in", N_("Account or password is not right. {left} tries are left."), left=left
    )


def _wrong_password(left: int) -> UserError:
    if left == 0:
        return attempts.locked()
    if left == _UNCOUNTED:
        return UserError("identity.password", N_("The password is not right."))
    if left == 1:
        return UserError("identity.password", N_("The password is not right. One try is left."))
    return UserError("identity.password", N_("The password is not right. {left} tries are left."), left=left)


def _active(row: Any) -> bool:
    return row.status == _ACTIVE and row.desk_status in {None, _ACTIVE}


def _admitted(row: Any) -> Staff:
    if not _active(row):
        raise UserError(
            "identity.inactive", N_("This account is switched off. Ask an administrator to switch it on.")
        )
    role = role_of(row.desk_role, row.role)
    if role is None:
        raise UserError(
            "identity.no_role", N_("This account has no part in the clinic. Ask an administrator for a role.")
        )
    return Staff(user_id=row.id, name=row.name, role=role, doctor_id=row.doctor_id)
