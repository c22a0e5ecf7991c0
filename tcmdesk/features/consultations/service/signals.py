"""Signals between two browsers or desks, through the table that the platform's clients use too.

Signals are no operations of the clinic: they live an hour, so none of this enters the ledger. Everything runs in
AUTOCOMMIT: a reader inside an open snapshot would never see new rows.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.consultations.queries import signals as queries
from tcmdesk.features.consultations.service import _payloads
from tcmdesk.features.consultations.service._rules import is_job
from tcmdesk.features.consultations.types import EXCHANGE, KEEP, Signal, SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from tcmdesk.core.db.database import Database

log = logging.getLogger(__name__)

SIGNAL_LIFE: Final = dt.timedelta(hours=1)


@requires(EXCHANGE)
def post_signal(
    database: Database,
    actor: Actor,
    room_id: str,
    kind: SignalType,
    payload: Mapping[str, Any],
    *,
    signal_id: str | None = None,
    on_replaced: Callable[[], None] = lambda: None,
) -> str:
    """Write a signal to the other side of the room; returns its id.

    An offer replaces those of the same sender that nobody has read: after an outage the other side finds one, and
    that a fresh one.

    Args:
        payload: of any shape that `_payloads.read` knows, with its ``generation``.
        on_replaced: called when an offer of before was taken away unread, so that no answer to it can come.

    Raises:
        Conflict: ``signal.refused``: not a member, not let in yet, or the visit is over.
        ValidationError: ``signal.malformed``.
    """
    me = actor_id(actor)
    try:
        generation, canonical = _payloads.read(kind, payload)
    except ValueError as error:
        raise ValidationError(
            "signal.malformed", N_("The browser sent something that is no call signal. Reload the page.")
        ) from error
    row = {
        "id": signal_id or uuid7(), "room": room_id, "me": me, "type": kind.value,
        "payload": _payloads.write(canonical, generation),
    }  # fmt: skip

    def write(connection: Connection) -> int:
        if kind is SignalType.OFFER:
            stale = connection.execute(queries.DELETE_STALE_OFFERS, {"room": room_id, "me": me}).rowcount
            if stale:
                on_replaced()
        return connection.execute(queries.INSERT_SIGNAL, row).rowcount

    try:
        posted = database.read(write)
    except IntegrityError:
        # sent again after an answer that was lost: it is there
        return str(row["id"])
    if not posted:
        raise Conflict(
            "signal.refused",
            N_("The call is not open to this person now. Wait until the doctor lets you in."),
        )
    return str(row["id"])


@requires(EXCHANGE)
def take_signals(
    database: Database, actor: Actor, room_id: str, user_id: str, *, holder: str | None = None
) -> tuple[Signal, ...]:
    """Read what has come for a person in a room and mark it delivered, oldest first.

    Args:
        holder: the name a lease was taken under; nothing comes while another workstation holds the room.

    Raises:
        PermissionDenied: the signals are somebody else's.
    """
    if actor_id(actor) != user_id and not is_job(actor):
        raise PermissionDenied("signal.other", N_("These call signals belong to somebody else."))
    rows = database.read(lambda connection: queries.read_unread(connection, [room_id], [user_id], holder))
    if not rows:
        return ()
    _mark(database, (row.id for row in rows))
    return tuple(signal for row in rows if (signal := _signal(row)) is not None)


@requires(EXCHANGE)
def unread(database: Database, actor: Actor, readers: Mapping[str, str]) -> dict[str, tuple[Signal, ...]]:
    """What has come in many rooms, by room, oldest first; `mark_delivered` once it is handed on.

    Args:
        readers: the reading account of each room.

    Raises:
        PermissionDenied: only the program itself reads for many.
    """
    if not is_job(actor):
        raise PermissionDenied("signal.other", N_("These call signals belong to somebody else."))
    if not readers:
        return {}
    rows = database.read(lambda connection: queries.read_unread(connection, readers, set(readers.values())))
    found: dict[str, list[Signal]] = defaultdict(list)
    useless: list[str] = []
    for row in rows:
        if readers.get(row.room_id) != row.to_user_id:
            continue
        signal = _signal(row)
        if signal is None:
            useless.append(row.id)
        else:
            found[row.room_id].append(signal)
    if useless:
        _mark(database, useless)
    return {room: tuple(signals) for room, signals in found.items()}


@requires(EXCHANGE)
def mark_delivered(database: Database, actor: Actor, signal_ids: Sequence[str]) -> None:
    """Say that signals of `unread` reached their reader.

    Raises:
        PermissionDenied: only the program itself reads for many.
    """
    if not is_job(actor):
        raise PermissionDenied("signal.other", N_("These call signals belong to somebody else."))
    if signal_ids:
        _mark(database, signal_ids)


@requires(KEEP)
def sweep(database: Database, actor: Actor) -> int:
    """Delete signals older than an hour by the server's clock; returns how many."""
    return database.read(lambda connection: queries.delete_older(connection, SIGNAL_LIFE))


def _mark(database: Database, ids: Iterable[str]) -> None:
    wanted = list(ids)
    database.read(lambda connection: queries.set_delivered(connection, wanted))


def _signal(row: Any) -> Signal | None:
    """The signal of a row; None, and a line in the log, when it is of no use or from somebody else."""
    if row.from_user_id != row.expected:
        log.warning("signal %s in %s is from somebody who is not in the room: ignored", row.id, row.room_id)
        return None
    try:
        kind = SignalType(row.signal_type)
        generation, payload = _payloads.read(kind, row.payload)
    except ValueError as error:
        log.warning("signal %s in %s is malformed (%s): ignored", row.id, row.room_id, type(error).__name__)
        return None
    return Signal(row.id, kind, row.from_user_id, generation, payload)
