"""Taking time, and giving it back."""

from __future__ import annotations

from collections import defaultdict
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
    from collections.abc import Callable, Iterable

    from tcmdesk.features.appointments.queries.cells import Held

    Claimed = tuple[str, dt.datetime, dt.datetime]


def take(
    uow: UnitOfWork,
    resource_id: str,
    start: dt.datetime,
    end: dt.datetime,
    holder: str,
    *,
    seats: Callable[[], int] = lambda: 1,
) -> None:
    """Claim a seat of every cell of an interval, in one statement where nobody is in the way.

    Args:
        seats: asked for how many the resource has when the first is not free throughout.

    Raises:
        Conflict: every seat of a cell is held: ``appointments.slot_taken`` with the cards in `current`, or
            ``appointments.held`` for one who has been offered the time.
        PrepareFirst: the day's cells have yet to be laid.
    """
    wanted = cells.cells_of(start, end)
    if cells.claim(uow, resource_id, start, end, holder) == len(wanted):
        return
    held = cells.holders(uow.connection, resource_id, start, end)
    missing = _without(wanted, held, holder)
    there_are = seats()
    for seat in range(1, there_are):
        if missing and all((cell, seat) in held for cell in missing):
            cells.claim_some(uow, resource_id, missing, seat, holder)
            held = cells.holders(uow.connection, resource_id, start, end)
            missing = _without(wanted, held, holder)
    if not missing:
        cells.free_doubles(uow, resource_id, held, holder)
        return
    spots = [(cell, seat) for cell in missing for seat in range(there_are)]
    holders = {held[spot] for spot in spots if held.get(spot) is not None}
    others = {other for other in holders if other is not None and other != holder}
    if any(held.get(spot) is None for spot in spots) or not others:
        # Not laid yet, or laid or given back while the claim walked past them. Going back for them with later cells
        # in hand would deadlock with a neighbour that does the same: begin again with nothing in hand.
        raise PrepareFirst(partial(cells.lay, resource_id=resource_id, start=start, end=end, seats=there_are))
    _take_from_stale(uow, resource_id, (start, end), holder, held, spots, others)


def _take_from_stale(
    uow: UnitOfWork, resource_id: str, span: tuple[dt.datetime, dt.datetime], holder: str,
    held: Held, spots: Iterable[tuple[dt.datetime, int]], others: set[str],
) -> None:  # fmt: skip
    """Take the last cells from holders that no longer need them; the platform cancels and moves without knowing of any."""
    # holds first: one that is gone by now has become an appointment, which the next look then finds
    expired = _expired_holds(uow, others)
    standing = _still_there(uow, others, resource_id, *span)
    stale = others - {current.card.appointment_id for current in standing}
    taken_from: dict[int, list[dt.datetime]] = defaultdict(list)
    found: set[dt.datetime] = set()
    losers: set[str] = set()
    for cell, seat in spots:
        owner = held[cell, seat]
        if owner in stale and cell not in found:
            found.add(cell)
            losers.add(owner)
            taken_from[seat].append(cell)
    if len(found) < len({cell for cell, _ in spots}):
        raise rules.taken(tuple(current.card for current in standing))
    for seat, stolen in sorted(taken_from.items()):
        cells.steal(uow, resource_id, stolen, seat, holder, stale)
    if not all(holds.end(uow, hold_id, live=False) for hold_id in expired if hold_id in losers):
        # Accepted or given back since it was looked at: begin again, and meet the appointment or free cells.
        raise PrepareFirst(lambda _connection: None)
    if _without(cells.cells_of(*span), cells.holders(uow.connection, resource_id, *span), holder):
        raise rules.taken(())


def _without(wanted: Iterable[dt.datetime], held: Held, holder: str) -> list[dt.datetime]:
    """The cells of which nobody's seat is the holder's."""
    own = {cell for (cell, _), held_by in held.items() if held_by == holder}
    return [cell for cell in wanted if cell not in own]


def _expired_holds(uow: UnitOfWork, holders: set[str]) -> list[str]:
    """Those holders that kept the time for someone who did not take it; raises while one still does."""
    found = holds.read_rows(uow.connection, holders, uow.now)
    for row in found:
        if row.live:
            kept = holds.hold_of(row)
            raise rules.held(kept.patient_name, kept.expires_at.astimezone(zone_of(row.zone)))
    return sorted(row.id for row in found)


def _still_there(
    uow: UnitOfWork, holders: set[str], resource_id: str, start: dt.datetime, end: dt.datetime
) -> tuple[Current, ...]:
    """Holders that need their cells."""
    found = read_several(uow.connection, holders)
    return tuple(current for current in found if needs(current, resource_id, start, end))


def needs(current: Current, resource_id: str, start: dt.datetime, end: dt.datetime) -> bool:
    """Whether an appointment, as it is by now, needs a doctor, bed or room in an interval."""
    card = current.card
    if card.status is Status.CANCELLED:
        return False
    if current.room is not None and current.room.resource_id == resource_id:
        # a bed goes with the time that the desk gave; the platform moves only the doctor's
        return card.starts_at == current.held_from and overlaps(start, end, *current.room.span)
    if card.doctor_id != resource_id:
        return False
    if card.starts_at is None or card.ends_at is None:
        return True
    return overlaps(start, end, *rules.on_grid(card.starts_at, card.ends_at))


def give_back(
    uow: UnitOfWork, current: Current, *, keep: Claimed | None = None, keep_room: Claimed | None = None
) -> None:
    """Free what an appointment holds, but for the cells of its new time: the doctor's before the bed's."""
    if current.held_from is None or current.held_until is None:
        return
    holder = current.card.appointment_id
    start, end = rules.on_grid(current.held_from, current.held_until)
    cells.free(uow, current.card.doctor_id, start, end, holder, keep=keep)
    if current.room is not None:
        cells.free(uow, current.room.resource_id, *current.room.span, holder, keep=keep_room)
    for kept, left in ((keep, (start, end)), (keep_room, current.room.span if current.room else None)):
        if kept is not None and left is not None and overlaps(kept[1], kept[2], *left):
            single_seats(uow, *kept, holder)


def single_seats(
    uow: UnitOfWork, resource_id: str, start: dt.datetime, end: dt.datetime, holder: str
) -> None:
    """Give back what an appointment holds twice, as one that already held a later seat and then got the first does."""
    cells.free_doubles(uow, resource_id, cells.holders(uow.connection, resource_id, start, end), holder)
