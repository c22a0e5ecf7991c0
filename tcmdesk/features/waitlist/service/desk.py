"""What a desk does with the waitlist: each function is one transaction.

They block. `op_id` is made by the screen and kept over its own retries: an operation that was applied, though its
answer got lost, is recognised and not applied again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.permissions import requires
from tcmdesk.features.waitlist import queries
from tcmdesk.features.waitlist.service import entries, offers
from tcmdesk.features.waitlist.types import WRITE, AddEntry, EditEntry, MakeOffer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.waitlist.types import Offer


@requires(WRITE)
def add(database: Database, actor: Actor, command: AddEntry, *, op_id: str) -> None:
    """Put someone on the list; see `entries.add`."""
    _write(
        database, actor, "entry:add", lambda uow: entries.add(uow, actor, command), op_id, command.entry_id
    )


@requires(WRITE)
def edit(database: Database, actor: Actor, command: EditEntry, *, op_id: str) -> None:
    """Change a wish; see `entries.edit`."""
    _write(
        database, actor, "entry:edit", lambda uow: entries.edit(uow, actor, command), op_id, command.entry_id
    )


@requires(WRITE)
def take_off(database: Database, actor: Actor, entry_id: str, *, op_id: str) -> None:
    """Take someone off; see `entries.take_off`."""
    _write(database, actor, "entry:off", lambda uow: entries.take_off(uow, actor, entry_id), op_id, entry_id)


@requires(WRITE)
def put_back(database: Database, actor: Actor, entry_id: str, *, op_id: str) -> None:
    """Undo that; see `entries.put_back`."""
    _write(database, actor, "entry:back", lambda uow: entries.put_back(uow, actor, entry_id), op_id, entry_id)


@requires(WRITE)
def make_offer(database: Database, actor: Actor, command: MakeOffer, *, op_id: str) -> Offer:
    """Keep a time and tell the patient; see `offers.make_offer`."""
    _write(
        database, actor, "offer:make", lambda uow: offers.make_offer(uow, actor, command), op_id, command.offer_id
    )  # fmt: skip
    found = database.read(
        lambda connection: queries.read_offer(connection, command.offer_id, database.clock.now())
    )
    if found is None:
        raise entries.gone()
    return found[0]


@requires(WRITE)
def accept(database: Database, actor: Actor, offer_id: str, *, op_id: str) -> None:
    """Book the offered time; see `offers.accept`."""
    _write(database, actor, "offer:accept", lambda uow: offers.accept(uow, actor, offer_id), op_id, offer_id)


@requires(WRITE)
def decline(database: Database, actor: Actor, offer_id: str, *, op_id: str) -> None:
    """The patient does not want it; see `offers.decline`."""
    _write(
        database, actor, "offer:decline", lambda uow: offers.decline(uow, actor, offer_id), op_id, offer_id
    )


@requires(WRITE)
def withdraw(database: Database, actor: Actor, offer_id: str, *, op_id: str) -> None:
    """The clinic needs it; see `offers.withdraw`."""
    _write(
        database, actor, "offer:withdraw", lambda uow: offers.withdraw(uow, actor, offer_id), op_id, offer_id
    )


def _write(
    database: Database,
    actor: Actor,
    verb: str,
    work: Callable[[UnitOfWork], object],
    op_id: str,
    subject: str,
) -> None:
    with suppress(AlreadyApplied):
        database.write(actor, f"waitlist:{verb}", work, op_id=op_id, subject=subject)
