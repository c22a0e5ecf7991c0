"""Accounts as they are made, and who the doctors are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Actor, Role
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.models import DeskStaff, User
from tcmdesk.features.identity.queries.doctors import read_doctors
from tcmdesk.features.identity.types import (
    MANAGE_STAFF,
    READ_DOCTORS,
    REGISTER,
    DoctorRow,
    NewAccount,
    NewAdmin,
)

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork

_ACTIVE: Final = "active"


@requires(READ_DOCTORS)
def doctors(connection: Connection, actor: Actor) -> tuple[DoctorRow, ...]:
    """Active doctors by department."""
    return read_doctors(connection)


@requires(REGISTER)
def create_account(uow: UnitOfWork, actor: Actor, account: NewAccount, password_hash: str) -> None:
    """Register a patient's account. `password_hash` is made before the transaction: it takes its time.

    Raises:
        Conflict: the phone is taken, as a phone or as an account's name.
    """
    try:
        uow.execute(
            insert(User).values(
                id=account.user_id,
                account=account.phone,
                name=account.name,
                password_hash=password_hash,
                gender=account.gender,
                phone=account.phone,
                birthday=account.birthday,
                role="patient",
                status=_ACTIVE,
            )
        )
    except IntegrityError as error:
        raise _taken() from error


@requires(MANAGE_STAFF)
def create_admin(uow: UnitOfWork, actor: Actor, command: NewAdmin, password_hash: str) -> None:
    """Register an administrator. `password_hash` is made before the transaction: it takes its time.

    Raises:
        Conflict: the account name or the phone is taken.
        ValidationError: a field is empty.
    """
    for field, value, longest in (
        ("account", command.account, 50),
        ("name", command.name, 100),
        ("phone", command.phone, 20),
    ):
        if not value.strip() or len(value) > longest:
            raise ValidationError(
                "identity.admin_field",
                N_("Fill in account, name and phone; at most {longest} characters here."),
                field=field,
                longest=longest,
            )
    taken = uow.execute(
        select(User.id).where((User.account == command.account) | (User.phone == command.phone))
    ).first()
    if taken is not None:
        raise _taken()
    uow.execute(
        insert(User).values(
            id=command.user_id, account=command.account, name=command.name, phone=command.phone,
            password_hash=password_hash, gender="other", role="admin", status=_ACTIVE,
        )
    )  # fmt: skip
    set_staff_role(uow, actor, command.user_id, Role.ADMIN)


def _taken() -> Conflict:
    return Conflict("identity.account_taken", N_("This account name or phone is in use. Choose another one."))


@requires(MANAGE_STAFF)
def set_staff_role(uow: UnitOfWork, actor: Actor, user_id: str, role: Role) -> None:
    """Give an account a role in the clinic.

    Raises:
        NotFound: there is no such account.
    """
    found = uow.execute(
        update(DeskStaff).where(DeskStaff.user_id == user_id).values(role=role.value, status=_ACTIVE)
    )
    if found.rowcount:
        return
    if uow.execute(select(User.id).where(User.id == user_id)).first() is None:
        raise NotFound("identity.gone", N_("This account no longer exists. Look for it again."))
    uow.execute(insert(DeskStaff).values(user_id=user_id, role=role.value, status=_ACTIVE))
