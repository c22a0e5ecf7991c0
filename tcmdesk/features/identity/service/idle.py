"""After how long a desk that nobody touches locks itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.types import IDLE_DEFAULT, IDLE_MOST, MANAGE_STAFF, READ_DOCTORS
from tcmdesk.features.settings import service as settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

CATEGORY: Final = "security"
KEY: Final = "idle_minutes"


@requires(READ_DOCTORS)
def idle_minutes(connection: Connection, actor: Actor) -> int:
    """Minutes without a key or the mouse, 1 to 120; 10 where nothing, or nothing sensible, is set."""
    stored = settings.stored(connection, actor, CATEGORY).get(KEY, "")
    minutes = int(stored) if stored.isdecimal() else 0
    return minutes if 1 <= minutes <= IDLE_MOST else IDLE_DEFAULT


@requires(MANAGE_STAFF)
def set_idle_minutes(uow: UnitOfWork, actor: Actor, minutes: int) -> None:
    """Set it for all desks; those that run follow within seconds.

    Raises:
        ValidationError: below 1 or above 120.
    """
    if not 1 <= minutes <= IDLE_MOST:
        raise ValidationError(
            "identity.idle_minutes",
            N_("A desk locks itself after 1 to {most} minutes."),
            field="idle",
            most=IDLE_MOST,
        )
    settings.store(uow, actor, CATEGORY, KEY, str(minutes))
