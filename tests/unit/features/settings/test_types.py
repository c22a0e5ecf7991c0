"""Working hours as they are stored."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.settings.types import DEFAULT_HOURS, Hours, Session, read_hours, write_hours

sessions = st.tuples(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60)).map(
    lambda pair: Session(pair[0], min(24 * 60, pair[0] + pair[1]))
)
days = st.lists(sessions, max_size=3, unique_by=lambda session: session.start).map(
    lambda found: tuple(sorted(found, key=lambda session: session.start))
)


@given(st.tuples(*[days] * 7))
def test_hours_are_read_back_as_they_were_written(week):
    assert read_hours(write_hours(Hours(week))) == Hours(week)


def test_a_day_that_is_left_out_is_closed():
    hours = read_hours('{"mon": [["13:30", "17:30"], ["08:30", "12:00"]]}')
    assert hours.on(dt.date(2026, 11, 23)) == (Session(510, 720), Session(810, 1050))
    assert hours.on(dt.date(2026, 11, 24)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"mon": 5}',
        '{"mon": [["12:00", "09:00"]]}',
        '{"mon": [["9", "25:00"]]}',
        '{"mon": [["a"]]}',
    ],
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        read_hours(text)


def test_the_default_is_what_the_platform_offers():
    assert all(
        DEFAULT_HOURS.on(dt.date(2026, 11, day)) == (Session(540, 720), Session(840, 1020))
        for day in range(1, 8)
    )
