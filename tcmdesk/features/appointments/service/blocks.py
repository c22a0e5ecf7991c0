"""Keeps the platform from selling what the clinic cannot give: opt-in.

The platform knows nothing of leave, of longer visits and of times beside its grid. Where the clinic wants it, the half
hours that it would still sell are taken by appointments of an account of the clinic's own, which no board, list, count
or message ever shows. They go when the reason goes.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Final

from tcmdesk.core.db.schema.guard import has_guard
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries import blocks, slot_text
from tcmdesk.features.appointments.queries.platform import uncovered
from tcmdesk.features.appointments.types import BLOCK, SoldCell
from tcmdesk.features.identity.service.passwords import hash_password
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.queries.board_rows import BoardRows

DAYS: Final = 28
"""How far ahead times are blocked, from today on."""

_Wanted = set[tuple[dt.date, SoldCell]]


@requires(BLOCK)
def keep_blocks(
    database: Database, actor: Actor, now: dt.datetime, *, stopped: Callable[[], bool] = lambda: False
) -> tuple[int, int]:
    """Block what the platform would still sell of the coming weeks, and free what it may sell again.

    Returns:
        How many blocks were made, and how many removed. Without the switch all that are ahead are removed.
    """
    zone = database.read(lambda connection: clinic(connection, actor)).zone
    today = now.astimezone(zone).date()
    if not database.read(lambda connection: _is_anything_to_do(connection, today, zone)):
        return 0, 0
    if not database.read(blocks.has_account):
        # made outside the transaction: a hash takes its time
        password_hash = hash_password(secrets.token_hex(32))
        database.write(actor, "appointments:block:account", lambda uow: _account(uow, password_hash))
    if stopped():
        return 0, 0
    return database.write(actor, "appointments:block:keep", lambda uow: _keep(uow, now, zone))


def _account(uow: UnitOfWork, password_hash: str) -> None:
    if not blocks.has_account(uow.connection):
        blocks.add_account(uow, password_hash)


def _is_anything_to_do(connection: Connection, today: dt.date, zone: ZoneInfo) -> bool:
    found = blocks.read_span_rows(connection, today, DAYS, zone)
    wanted = _wanted(found, today, zone) if blocks.is_wanted(connection) else set()
    return wanted != set(_there(found).values())


def _keep(uow: UnitOfWork, now: dt.datetime, zone: ZoneInfo) -> tuple[int, int]:
    today = now.astimezone(zone).date()
    found = blocks.read_span_rows(uow.connection, today, DAYS, zone)
    wanted: _Wanted = _wanted(found, today, zone) if blocks.is_wanted(uow.connection) else set()
    there = _there(found)
    surplus = _surplus(there, wanted)
    if surplus:
        blocks.remove_blocks(uow, surplus)
    missing = sorted(
        wanted - set(there.values()), key=lambda each: (each[0], each[1].doctor_id, each[1].start)
    )
    if missing and has_guard(uow.connection):
        # the guard takes 09:00-10:00 and 09:00 for one slot, and keeps the platform out of it by itself
        missing = [each for each in missing if not _begins_then(found, *each, zone)]
    for day, cell in missing:
        blocks.add_block(uow, cell, day, zone)
    return len(missing), len(surplus)


def _wanted(found: BoardRows, today: dt.date, zone: ZoneInfo) -> _Wanted:
    days = (today + dt.timedelta(days=number) for number in range(DAYS))
    return {(day, cell) for day in days for cell in uncovered(found, day, zone)}


def _there(found: BoardRows) -> dict[str, tuple[dt.date, SoldCell]]:
    """The blocks there are, by id."""
    known = {}
    for block in found.blocks:
        parsed = slot_text.parse(block.slot_text)
        # the platform's day is the date in UTC
        day = block.version.appointment_date.date()
        known[block.appointment_id] = (day, SoldCell(block.doctor_id, parsed[0] if parsed else -1))
    return known


def _surplus(there: dict[str, tuple[dt.date, SoldCell]], wanted: _Wanted) -> list[str]:
    """Blocks without a reason, and all but one of those for the same time."""
    seen: _Wanted = set()
    surplus = []
    for block_id, what in sorted(there.items()):
        if what not in wanted or what in seen:
            surplus.append(block_id)
        seen.add(what)
    return surplus


def _begins_then(found: BoardRows, day: dt.date, cell: SoldCell, zone: ZoneInfo) -> bool:
    text = slot_text.write(cell.start)
    return any(
        card.doctor_id == cell.doctor_id
        and card.slot_text[:5] == text
        and card.version.appointment_date.astimezone(zone).date() == day
        for card in found.cards
    )
