"""The grid's cells: laid, claimed, freed.

A claim updates rows that already exist. Inserting them instead would deadlock: when an insert that others wait
for is rolled back, InnoDB turns their waiting locks into gap locks, which block each other's inserts. Updates
of existing rows, walked in one order, wait for each other in one direction only: resource by resource, in each seat by
seat, in each seat cell by cell.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, func, or_, select, update
from sqlalchemy.dialects import mysql, sqlite

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import DeskSlot
from tcmdesk.features.appointments.types import GRID_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.sql.elements import ColumnElement

    from tcmdesk.core.db.unit_of_work import UnitOfWork

CELL: Final = dt.timedelta(minutes=GRID_MINUTES)
BLOCK: Final = dt.timedelta(hours=4)
"""Cells are laid in blocks that start at 00:00, 04:00, … UTC, so that a busy day needs it two or three times."""

Spot = tuple[dt.datetime, int]
"""A seat of a cell."""

Held = dict[Spot, str | None]
"""Who holds what, by cell and seat; None holds a free one."""


def cells_of(start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """The cells of an interval whose ends are on the grid."""
    return [start + CELL * number for number in range(int((end - start) / CELL))]


def _within(resource: str, start: str, end: str) -> ColumnElement[bool]:
    return (
        (DeskSlot.resource_id == bindparam(resource))
        & (DeskSlot.cell >= bindparam(start, type_=UtcTimestamp))
        & (DeskSlot.cell < bindparam(end, type_=UtcTimestamp))
    )


def _free_for_holder() -> ColumnElement[bool]:
    # not `IS NULL`: the range of the key must stay the only way to the rows, whatever the optimizer thinks
    return func.coalesce(DeskSlot.appointment_id, bindparam("holder")) == bindparam("holder")


_CLAIM: Final = (
    update(DeskSlot)
    .where(_within("resource", "start", "end"), DeskSlot.seat == bindparam("at_seat"), _free_for_holder())
    .values(appointment_id=bindparam("holder"))
)
_SOME: Final = (
    (DeskSlot.resource_id == bindparam("resource"))
    & DeskSlot.cell.in_(bindparam("cells", expanding=True, type_=UtcTimestamp))
    & (DeskSlot.seat == bindparam("at_seat"))
)
_CLAIM_SOME: Final = (
    update(DeskSlot).where(_SOME, _free_for_holder()).values(appointment_id=bindparam("holder"))
)
_FREE: Final = (
    update(DeskSlot)
    .where(
        _within("resource", "start", "end"),
        func.coalesce(DeskSlot.appointment_id, "") == bindparam("holder"),
    )
    .values(appointment_id=None)
)
_FREE_OUTSIDE: Final = _FREE.where(
    or_(
        DeskSlot.resource_id != bindparam("kept_resource"),
        DeskSlot.cell < bindparam("kept_start", type_=UtcTimestamp),
        DeskSlot.cell >= bindparam("kept_end", type_=UtcTimestamp),
    )
)
_FREE_SOME: Final = (
    update(DeskSlot)
    .where(_SOME, func.coalesce(DeskSlot.appointment_id, "") == bindparam("holder"))
    .values(appointment_id=None)
)
_STEAL: Final = (
    update(DeskSlot)
    .where(_SOME, func.coalesce(DeskSlot.appointment_id, "").in_(bindparam("stale", expanding=True)))
    .values(appointment_id=bindparam("holder"))
)
_HOLDERS: Final = select(DeskSlot.cell, DeskSlot.seat, DeskSlot.appointment_id).where(
    _within("resource", "start", "end")
)

_HOLDERS_OF: Final = select(
    DeskSlot.resource_id, DeskSlot.cell, DeskSlot.seat, DeskSlot.appointment_id
).where(
    DeskSlot.resource_id.in_(bindparam("resources", expanding=True)),
    DeskSlot.cell >= bindparam("start", type_=UtcTimestamp),
    DeskSlot.cell < bindparam("end", type_=UtcTimestamp),
)


def claim(uow: UnitOfWork, resource_id: str, start: dt.datetime, end: dt.datetime, holder: str) -> int:
    """Take the free first seats of an interval; returns how many of these the appointment now holds."""
    return uow.execute(
        _CLAIM, {"resource": resource_id, "start": start, "end": end, "at_seat": 0, "holder": holder}
    ).rowcount


def claim_some(
    uow: UnitOfWork, resource_id: str, cells: Iterable[dt.datetime], seat: int, holder: str
) -> None:
    """Take one seat of those of some cells where it is free."""
    uow.execute(
        _CLAIM_SOME, {"resource": resource_id, "cells": list(cells), "at_seat": seat, "holder": holder}
    )


def steal(
    uow: UnitOfWork,
    resource_id: str,
    cells: Iterable[dt.datetime],
    seat: int,
    holder: str,
    stale: Iterable[str],
) -> None:
    """Take one seat of some cells from appointments that no longer need it."""
    parameters = {
        "resource": resource_id, "cells": list(cells), "at_seat": seat, "holder": holder, "stale": list(stale),
    }  # fmt: skip
    uow.execute(_STEAL, parameters)


def free_doubles(uow: UnitOfWork, resource_id: str, held: Held, holder: str) -> None:
    """Give back all but one seat of each cell in which an appointment holds several; `held` are all it may hold."""
    seats: dict[dt.datetime, list[int]] = {}
    for (cell, seat), held_by in sorted(held.items()):
        if held_by == holder:
            seats.setdefault(cell, []).append(seat)
    spare: dict[int, list[dt.datetime]] = {}
    for cell, own in seats.items():
        for seat in own[1:]:
            spare.setdefault(seat, []).append(cell)
    for seat, cells in sorted(spare.items()):
        uow.execute(_FREE_SOME, {"resource": resource_id, "cells": cells, "at_seat": seat, "holder": holder})


def free(
    uow: UnitOfWork,
    resource_id: str,
    start: dt.datetime,
    end: dt.datetime,
    holder: str,
    *,
    keep: tuple[str, dt.datetime, dt.datetime] | None = None,
) -> None:
    """Give back the cells an appointment holds in an interval, but for those of `keep`."""
    parameters: dict[str, object] = {"resource": resource_id, "start": start, "end": end, "holder": holder}
    if keep is None:
        uow.execute(_FREE, parameters)
        return
    parameters |= dict(zip(("kept_resource", "kept_start", "kept_end"), keep, strict=True))
    uow.execute(_FREE_OUTSIDE, parameters)


def holders(connection: Connection, resource_id: str, start: dt.datetime, end: dt.datetime) -> Held:
    """The cells that are laid in an interval, with who holds each seat of them."""
    rows = connection.execute(_HOLDERS, {"resource": resource_id, "start": start, "end": end})
    return {(row.cell, row.seat): row.appointment_id for row in rows}


def holders_of(
    connection: Connection, resource_ids: Iterable[str], start: dt.datetime, end: dt.datetime
) -> dict[str, Held]:
    """The same of several resources, by resource."""
    rows = connection.execute(_HOLDERS_OF, {"resources": list(resource_ids), "start": start, "end": end})
    found: dict[str, Held] = {}
    for row in rows:
        found.setdefault(row.resource_id, {})[row.cell, row.seat] = row.appointment_id
    return found


def lay(
    connection: Connection, resource_id: str, start: dt.datetime, end: dt.datetime, seats: int = 1
) -> None:
    """Make the cells of every block that an interval touches, with so many seats, where they are missing.

    It must run in a transaction of its own: nobody may wait for it while holding cells. Cells that exist are not
    inserted again, not even to be ignored: each would be locked as a duplicate until the end, and whoever walks over
    them with later ones in hand would deadlock with the rest of this insert.
    """
    block = start - (start - start.replace(hour=0, minute=0, second=0, microsecond=0)) % BLOCK
    blocks_end = block
    while blocks_end < end:
        blocks_end += BLOCK
    every = [(cell, seat) for cell in cells_of(block, blocks_end) for seat in range(seats)]
    missing = _missing(connection, resource_id, every)
    if not missing:
        return
    # The first cell alone: of two that lay the same ones, the later waits here with nothing in hand, and then finds
    # the rest laid.
    _insert(connection, resource_id, missing[:1])
    missing = _missing(connection, resource_id, every)
    if missing:
        _insert(connection, resource_id, missing)


def _missing(connection: Connection, resource_id: str, spots: list[Spot]) -> list[Spot]:
    there = holders(connection, resource_id, spots[0][0], spots[-1][0] + CELL)
    return [spot for spot in spots if spot not in there]


def _insert(connection: Connection, resource_id: str, spots: list[Spot]) -> None:
    rows = [
        {"resource_id": resource_id, "cell": cell, "seat": seat, "appointment_id": None}
        for cell, seat in spots
    ]
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(DeskSlot).on_conflict_do_nothing(), rows)
        return
    connection.execute(mysql.insert(DeskSlot).prefix_with("IGNORE").values(rows))
