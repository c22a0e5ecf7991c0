"""What the waiting room lists, in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from tcmdesk.features.visits.types import Stage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from tcmdesk.features.reception.types import QueueEntry, WaitingRoom


class Part(Enum):
    """Parts of the list."""

    OTHERS = auto()
    ROOMS = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part and how many it holds."""

    part: Part
    count: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody who waits. `next_up` is whom the key calls, `long_wait` the minutes from which it is too long."""

    entry: QueueEntry
    minutes: int
    next_up: bool
    long_wait: int

    @property
    def too_long(self) -> bool:
        return self.minutes >= self.long_wait


@dataclass(frozen=True, slots=True)
class RoomLine:
    """Somebody in consultation."""

    entry: QueueEntry
    minutes: int


Line = Heading | WaitingLine | RoomLine


def next_up(room: WaitingRoom, now: dt.datetime, own: str | None) -> QueueEntry | None:
    """Whom "next" calls: first of a doctor's own queue, for a clerk of the doctors' firsts who has waited longest."""
    if own is not None:
        return room.next_of(own)
    firsts: dict[str, QueueEntry] = {}
    for entry in room.waiting:
        if entry.visit.stage is Stage.ARRIVED:
            firsts.setdefault(entry.card.doctor_id, entry)
    return max(firsts.values(), key=lambda entry: entry.waited(now), default=None)


def lines_of(room: WaitingRoom, now: dt.datetime, *, own: str | None, long_wait: int) -> tuple[Line, ...]:
    """The list at a moment.

    A doctor (`own` is the id) sees the own queue first, in its order. A clerk sees who was called and is still
    missing, then who has waited longest.
    """
    up = next_up(room, now, own)

    def waiting(entries: Iterable[QueueEntry]) -> list[Line]:
        return [WaitingLine(entry, entry.waited(now), entry is up, long_wait) for entry in entries]

    mine = [entry for entry in room.waiting if entry.card.doctor_id == own]
    others = sorted(
        (entry for entry in room.waiting if entry.card.doctor_id != own),
        key=lambda entry: (
            entry.visit.stage is not Stage.CALLED,
            entry is not up,
            -entry.waited(now),
            entry.number,
        ),
    )
    lines: list[Line] = []
    if own is not None and mine:
        lines += waiting(mine)
    if own is not None and others:
        lines.append(Heading(Part.OTHERS, len(others)))
    lines += waiting(others)
    if room.in_consultation:
        lines.append(Heading(Part.ROOMS, len(room.in_consultation)))
        lines += [RoomLine(entry, entry.waited(now)) for entry in room.in_consultation]
    return tuple(lines)
