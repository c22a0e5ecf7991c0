"""Taking time, and giving it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tcmdesk.core.db.unit_of_work import PrepareFirst, UnitOfWork
from tcmdesk.features.appointments.queries import cells, holds
from tcmdesk.features.appointments.queries.current import Current, read_several
from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.settings.service import zone_of

if TYPE_CHECKING:
    import datetime as dt


def take(uow: UnitOfWork, doctor_id: str, start: dt.datetime, end: dt.datetime, appointment_id: str) -> None:
    """Claim every cell of an interval, in one statement where nobody is in the way.

    Raises:
        Conflict: someone holds a cell: ``appointments.slot_taken`` with their cards in `current`, or
            ``appointments.held`` for one who has been offered the time.
        PrepareFirst: the day's cells have yet to be laid.
    """
    wanted = len(cells.cells_of(start, end))
    if cells.claim(uow, doctor_id, start, end, appointment_id) == wanted:
        return
    held = cells.holders(uow.connection, doctor_id, start, end)
    others = {holder for holder in held.values() if holder is not None and holder != appointment_id}
    if len(held) < wanted or not others:
        # Not laid yet, or laid or given back while the claim walked past them. Going back for them with later cells
        # in hand would deadlock with a neighbour that does the same: begin again with nothing in hand.
        raise PrepareFirst(partial(cells.lay, resource_id=doctor_id, start=start, end=end))
    # holds first: one that is gone by now has become an appointment, which the next look then finds
    expired = _expired_holds(uow, others)
    standing = _still_there(uow, others, doctor_id, start, end)
    stale = others - {current.card.appointment_id for current in standing}
    if not standing and stale:
        cells.steal(uow, doctor_id, start, end, appointment_id, stale)
        if not all(holds.end(uow, hold_id, live=False) for hold_id in expired):
            # accepted at the last moment: the cells are an appointment's
            raise rules.taken(())
    if standing or cells.claim(uow, doctor_id, start, end, appointment_id) != wanted:
        raise rules.taken(tuple(current.card for current in standing))


def _expired_holds(uow: UnitOfWork, holders: set[str]) -> list[str]:
    """Those holders that kept the time for someone who did not take it; raises while one still does."""
    found = holds.read_rows(uow.connection, holders, uow.now)
    for row in found:
        if row.live:
            kept = holds.hold_of(row)
            raise rules.held(kept.patient_name, kept.expires_at.astimezone(zone_of(row.zone)))
    return sorted(row.id for row in found)


def _still_there(
    uow: UnitOfWork, holders: set[str], doctor_id: str, start: dt.datetime, end: dt.datetime
) -> tuple[Current, ...]:
    """Holders that need their cells: the platform cancels and moves without knowing of any."""
    found = read_several(uow.connection, holders)
    return tuple(current for current in found if _needs(current, doctor_id, start, end))


def _needs(current: Current, doctor_id: str, start: dt.datetime, end: dt.datetime) -> bool:
    card = current.card
    if card.status is Status.CANCELLED or card.doctor_id != doctor_id:
        return False
    if card.starts_at is None or card.ends_at is None:
        return True
    return overlaps(start, end, *rules.on_grid(card.starts_at, card.ends_at))


def give_back(
    uow: UnitOfWork, current: Current, *, keep: tuple[str, dt.datetime, dt.datetime] | None = None
) -> None:
    """Free what an appointment holds, but for the cells of its new time."""
    if current.held_from is None or current.held_until is None:
        return
    start, end = rules.on_grid(current.held_from, current.held_until)
    cells.free(uow, current.card.doctor_id, start, end, current.card.appointment_id, keep=keep)
