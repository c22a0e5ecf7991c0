"""The grid's cells: laid, claimed, freed.

A claim updates rows that already exist. Inserting them instead would deadlock: when an insert that others wait
for is rolled back, InnoDB turns their waiting locks into gap locks, which block each other's inserts. Updates
of existing rows, walked in the order of the key, wait for each other in one direction only.
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

SEAT: Final = 0
"""A doctor sees one person at a time; beds and rooms will have more seats."""


def cells_of(start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """The cells of an interval whose ends are on the grid."""
    return [start + CELL * number for number in range(int((end - start) / CELL))]


def _within(resource: str, start: str, end: str) -> ColumnElement[bool]:
    return (
        (DeskSlot.resource_id == bindparam(resource))
        & (DeskSlot.cell >= bindparam(start, type_=UtcTimestamp))
        & (DeskSlot.cell < bindparam(end, type_=UtcTimestamp))
        & (DeskSlot.seat == SEAT)
    )


_CLAIM: Final = (
    update(DeskSlot)
    .where(
        _within("resource", "start", "end"),
        # not `IS NULL`: the range of the key must stay the only way to the rows, whatever the optimizer thinks
        func.coalesce(DeskSlot.appointment_id, bindparam("holder")) == bindparam("holder"),
    )
    .values(appointment_id=bindparam("holder"))
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
_STEAL: Final = (
    update(DeskSlot)
    .where(
        _within("resource", "start", "end"),
        func.coalesce(DeskSlot.appointment_id, "").in_(bindparam("stale", expanding=True)),
    )
    .values(appointment_id=bindparam("holder"))
)
_HOLDERS: Final = select(DeskSlot.cell, DeskSlot.appointment_id).where(_within("resource", "start", "end"))


def claim(uow: UnitOfWork, resource_id: str, start: dt.datetime, end: dt.datetime, holder: str) -> int:
    """Take the free cells of an interval; returns how many of its cells the appointment now holds."""
    return uow.execute(
        _CLAIM, {"resource": resource_id, "start": start, "end": end, "holder": holder}
    ).rowcount


def steal(
    uow: UnitOfWork, resource_id: str, start: dt.datetime, end: dt.datetime, holder: str, stale: Iterable[str]
) -> int:
    """Take cells from appointments that no longer need them; returns how many."""
    parameters = {"resource": resource_id, "start": start, "end": end, "holder": holder, "stale": list(stale)}
    return uow.execute(_STEAL, parameters).rowcount


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


def holders(
    connection: Connection, resource_id: str, start: dt.datetime, end: dt.datetime
) -> dict[dt.datetime, str | None]:
    """The cells that are laid in an interval, with who holds each."""
    rows = connection.execute(_HOLDERS, {"resource": resource_id, "start": start, "end": end})
    return dict(rows.all())


def lay(connection: Connection, resource_id: str, start: dt.datetime, end: dt.datetime) -> None:
    """Make the cells of every block that an interval touches, where they are missing.

    It must run in a transaction of its own: nobody may wait for it while holding cells.
    """
    block = start - (start - start.replace(hour=0, minute=0, second=0, microsecond=0)) % BLOCK
    blocks_end = block
    while blocks_end < end:
        blocks_end += BLOCK
    rows = [
        {"resource_id": resource_id, "cell": cell, "seat": SEAT, "appointment_id": None}
        for cell in cells_of(block, blocks_end)
    ]
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(DeskSlot).on_conflict_do_nothing(), rows)
        return
    connection.execute(mysql.insert(DeskSlot).prefix_with("IGNORE").values(rows))
