"""Who works here: added, corrected, suspended, let in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.models import DeskStaff, User
from tcmdesk.features.identity.queries.staff import (
    lock_admins,
    read_holder,
    read_member,
    read_staff,
    taken_by,
)
from tcmdesk.features.identity.service import _attempts as attempts
from tcmdesk.features.identity.service._edits import check_text, edited, gone
from tcmdesk.features.identity.types import (
    MANAGE_STAFF,
    READ_STAFF,
    EditStaff,
    NewStaff,
    NumberHolder,
    StaffFields,
    StaffRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
_PLATFORM: Final = {Role.ADMIN: "admin", Role.DOCTOR: "doctor"}
_LONGEST: Final = {"account": 50, "name": 100, "phone": 20}
_TAKEN: Final = {
    "account": N_("Another account has this name. Choose another."),
    "phone": N_("Another account has this number."),
    "email": N_("Another account has this address."),
}


@requires(READ_STAFF)
def staff(connection: Connection, actor: Actor) -> tuple[StaffRow, ...]:
    """Everybody with a part in the clinic, suspended ones too; one statement."""
    return read_staff(connection)


@requires(MANAGE_STAFF)
def number_holder(connection: Connection, actor: Actor, phone: str) -> NumberHolder | None:
    """Who has this number: a patient may begin to work here, and keeps the one account there can be."""
    return read_holder(connection, phone)


@requires(MANAGE_STAFF)
def add_staff(uow: UnitOfWork, actor: Actor, command: NewStaff, password_hash: str) -> None:
    """Register somebody with an account of their own. `password_hash` is made before: it takes its time.

    Raises:
        ValidationError: a field does not do; one that another account has is named too.
    """
    fields = command.fields
    _check(fields)
    _check_free(uow, command.user_id, fields)
    try:
        uow.execute(
            insert(User).values(
                id=command.user_id,
                account=fields.account,
                name=fields.name,
                gender=fields.gender.value,
                phone=fields.phone,
                email=fields.email,
                password_hash=password_hash,
                # what the platform lets them do there: the least, unless they treat or administer
                role=_PLATFORM.get(fields.role, "patient"),
                status=ACTIVE,
            )
        )
    except IntegrityError as error:
        # somebody took the name between the look and this
        raise _taken("account") from error
    uow.execute(insert(DeskStaff).values(user_id=command.user_id, role=fields.role.value, status=ACTIVE))


@requires(MANAGE_STAFF)
def edit_staff(uow: UnitOfWork, actor: Actor, command: EditStaff) -> None:
    """Correct what is said about somebody, or give another role; who loses one is out within seconds.

    Raises:
        Conflict: ``identity.changed``, or ``identity.last_admin``.
        NotFound: the account.
        ValidationError: a field does not do.
    """
    if command.after.role is not Role.ADMIN and command.before.role is Role.ADMIN:
        # administrators before the account, as in `set_active`: one order for all
        _keep_an_admin(uow, command.user_id)
    row = read_member(uow.connection, command.user_id, for_update=True)
    if row is None:
        raise gone()
    changes = edited(command.before, command.after, row.fields)
    if not changes:
        return
    _check(command.after)
    _check_free(uow, command.user_id, command.after)
    role = changes.pop("role", None)
    if changes:
        uow.execute(update(User).where(User.id == command.user_id).values(**_columns(changes)))
    if role is not None:
        _write_staff(uow, row, role=role)


@requires(MANAGE_STAFF)
def set_active(uow: UnitOfWork, actor: Actor, user_id: str, active: bool) -> None:
    """Suspend somebody, who is out on every workstation within seconds, or let them in again.

    Only the clinic's own row is written when somebody is suspended: as a patient of the platform they stay.

    Raises:
        Conflict: ``identity.last_admin``.
        NotFound: the account.
    """
    if not active:
        _keep_an_admin(uow, user_id)
    row = read_member(uow.connection, user_id, for_update=True)
    if row is None:
        raise gone()
    if row.active is active:
        return
    _write_staff(uow, row, active=active)
    if active:
        uow.execute(update(User).where(User.id == user_id, User.status != ACTIVE).values(status=ACTIVE))


@requires(MANAGE_STAFF)
def reset_password(uow: UnitOfWork, actor: Actor, user_id: str, password_hash: str) -> None:
    """Give somebody another password, and the five tries anew. `password_hash` is made before.

    Raises:
        NotFound: the account.
    """
    if read_member(uow.connection, user_id, for_update=True) is None:
        raise gone()
    uow.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))
    attempts.clear(uow, user_id)


@requires(MANAGE_STAFF)
def lift_lock(uow: UnitOfWork, actor: Actor, user_id: str) -> None:
    """Let somebody try again at once who is locked after five wrong passwords."""
    attempts.clear(uow, user_id)


def _columns(changes: dict[str, object]) -> dict[str, object]:
    gender = changes.get("gender")
    return changes if gender is None else changes | {"gender": str(gender)}


def _write_staff(
    uow: UnitOfWork, row: StaffRow, *, role: Role | None = None, active: bool | None = None
) -> None:
    """The clinic's row of somebody, made where the platform's role had to do so far."""
    values = {
        "role": (role or row.fields.role).value,
        "status": ACTIVE if (row.active if active is None else active) else SUSPENDED,
    }
    found = uow.execute(update(DeskStaff).where(DeskStaff.user_id == row.user_id).values(**values))
    if not found.rowcount:
        uow.execute(insert(DeskStaff).values(user_id=row.user_id, **values))


def _keep_an_admin(uow: UnitOfWork, user_id: str) -> None:
    admins = lock_admins(uow.connection)
    if user_id in admins and len(admins) == 1:
        raise Conflict(
            "identity.last_admin",
            N_("The clinic has no other administrator. Make somebody else one first."),
        )


def _check(fields: StaffFields) -> None:
    for field, longest in _LONGEST.items():
        check_text(field, getattr(fields, field), longest)
    if any(letter.isspace() for letter in fields.account):
        raise ValidationError("identity.account_space", N_("An account has no spaces."), field="account")
    if fields.email is not None:
        check_text("email", fields.email, 100)
        if "@" not in fields.email:
            raise ValidationError("identity.email", N_("An address has an @."), field="email")


def _check_free(uow: UnitOfWork, user_id: str, fields: StaffFields) -> None:
    taken = taken_by(uow.connection, user_id, fields)
    if taken is not None:
        raise _taken(taken[0])


def _taken(field: str) -> ValidationError:
    return ValidationError(f"identity.{field}_taken", _TAKEN[field], field=field)
