"""Signing in, and who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Actor, Role, Staff
from tcmdesk.core.errors import Conflict, NotFound, UserError, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.identity import queries
from tcmdesk.features.identity.models import DeskStaff, User
from tcmdesk.features.identity.types import (
    MANAGE_STAFF,
    PASSWORD_BYTES,
    PASSWORD_MIN,
    READ_DOCTORS,
    REGISTER,
    DoctorRow,
    NewAccount,
    NewAdmin,
)

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork

_HASHES: Final = PasswordHash((BcryptHasher(), Argon2Hasher()))
_PLATFORM_ROLES: Final = {"admin": Role.ADMIN, "doctor": Role.DOCTOR}
_ACTIVE: Final = "active"
_NOBODYS_HASH: Final = "$2b$12$yqbwTUBxC8E6ImfC0PbMw.AkLqKHpe7ir1lkdD0aWDsX4n1taJiDW"
"""Of random bytes that nobody kept: checking an unknown account takes as long as a known one."""


@public("nobody is signed in before this")
def sign_in(connection: Connection, account: str, password: str) -> Staff:
    """Check an account or phone and its password; takes about a quarter of a second, known account or not.

    Raises:
        UserError: ``identity.sign_in`` for a wrong account or password, without telling which;
            ``identity.inactive`` and ``identity.no_role`` only once the password was right.
    """
    row = queries.find_for_sign_in(connection, account.strip())
    right = verify_password(password, row.password_hash if row is not None else _NOBODYS_HASH)
    if row is None or not right:
        raise UserError("identity.sign_in", N_("Account or password is not right. Check both and try again."))
    if row.status != _ACTIVE or row.desk_status not in {None, _ACTIVE}:
        raise UserError(
            "identity.inactive", N_("This account is switched off. Ask an administrator to switch it on.")
        )
    role = _role(row.desk_role, row.role)
    if role is None:
        raise UserError(
            "identity.no_role", N_("This account has no part in the clinic. Ask an administrator for a role.")
        )
    return Staff(user_id=row.id, name=row.name, role=role, doctor_id=row.doctor_id)


def _role(desk_role: str | None, platform_role: str | None) -> Role | None:
    if desk_role is None:
        return _PLATFORM_ROLES.get(platform_role or "")
    return Role(desk_role) if desk_role in set(Role) else None


@public("a computation")
def verify_password(password: str, stored: str) -> bool:
    """Whether a password fits a stored bcrypt (2a, 2b, 2y) or argon2id hash; False for any other text."""
    if len(password.encode()) > PASSWORD_BYTES and stored.startswith("$2"):
        # bcrypt would refuse it, and no password this long was ever hashed
        return False
    try:
        return _HASHES.verify(password, stored)
    except (UnknownHashError, ValueError):
        return False


@public("a computation")
def hash_password(password: str) -> str:
    """The bcrypt hash of a new password, cost 12, as the platform writes it.

    Raises:
        ValidationError: shorter than 8 characters or longer than 72 bytes.
    """
    if len(password) < PASSWORD_MIN:
        raise ValidationError(
            "identity.password_short",
            N_("Use a password of at least {least} characters."),
            field="password",
            least=PASSWORD_MIN,
        )
    if len(password.encode()) > PASSWORD_BYTES:
        raise ValidationError(
            "identity.password_long",
            N_("Use a password of at most {most} bytes; a Chinese character takes three."),
            field="password",
            most=PASSWORD_BYTES,
        )
    return _HASHES.hash(password)


@requires(READ_DOCTORS)
def doctors(connection: Connection, actor: Actor) -> tuple[DoctorRow, ...]:
    """Active doctors by department."""
    return queries.read_doctors(connection)


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
