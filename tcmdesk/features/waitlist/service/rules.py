"""The clinic's rules for offers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import AlreadyApplied, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.settings import service as settings
from tcmdesk.features.settings.types import OFF
from tcmdesk.features.waitlist.types import KEEP_MINUTES, READ, SETTINGS, Rules

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

CATEGORY: Final = "waitlist"
KEEP_KEY: Final = "keep_minutes"
AUTOMATIC_KEY: Final = "automatic"
LONGEST: Final = 24 * 60


@requires(READ)
def offer_rules(connection: Connection, actor: Actor) -> Rules:
    """The rules; what is missing or cannot be read has its default. One statement."""
    stored = settings.stored(connection, actor, CATEGORY)
    try:
        minutes = int(stored.get(KEEP_KEY, KEEP_MINUTES))
    except ValueError:
        minutes = KEEP_MINUTES
    if not 1 <= minutes <= LONGEST:
        minutes = KEEP_MINUTES
    return Rules(minutes, stored.get(AUTOMATIC_KEY) != OFF)


@requires(SETTINGS)
def save_rules(uow: UnitOfWork, actor: Actor, rules: Rules) -> None:
    """Write the rules.

    Raises:
        ValidationError: an offer that stands for less than a minute or more than a day.
    """
    if not 1 <= rules.keep_minutes <= LONGEST:
        raise ValidationError(
            "waitlist.keep",
            N_("An offer stands for 1 to {most} minutes."),
            field="keep_minutes",
            most=LONGEST,
        )
    settings.store(uow, actor, CATEGORY, KEEP_KEY, str(rules.keep_minutes))
    settings.store(uow, actor, CATEGORY, AUTOMATIC_KEY, "true" if rules.automatic else OFF)


@requires(SETTINGS)
def change_rules(database: Database, actor: Actor, rules: Rules, *, op_id: str) -> None:
    """Write the rules in a transaction of its own; see `save_rules`."""
    with suppress(AlreadyApplied):
        database.write(
            actor,
            "waitlist:rules:save",
            lambda uow: save_rules(uow, actor, rules),
            op_id=op_id,
            subject=CATEGORY,
        )
