"""What happened in a call, as the platform keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.consultations.queries.signals import INSERT_EVENT
from tcmdesk.features.consultations.types import EXCHANGE, CallEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.core.db.database import Database

AGENT_MAX: Final = 300
IP_MAX: Final = 45


@requires(EXCHANGE)
def log_event(
    database: Database,
    actor: Actor,
    room_id: str,
    event: CallEvent,
    data: Mapping[str, Any] | None = None,
    *,
    ip: str | None = None,
    agent: str | None = None,
) -> bool:
    """Write an event of the actor's; returns whether the actor is in the room. One statement, no ledger.

    Args:
        data: JSON-able, and free of what people say or write.
    """
    row = {
        "id": uuid7(), "room": room_id, "me": actor_id(actor), "type": event.value,
        "data": None if data is None else dict(data), "ip": ip and ip[:IP_MAX], "agent": agent and agent[:AGENT_MAX],
    }  # fmt: skip
    return bool(database.read(lambda connection: connection.execute(INSERT_EVENT, row).rowcount))
