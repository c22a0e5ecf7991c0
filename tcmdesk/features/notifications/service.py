"""Writes messages into patients' inboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.types import PLACEHOLDER_PHONE
from tcmdesk.features.notifications.queries import INSERT_MESSAGE
from tcmdesk.features.notifications.types import SEND, Message

if TYPE_CHECKING:
    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(SEND)
def notify(uow: UnitOfWork, actor: Actor, message: Message) -> bool:
    """Write a message if its reader wants that type; returns whether it was written. One statement."""
    written = uow.execute(
        INSERT_MESSAGE,
        {
            "id": uuid7(),
            "user": message.user_id,
            "type": message.type.value,
            "title": message.title,
            "content": message.content,
            "related": message.related_id,
            "metadata": dict(message.metadata),
            "placeholder": f"{PLACEHOLDER_PHONE}%",
        },
    )
    return bool(written.rowcount)
