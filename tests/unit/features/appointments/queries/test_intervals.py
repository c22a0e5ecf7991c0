"""Overlaps, against the slow and obvious way."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.appointments.queries.intervals import overlapping_runs, overlaps

MIDNIGHT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def at(minute):
    return MIDNIGHT + dt.timedelta(minutes=minute)


spans = st.tuples(st.integers(0, 120), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def runs(items):
    return list(overlapping_runs(items, lambda span: (at(span[0]), at(span[1]))))


@given(spans, spans)
def test_two_overlap_when_they_share_a_minute(one, other):
    shared = set(range(*one)) & set(range(*other))
    assert overlaps(at(one[0]), at(one[1]), at(other[0]), at(other[1])) is bool(shared)


@given(st.lists(spans, max_size=12, unique=True))
def test_runs_hold_everybody_who_overlaps_anybody(items):
    crowded = {
        item for item in items for other in items if item != other and set(range(*item)) & set(range(*other))
    }
    found = runs(items)
    assert {item for run, _, _ in found for item in run} == crowded
    for run, start, end in found:
        assert len(run) > 1
        assert (start, end) == (at(min(one for one, _ in run)), at(max(other for _, other in run)))


@given(st.lists(spans, max_size=12, unique=True))
def test_runs_do_not_touch_each_other(items):
    found = runs(items)
    for (_, _, end), (_, start, _) in itertools.pairwise(found):
        assert end <= start


def test_neighbours_do_not_overlap():
    assert runs([(0, 30), (30, 60)]) == []


def test_a_long_one_bridges_two_that_do_not_overlap():
    assert [run for run, _, _ in runs([(0, 20), (40, 60), (10, 50)])] == [[(0, 20), (10, 50), (40, 60)]]
