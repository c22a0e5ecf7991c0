"""What of a day someone must look at, in order: clashes, unreadable times, unconfirmed, who comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import AppointmentCard, Status

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.layout import BoardLayout
    from tcmdesk.features.appointments.ui.placing import ClashFrame, Placed

NEXT_SHOWN: Final = 12


class Topic(Enum):
    """Why something is listed."""

    CLASH = auto()
    TRAY = auto()
    UNCONFIRMED = auto()
    NEXT = auto()


TITLES: Final = {
    Topic.CLASH: N_("Clashes"),
    Topic.TRAY: N_("Time to be confirmed"),
    Topic.UNCONFIRMED: N_("Unconfirmed"),
    Topic.NEXT: N_("Next"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section and how many it holds."""

    topic: Topic
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at; `frame` for a clash. `minute` is None when the time cannot be read."""

    topic: Topic
    card: AppointmentCard
    minute: int | None
    frame: ClashFrame | None = None
    overdue: bool = False


Line = Heading | Entry


def agenda_of(layout: BoardLayout, now: int) -> tuple[Line, ...]:
    """The lines for a day; `now` is the present minute after that day's midnight, in the clinic's zone."""
    clashing = set(layout.frame_of)
    by_time = sorted(layout.placed.values(), key=lambda each: (each.start, each.column))
    entries: list[Entry] = [
        Entry(Topic.CLASH, frame.placed[0].card, frame.start, frame)
        for frame in sorted(layout.frames, key=lambda each: each.start)
    ]
    entries += [Entry(Topic.TRAY, card, None) for card in layout.tray]
    entries += [
        Entry(Topic.UNCONFIRMED, each.card, each.start, overdue=each.end <= now)
        for each in by_time
        if each.card.status is Status.PENDING and each.card.appointment_id not in clashing
    ]
    entries += [Entry(Topic.NEXT, each.card, each.start) for each in _coming(by_time, now)[:NEXT_SHOWN]]
    lines: list[Line] = []
    for topic in Topic:
        of_topic = [entry for entry in entries if entry.topic is topic]
        if of_topic:
            lines += [Heading(topic, len(of_topic)), *of_topic]
    return tuple(lines)


def _coming(by_time: list[Placed], now: int) -> list[Placed]:
    return [each for each in by_time if each.start >= now and each.card.status is Status.CONFIRMED]


def fitting(lines: tuple[Line, ...], room: int, *, heading: int, entry: int) -> tuple[Line, ...]:
    """The lines without those of `Topic.NEXT` that would be cut. `room` and the heights of lines are px.

    What someone must look at is never left out: the list scrolls for it.
    """
    kept: list[Line] = []
    for line in lines:
        room -= heading if isinstance(line, Heading) else entry
        if line.topic is Topic.NEXT and room < (entry if isinstance(line, Heading) else 0):
            break
        kept.append(line)
    return tuple(kept)
