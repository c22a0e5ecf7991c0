"""Rows of a day, and the two ways between a minute and a height."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.appointments.types import Session
from tcmdesk.features.appointments.ui.time_axis import CELL, TimeAxis

MORNING, AFTERNOON = Session(510, 720), Session(810, 1050)
sessions = st.builds(
    lambda start, cells: Session(start, min(start + cells * 15, 1440)),
    st.integers(0, 1380),
    st.integers(1, 40),
)


def test_the_break_is_one_low_row():
    axis = TimeAxis.covering([MORNING, AFTERNOON])
    assert [(row.start, row.end) for row in axis.rows if row.folded] == [(720, 810)]
    assert axis.height == 14 * 24 + 26 + 16 * 24


def test_a_break_in_which_someone_comes_opens_there():
    axis = TimeAxis.covering([MORNING, AFTERNOON], [Session(740, 755)])
    folds = [(row.start, row.end) for row in axis.rows if row.folded]
    assert folds == [(765, 810)]
    assert 735 in [row.start for row in axis.rows if not row.folded]


def test_early_and_late_rows_of_the_platform_stretch_the_day():
    axis = TimeAxis.covering([MORNING], [Session(420, 435), Session(1320, 1335)])
    assert (axis.start, axis.end) == (420, 1335)


def test_without_hours_the_platforms_own_are_shown():
    assert TimeAxis.covering([]).start == 9 * 60


@pytest.mark.parametrize(("height", "cell"), [(0, 24), (746, 24), (800, 25), (5000, 36)])
def test_cells_grow_with_the_window_within_bounds(height, cell):
    axis = TimeAxis.covering([MORNING, AFTERNOON]).filling(height, cell=24, most=36, fold=26)
    assert axis.cell == cell


@given(st.lists(sessions, min_size=1, max_size=6), st.lists(sessions, max_size=4))
def test_rows_follow_each_other_and_hold_everything(working, busy):
    axis = TimeAxis.covering(working, busy)
    for row, after in zip(axis.rows, axis.rows[1:], strict=False):
        assert row.end == after.start
    for span in (*working, *busy):
        for minute in range(span.start, span.end):
            row = axis.rows[axis.row_at(minute)]
            assert row.start <= minute < row.end
            assert not row.folded


@given(st.lists(sessions, min_size=1, max_size=6), st.data())
def test_a_minute_finds_its_height_and_back(working, data):
    axis = TimeAxis.covering(working)
    minute = data.draw(st.integers(axis.start, axis.end - 1))
    assert abs(axis.minute_at(axis.y(minute) + 0.01) - minute) <= CELL
    assert axis.row_at(axis.minute_at(axis.y(minute) + 0.01)) == axis.row_at(minute)
    assert 0 <= axis.y(minute) < axis.height
