"""What readers have seen, and what was put off or taken off a list."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.permissions import requires
from tcmdesk.features.worklists.models import InboxMark, ListMark
from tcmdesk.features.worklists.types import READ, WRITE, ListName, ListRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def seen(uow: UnitOfWork, actor: Actor, rows: Sequence[ListRow]) -> None:
    """The reader has seen these rows of the inbox; what is marked already is never taken back."""
    reader = actor_id(actor)
    if reader is None or not rows:
        return
    latest = max(row.at for row in rows)
    ids = {row.card.appointment_id for row in rows if row.at == latest}
    mark = uow.connection.execute(
        select(InboxMark.seen_at, InboxMark.seen_ids).where(InboxMark.user_id == reader)
    ).first()
    if mark is None:
        uow.execute(
            insert(InboxMark).values(
                user_id=reader, seen_at=latest, seen_ids=json.dumps(sorted(ids)), sound=True
            )
        )
        return
    if latest < mark.seen_at:
        return
    if latest == mark.seen_at:
        ids |= set(json.loads(mark.seen_ids))
    uow.execute(
        update(InboxMark)
        .where(InboxMark.user_id == reader)
        .values(seen_at=latest, seen_ids=json.dumps(sorted(ids)))
    )


@requires(READ)
def set_sound(uow: UnitOfWork, actor: Actor, on: bool) -> None:
    """Whether new bookings make a sound for the reader."""
    reader = actor_id(actor)
    if reader is None:
        return
    changed = uow.execute(update(InboxMark).where(InboxMark.user_id == reader).values(sound=on))
    if not changed.rowcount:
        # nothing has been seen yet: everything stays new
        never = dt.datetime(1970, 1, 2, tzinfo=dt.UTC)
        uow.execute(insert(InboxMark).values(user_id=reader, seen_at=never, seen_ids="[]", sound=on))


@requires(WRITE)
def put_off(uow: UnitOfWork, actor: Actor, name: ListName, subject: str, until: dt.date | None) -> None:
    """Take a row off a list until a day, or for good."""
    uow.execute(delete(ListMark).where(ListMark.list == name.value, ListMark.subject == subject))
    uow.execute(
        insert(ListMark).values(list=name.value, subject=subject, until=until, marked_by=actor_id(actor))
    )


@requires(WRITE)
def list_again(uow: UnitOfWork, actor: Actor, name: ListName, subject: str) -> None:
    """Undo that."""
    uow.execute(delete(ListMark).where(ListMark.list == name.value, ListMark.subject == subject))
