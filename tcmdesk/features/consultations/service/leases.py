"""Which workstation reads the doctor's signals of a room.

Two windows of one doctor would each take half of the signals. The one that holds the lease reads; taking over ends
the other's call and raises the generation, so that the patient's side makes a new connection. All times are the
server's; nothing of this enters the ledger.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from tcmdesk.core.permissions import public, requires
from tcmdesk.features.consultations.queries import leases as queries
from tcmdesk.features.consultations.types import CALL, Lease

if TYPE_CHECKING:
    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database


@public("makes up a name")
def holder_name(workstation: str) -> str:
    """A name for this process of a workstation: a second window on the same computer is another reader."""
    return f"{workstation[:40]}#{os.getpid()}.{secrets.token_hex(4)}"


@requires(CALL)
def take_lease(database: Database, actor: Actor, room_id: str, holder: str, *, force: bool = False) -> Lease:
    """Take a room that nobody holds; by `force` also one that is held.

    Returns whose it is now; `held` False when another workstation has it, whose name it then is.
    """
    workstation, generation = database.read(
        lambda connection: queries.take(connection, room_id, holder, force=force)
    )
    return Lease(room_id, workstation, generation, workstation == holder)


@requires(CALL)
def renew_lease(database: Database, actor: Actor, room_id: str, holder: str, generation: int) -> bool:
    """Keep it for another ten seconds; False when another workstation took it over.

    Args:
        generation: the highest this call has used, from which whoever takes over goes on.
    """
    return database.read(lambda connection: queries.renew(connection, room_id, holder, generation))


@requires(CALL)
def release_lease(database: Database, actor: Actor, room_id: str, holder: str) -> None:
    """Let go, at the end of a call."""
    database.read(lambda connection: queries.release(connection, room_id, holder))
