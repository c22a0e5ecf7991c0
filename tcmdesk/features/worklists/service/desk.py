"""What a desk does with its lists: each function is one transaction. They block."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.permissions import requires
from tcmdesk.features.worklists.service import marks, messages
from tcmdesk.features.worklists.types import READ, WRITE, ListName, ListRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def seen(database: Database, actor: Actor, rows: Sequence[ListRow], *, op_id: str) -> None:
    """Note what the reader has seen; see `marks.seen`."""
    _write(database, actor, "inbox:seen", lambda uow: marks.seen(uow, actor, rows), op_id, None)


@requires(READ)
def set_sound(database: Database, actor: Actor, on: bool, *, op_id: str) -> None:
    """Turn the reader's sound on or off."""
    _write(database, actor, "inbox:sound", lambda uow: marks.set_sound(uow, actor, on), op_id, None)


@requires(WRITE)
def put_off(
    database: Database, actor: Actor, name: ListName, subject: str, until: dt.date | None, *, op_id: str
) -> None:
    """Take a row off a list until a day, or for good."""
    _write(
        database, actor, f"{name.value}:off", lambda uow: marks.put_off(uow, actor, name, subject, until),
        op_id, subject,
    )  # fmt: skip


@requires(WRITE)
def list_again(database: Database, actor: Actor, name: ListName, subject: str, *, op_id: str) -> None:
    """Undo that."""
    _write(
        database, actor, f"{name.value}:again", lambda uow: marks.list_again(uow, actor, name, subject), op_id, subject
    )  # fmt: skip


@requires(WRITE)
def remind(
    database: Database, actor: Actor, name: ListName, row: ListRow, zone: ZoneInfo, *, op_id: str
) -> None:
    """Write to a patient; see `messages.remind`."""
    _write(
        database, actor, f"{name.value}:remind", lambda uow: messages.remind(uow, actor, name, row, zone),
        op_id, row.card.appointment_id,
    )  # fmt: skip


def _write(
    database: Database,
    actor: Actor,
    verb: str,
    work: Callable[[UnitOfWork], object],
    op_id: str,
    subject: str | None,
) -> None:
    with suppress(AlreadyApplied):
        database.write(actor, f"worklists:{verb}", work, op_id=op_id, subject=subject)
