"""Registering people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, insert

from tcmdesk.core.actor import Actor, System
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.service.accounts import create_account
from tcmdesk.features.identity.types import NewAccount
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.queries import family as families
from tcmdesk.features.patients.queries.phones import placeholder
from tcmdesk.features.patients.service import _rules as rules
from tcmdesk.features.patients.service.index import index_accounts
from tcmdesk.features.patients.types import (
    READ,
    SELF_WORDS,
    WRITE,
    FamilyMember,
    NewPatient,
    NewProfile,
)

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork

RELATIONSHIP_MAX: Final = 50
_INDEXER: Final = System("patient-index")


@requires(READ)
def family(connection: Connection, actor: Actor, account_id: str) -> tuple[FamilyMember, ...]:
    """The persons of an account, the holder first. One statement.

    Raises:
        NotFound: there is no such account.
    """
    found = families.read_family(connection, account_id)
    if not found:
        raise NotFound("patients.gone", N_("This patient is no longer registered. Search again."))
    return found


@requires(WRITE)
def create_patient(uow: UnitOfWork, actor: Actor, command: NewPatient, password_hash: str) -> None:
    """Register an account holder and index the name.

    `password_hash` opens nothing: it is of random bytes, made before the transaction because it takes its
    time. Without a phone the account gets a placeholder number (`identity.types.PLACEHOLDER_PHONE`).

    Raises:
        Conflict: ``patients.phone_taken``; `current` is who has the number.
        ValidationError: name, phone or birthday.
    """
    name = rules.clean_name(command.name)
    rules.check_birthday(command.birthday, uow.now)
    phone = placeholder(command.user_id) if command.phone is None else rules.check_phone(command.phone)
    if _refuse_taken(uow, command, phone):
        return
    account = NewAccount(command.user_id, name, phone, command.gender.value, command.birthday)
    try:
        create_account(uow, actor, account, password_hash)
    except Conflict:
        # somebody registered it in this moment
        _refuse_taken(uow, command, phone)
        raise
    index_accounts(uow, _INDEXER, [command.user_id])


def _refuse_taken(uow: UnitOfWork, command: NewPatient, phone: str) -> bool:
    """Whether the account is there already; raises when the number is somebody else's."""
    holder = families.holder_of_phone(uow.connection, phone)
    if holder is None or holder.ref.user_id == command.user_id:
        return holder is not None
    raise Conflict(
        "patients.phone_taken",
        N_("This phone belongs to {name}. Use that patient, or add a family member there."),
        current=holder,
        name=holder.name,
    )


@requires(WRITE)
def create_profile(uow: UnitOfWork, actor: Actor, command: NewProfile) -> None:
    """Add a family member to an account and index the name.

    Raises:
        NotFound: there is no such account.
        ValidationError: name, phone, birthday or relationship.
    """
    name = rules.clean_name(command.name)
    rules.check_birthday(command.birthday, uow.now)
    relationship = command.relationship.strip()
    if not relationship or len(relationship) > RELATIONSHIP_MAX or relationship in SELF_WORDS:
        raise ValidationError(
            "patients.relationship",
            N_("Say how the person is related to the account holder, such as daughter."),
            field="relationship",
        )
    phone = rules.check_phone(command.phone) if command.phone else None
    if not families.account_exists(uow.connection, command.user_id):
        raise NotFound("patients.gone", N_("This patient is no longer registered. Search again."))
    uow.execute(
        insert(PatientProfile).values(
            id=command.profile_id,
            user_id=command.user_id,
            name=name,
            gender=command.gender.value,
            birthday=command.birthday,
            phone=phone,
            relationship=relationship,
            allergies=families.join_list(command.allergies),
            is_default=False,
        )
    )
    index_accounts(uow, _INDEXER, [command.user_id])
