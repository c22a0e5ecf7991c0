"""Intervals of time, and where they overlap. An end touches the next start without overlapping it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
Span = tuple[dt.datetime, dt.datetime]


def overlaps(start: dt.datetime, end: dt.datetime, other_start: dt.datetime, other_end: dt.datetime) -> bool:
    """Whether two intervals share any moment."""
    return start < other_end and other_start < end


def most_at_once(spans: Iterable[Span], start: dt.datetime, end: dt.datetime) -> int:
    """How many intervals overlap at the fullest moment of one."""
    within = [span for span in spans if overlaps(start, end, *span)]
    # it is fullest where one begins, or at the very start
    moments = {max(start, span[0]) for span in within}
    return max((sum(since <= moment < until for since, until in within) for moment in moments), default=0)


def overlapping_runs(
    items: Iterable[T], span: Callable[[T], tuple[dt.datetime, dt.datetime]]
) -> Iterator[tuple[list[T], dt.datetime, dt.datetime]]:
    """Runs of two or more items in which each overlaps an earlier one, with the run's start and end.

    `span` gives an item's start and end. Runs and their items come in order of start.
    """
    run: list[T] = []
    run_start = run_end = dt.datetime.min.replace(tzinfo=dt.UTC)
    for item in sorted(items, key=span):
        start, end = span(item)
        if run and start < run_end:
            run.append(item)
            run_end = max(run_end, end)
            continue
        if len(run) > 1:
            yield run, run_start, run_end
        run, run_start, run_end = [item], start, end
    if len(run) > 1:
        yield run, run_start, run_end
