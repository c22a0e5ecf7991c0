"""The board's rows: quarter-hour cells from the first to the last working minute, breaks folded.

All times are minutes after midnight of the board's day in the clinic's zone.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.types import BOARD_CELL_MINUTES, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

CELL: Final = BOARD_CELL_MINUTES
CELL_HEIGHT: Final = 24
FOLD_HEIGHT: Final = 26
"""Heights of a cell and of a folded break, px at 100 %."""

SHORTEST_FOLD: Final = 30
"""Shorter gaps between sessions stay ordinary closed cells, minutes."""

DAY_END: Final = 24 * 60
DEFAULT_HOURS: Final = (Session(9 * 60, 12 * 60), Session(14 * 60, 17 * 60))
"""What an empty board shows when nobody's hours are known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell of 15 minutes, or a whole break when `folded`."""

    start: int
    end: int
    folded: bool = False


@dataclass(frozen=True)
class TimeAxis:
    """Rows from top to bottom, without gaps, and the two ways between a minute and a height.

    `cell` and `fold` are the heights of the two kinds of row in px.
    """

    rows: tuple[Row, ...]
    cell: int = CELL_HEIGHT
    fold: int = FOLD_HEIGHT

    @classmethod
    def covering(cls, sessions: Iterable[Session], busy: Iterable[Session] = ()) -> TimeAxis:
        """Rows for these working hours; a break in which something is `busy` is not folded there."""
        working = _union([*sessions]) or list(DEFAULT_HOURS)
        open_ = _union([*working, *busy])
        open_ = [Session(floor_to_cell(span.start), ceil_to_cell(span.end)) for span in open_]
        rows: list[Row] = []
        for span in _union(open_):
            if rows:
                rows += _gap(rows[-1].end, span.start)
            rows += [Row(start, start + CELL) for start in range(span.start, span.end, CELL)]
        return cls(tuple(rows))

    def with_heights(self, cell: int, fold: int) -> TimeAxis:
        """The same rows at other heights."""
        return replace(self, cell=cell, fold=fold)

    def filling(self, height: int, *, cell: int, most: int, fold: int) -> TimeAxis:
        """The same rows with cells as high as `height` allows, between `cell` and `most` px."""
        folded = sum(row.folded for row in self.rows)
        fit = (height - folded * fold) // max(len(self.rows) - folded, 1)
        return self.with_heights(min(max(fit, cell), most), fold)

    def row_height(self, row: int) -> int:
        return self.fold if self.rows[row].folded else self.cell

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(row.start for row in self.rows)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """Top of each row in px, and the bottom of the last one."""
        return tuple(accumulate(map(self.row_height, range(len(self.rows))), initial=0))

    @property
    def start(self) -> int:
        return self.rows[0].start

    @property
    def end(self) -> int:
        return self.rows[-1].end

    @property
    def height(self) -> int:
        """Height of all rows in px."""
        return self.tops[-1]

    def row_at(self, minute: int) -> int:
        """Index of the row that holds a minute, the nearest one for a minute off the board."""
        return min(max(bisect_right(self.starts, minute) - 1, 0), len(self.rows) - 1)

    def rows_of(self, start: int, end: int) -> range:
        """Indexes of the rows that an interval touches; never empty."""
        first = self.row_at(start)
        return range(first, max(self.row_at(end - 1), first) + 1)

    def y(self, minute: float) -> float:
        """Height of a minute in px, held at the edges."""
        if minute <= self.start:
            return 0.0
        if minute >= self.end:
            return float(self.height)
        index = self.row_at(int(minute))
        row = self.rows[index]
        return self.tops[index] + self.row_height(index) * (minute - row.start) / (row.end - row.start)

    def minute_at(self, y: float) -> int:
        """The minute at a height in px, whole and held at the edges."""
        index = min(max(bisect_right(self.tops, y) - 1, 0), len(self.rows) - 1)
        row = self.rows[index]
        part = min(max((y - self.tops[index]) / self.row_height(index), 0.0), 1.0)
        return min(row.start + int(part * (row.end - row.start)), DAY_END - 1)


def floor_to_cell(minute: int) -> int:
    return minute // CELL * CELL


def ceil_to_cell(minute: int) -> int:
    return min(-(-minute // CELL) * CELL, DAY_END)


def _union(spans: list[Session]) -> list[Session]:
    merged: list[Session] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Session(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _gap(start: int, end: int) -> list[Row]:
    if end - start >= SHORTEST_FOLD:
        return [Row(start, end, folded=True)]
    return [Row(at, at + CELL) for at in range(start, end, CELL)]
