"""Cards side by side: which share rows, and which lane of their column each has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.time_axis import TimeAxis

LEAST_SHOWN: Final = CELL
"""A shorter visit is drawn as if it lasted a cell, or its name could not be read; minutes."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A card with its place: `lane` of `lanes` side by side in its column."""

    card: AppointmentCard
    column: int
    start: int
    end: int
    lane: int = 0
    lanes: int = 1

    @property
    def shown_end(self) -> int:
        return max(self.end, self.start + LEAST_SHOWN)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cards of one column that share rows; one cell of the table, spanning `rows`."""

    column: int
    rows: range
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class ClashFrame:
    """Overlapping appointments of one doctor, drawn as one frame."""

    column: int
    start: int
    end: int
    placed: tuple[Placed, ...]


def clusters_of(loose: Iterable[Placed], column: int, axis: TimeAxis) -> Iterator[Cluster]:
    """The cards of one column in groups that share rows, from the top."""
    group: list[Placed] = []
    reach = -1
    for each in sorted(loose, key=lambda placed: (placed.start, -placed.end, placed.card.appointment_id)):
        rows = axis.rows_of(each.start, each.shown_end)
        if group and rows.start >= reach:
            yield _cluster(group, column, axis)
            group, reach = [], -1
        group.append(each)
        reach = max(reach, rows.stop)
    if group:
        yield _cluster(group, column, axis)


def _cluster(group: list[Placed], column: int, axis: TimeAxis) -> Cluster:
    rows = range(
        min(axis.rows_of(each.start, each.shown_end).start for each in group),
        max(axis.rows_of(each.start, each.shown_end).stop for each in group),
    )
    return Cluster(column, rows, tuple(_in_lanes(group)))


def _in_lanes(group: list[Placed]) -> Iterator[Placed]:
    """Give each card the leftmost lane that is free; cards that overlap nothing keep the whole width."""
    run: list[tuple[Placed, int]] = []
    ends: list[int] = []
    for each in group:
        if ends and each.start >= max(ends):
            yield from (replace(placed, lane=lane, lanes=len(ends)) for placed, lane in run)
            run, ends = [], []
        lane = next((index for index, end in enumerate(ends) if end <= each.start), len(ends))
        if lane == len(ends):
            ends.append(each.shown_end)
        else:
            ends[lane] = each.shown_end
        run.append((each, lane))
    yield from (replace(placed, lane=lane, lanes=len(ends)) for placed, lane in run)
