"""What a desk does with people: each function is one transaction, recognised when it is asked for again."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.service.passwords import hash_password
from tcmdesk.features.patients.queries.phones import normalised
from tcmdesk.features.patients.service import _rules as rules
from tcmdesk.features.patients.service import people
from tcmdesk.features.patients.types import (
    WRITE,
    FamilyMember,
    NewPatient,
    NewProfile,
    PatientMatch,
    PatientRef,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database


@requires(WRITE)
def create_patient(database: Database, actor: Actor, command: NewPatient, *, op_id: str) -> PatientMatch:
    """Register a patient; see `people.create_patient`. Takes a quarter of a second for the password's hash."""
    rules.clean_name(command.name)
    if command.phone is not None:
        rules.check_phone(command.phone)
    unusable = hash_password(secrets.token_hex(32))
    with suppress(AlreadyApplied):
        database.write(
            actor,
            "patients:person:create",
            lambda uow: people.create_patient(uow, actor, command, unusable),
            op_id=op_id,
            subject=command.user_id,
        )
    return PatientMatch(
        ref=PatientRef(command.user_id),
        name=rules.clean_name(command.name),
        gender=command.gender,
        birthday=command.birthday,
        phone=None if command.phone is None else normalised(command.phone),
        reading="",
        relationship=None,
        family=1,
        placeholder_phone=command.phone is None,
    )


@requires(WRITE)
def create_profile(database: Database, actor: Actor, command: NewProfile, *, op_id: str) -> FamilyMember:
    """Add a family member; see `people.create_profile`."""
    with suppress(AlreadyApplied):
        database.write(
            actor,
            "patients:profile:create",
            lambda uow: people.create_profile(uow, actor, command),
            op_id=op_id,
            subject=command.profile_id,
        )

    def written(connection: Connection) -> FamilyMember:
        members = people.family(connection, actor, command.user_id)
        return next(member for member in members if member.ref.profile_id == command.profile_id)

    return database.read(written)
