"""The bed or room that goes with a visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tcmdesk.core.db.unit_of_work import PrepareFirst, UnitOfWork
from tcmdesk.core.errors import Conflict, NotFound
from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.queries import cells
from tcmdesk.features.appointments.queries.current import read_several
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.service._claims import needs, take

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.appointments.queries.briefing import Briefing
    from tcmdesk.features.appointments.queries.current import Current
    from tcmdesk.features.appointments.types import BookAppointment, MoveAppointment
    from tcmdesk.features.schedules.types import Resource, VisitKind


@dataclass(frozen=True, slots=True)
class Need:
    """A bed or room for a time: one of `candidates`, the first that is free, `preferred` before all."""

    candidates: tuple[Resource, ...]
    start: dt.datetime
    end: dt.datetime
    preferred: str | None = None

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Room:
    """What was claimed."""

    resource_id: str
    start: dt.datetime
    end: dt.datetime

    def columns(self) -> dict[str, object]:
        """The values that our row keeps of it."""
        minutes = int((self.end - self.start).total_seconds()) // 60
        return {
            "resource_id": self.resource_id, "resource_from": self.start, "resource_minutes": minutes
        }  # fmt: skip


def kind_of(briefing: Briefing, command: BookAppointment) -> VisitKind | None:
    """The sort of visit that a booking is.

    Raises:
        NotFound: the named one is not offered for this doctor.
    """
    kind = briefing.offered.kind(command.visit_kind_id)
    if kind is None and command.visit_kind_id:
        raise NotFound(
            "appointments.visit_kind",
            N_("This kind of visit is no longer offered for the doctor. Choose another one."),
        )
    return kind


def need_of(
    briefing: Briefing, command: BookAppointment, kind: VisitKind | None, start: dt.datetime
) -> Need | None:
    """What a booking needs besides the doctor."""
    if kind is not None and kind.needs is not None:
        since = start + dt.timedelta(minutes=kind.offset)
        until = since + dt.timedelta(minutes=kind.resource_minutes)
        candidates = tuple(each for each in briefing.offered.resources if each.kind is kind.needs)
        return _only(Need(candidates, since, until), command.resource_id)
    if command.resource_id is None:
        return None
    return _only(
        Need(briefing.offered.resources, start, start + dt.timedelta(minutes=command.minutes)),
        command.resource_id,
    )


def need_after_move(
    briefing: Briefing, command: MoveAppointment, current: Current, start: dt.datetime
) -> Need | None:
    """What an appointment needs at its new time: as long as before, at the same distance from its start."""
    room = current.room
    if room is None or current.held_from is None:
        if command.resource_id is None:
            return None
        until = start + dt.timedelta(minutes=command.minutes)
        return _only(Need(briefing.offered.resources, start, until), command.resource_id)
    since = start + (room.start - current.held_from)
    held = next((each for each in briefing.offered.resources if each.resource_id == room.resource_id), None)
    candidates = tuple(each for each in briefing.offered.resources if held is None or each.kind is held.kind)
    need = Need(candidates, since, since + dt.timedelta(minutes=room.minutes), room.resource_id)
    return _only(need, command.resource_id)


def _only(need: Need, resource_id: str | None) -> Need:
    """The need when one is named.

    Raises:
        NotFound: it is out of use, or not for this department.
    """
    if resource_id is None:
        return need
    named = tuple(each for each in need.candidates if each.resource_id == resource_id)
    if not named:
        raise NotFound(
            "appointments.resource",
            N_("This bed or room is not available for the doctor. Choose another one."),
        )
    return Need(named, need.start, need.end)


def take_room(uow: UnitOfWork, need: Need, holder: str) -> Room:
    """Claim one of the candidates.

    Only one is tried, the first that looks free: trying the next with cells of the first in hand would let two desks
    wait for each other. When it turns out to be taken, the transaction begins again and looks anew.

    Raises:
        Conflict: ``appointments.no_room``: none is free, or the named one is not.
        PrepareFirst: look again.
    """
    start, end = rules.on_grid(need.start, need.end)
    chosen = _first_free(uow, need, start, end, holder)
    if chosen is None:
        raise no_room(tuple(each.name for each in need.candidates))
    try:
        take(uow, chosen.resource_id, start, end, holder, seats=lambda: chosen.seats)
    except Conflict as taken:
        raise PrepareFirst(
            partial(cells.lay, resource_id=chosen.resource_id, start=start, end=end, seats=chosen.seats)
        ) from taken
    return Room(chosen.resource_id, start, end)


def no_room(names: tuple[str, ...]) -> Conflict:
    """Every bed or room is taken."""
    return Conflict(
        "appointments.no_room",
        N_("No bed or room is free then. Choose another time, or book without one."),
        current=names,
    )


def _first_free(
    uow: UnitOfWork, need: Need, start: dt.datetime, end: dt.datetime, holder: str
) -> Resource | None:
    """The preferred candidate if it looks free, else the first that does; who no longer needs a bed does not count."""
    ids = [each.resource_id for each in need.candidates]
    held = cells.holders_of(uow.connection, ids, start, end)
    others = {
        held_by
        for spots in held.values()
        for held_by in spots.values()
        if held_by is not None and held_by != holder
    }
    standing = {
        (current.card.appointment_id, resource_id)
        for current in (read_several(uow.connection, others) if others else ())
        for resource_id in ids
        if needs(current, resource_id, start, end)
    }
    free = [
        each
        for each in need.candidates
        if _has_seat(held.get(each.resource_id, {}), each, cells.cells_of(start, end), standing)
    ]
    return next((each for each in free if each.resource_id == need.preferred), free[0] if free else None)


def _has_seat(
    held: cells.Held, resource: Resource, wanted: Iterable[dt.datetime], standing: set[tuple[str, str]]
) -> bool:
    def taken(cell: dt.datetime, seat: int) -> bool:
        holder = held.get((cell, seat))
        return holder is not None and (holder, resource.resource_id) in standing

    return all(any(not taken(cell, seat) for seat in range(resource.seats)) for cell in wanted)
