"""Registering people."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Actor, System
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.queries import family as families
from tcmdesk.features.patients.queries.phones import is_plausible, normalised, placeholder
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

NAME_MAX: Final = 100
RELATIONSHIP_MAX: Final = 50
_OLDEST_YEARS: Final = 130
_SPACES: Final = re.compile(r"\s+")
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
    name = clean_name(command.name)
    check_birthday(command.birthday, uow.now)
    phone = placeholder(command.user_id) if command.phone is None else check_phone(command.phone)
    try:
        uow.execute(
            insert(User).values(
                id=command.user_id,
                account=phone,
                name=name,
                password_hash=password_hash,
                gender=command.gender.value,
                phone=phone,
                birthday=command.birthday,
                role="patient",
                status="active",
            )
        )
    except IntegrityError as error:
        holder = families.holder_of_phone(uow.connection, phone)
        if holder is None:
            raise
        raise Conflict(
            "patients.phone_taken",
            N_("This phone belongs to {name}. Use that patient, or add a family member there."),
            current=holder,
            name=holder.name,
        ) from error
    index_accounts(uow, _INDEXER, [command.user_id])


@requires(WRITE)
def create_profile(uow: UnitOfWork, actor: Actor, command: NewProfile) -> None:
    """Add a family member to an account and index the name.

    Raises:
        NotFound: there is no such account.
        ValidationError: name, phone, birthday or relationship.
    """
    name = clean_name(command.name)
    check_birthday(command.birthday, uow.now)
    relationship = command.relationship.strip()
    if not relationship or len(relationship) > RELATIONSHIP_MAX or relationship in SELF_WORDS:
        raise ValidationError(
            "patients.relationship",
            N_("Say how the person is related to the account holder, such as daughter."),
            field="relationship",
        )
    phone = check_phone(command.phone) if command.phone else None
    if uow.execute(select(User.id).where(User.id == command.user_id)).first() is None:
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


def clean_name(name: str) -> str:
    """A name as it is stored: composed, without spaces at its ends or control characters.

    Nothing else is changed: quotes, emoji and rare characters are people's own.

    Raises:
        ValidationError: it is empty or longer than 100 characters.
    """
    printable = "".join(one for one in name if unicodedata.category(one) not in {"Cc", "Cs"} or one.isspace())
    cleaned = _SPACES.sub(" ", unicodedata.normalize("NFC", printable)).strip()
    if not cleaned or len(cleaned) > NAME_MAX:
        raise ValidationError(
            "patients.name", N_("Enter a name of 1 to {most} characters."), field="name", most=NAME_MAX
        )
    return cleaned


def check_birthday(birthday: dt.date | None, now: dt.datetime) -> None:
    """Raise `ValidationError` for a birthday to come or more than 130 years ago."""
    if birthday is None:
        return
    # the date line: it may already be tomorrow where the clinic is
    if not now.year - _OLDEST_YEARS <= birthday.year or birthday > now.date() + dt.timedelta(days=1):
        raise ValidationError(
            "patients.birthday",
            N_("Check the birthday: it lies in the future or too far back."),
            field="birthday",
        )


def check_phone(phone: str) -> str:
    """A number as it is stored.

    Raises:
        ValidationError: it has no 5 to 15 digits.
    """
    number = normalised(phone)
    if not is_plausible(number):
        raise ValidationError(
            "patients.phone",
            N_("A phone number has 5 to 15 digits, a Chinese mobile number 11. This one has {count}."),
            field="phone",
            count=sum(character.isdigit() for character in number),
        )
    return number
