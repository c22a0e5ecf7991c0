"""How much of the working time is booked, in cells of the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.types import ACTIVE, NOON, Session
from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.appointments.ui.placing import Cluster
    from tcmdesk.features.appointments.ui.time_axis import TimeAxis

NEARLY_FULL: Final = 0.9
"""Share of booked cells from which a load bar turns to the accent."""


@dataclass(frozen=True, slots=True)
class Load:
    """Booked cells and cells of the working hours."""

    booked: int
    capacity: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nobody works."""
        return min(1.0, self.booked / self.capacity) if self.capacity else None

    @property
    def is_full(self) -> bool:
        """Whether hardly anything is left."""
        return self.share is not None and self.share >= NEARLY_FULL

    def __add__(self, other: Load) -> Load:
        return Load(self.booked + other.booked, self.capacity + other.capacity)


def loads(
    clusters: Iterable[Cluster], sessions: Iterable[Iterable[Session]], axis: TimeAxis
) -> tuple[tuple[Load, Load], ...]:
    """The loads of both halves of each column; `sessions` are the columns' working hours."""
    hours = [tuple(each) for each in sessions]
    booked: list[set[int]] = [set() for _column in hours]
    for cluster in clusters:
        for each in cluster.placed:
            if each.card.status in ACTIVE:
                rows = axis.rows_of(each.start, each.end)
                booked[cluster.column].update(row for row in rows if not axis.rows[row].folded)
    found = []
    for rows, of_column in zip(booked, hours, strict=True):
        early = sum(axis.rows[row].start < NOON for row in rows)
        first = capacity(of_column, 0, NOON)
        whole = capacity(of_column)
        found.append((Load(early, first), Load(len(rows) - early, whole - first)))
    return tuple(found)


def capacity(sessions: Iterable[Session], start: int = 0, end: int = 24 * 60) -> int:
    """Cells of working hours between two minutes of a day."""
    return sum(max(min(each.end, end) - max(each.start, start), 0) // CELL for each in sessions)
