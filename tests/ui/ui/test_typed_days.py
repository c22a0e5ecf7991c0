"""Days and hours as people type them."""

import datetime as dt

import pytest

from tcmdesk.ui.typed_days import read_day, read_full_day, read_hours, write_day

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-24", TODAY),
        ("11/30", dt.date(2026, 11, 30)),
        ("1130", dt.date(2026, 11, 30)),
        ("11.30", dt.date(2026, 11, 30)),
        ("11月30日", dt.date(2026, 11, 30)),
        ("30", dt.date(2026, 11, 30)),
        ("3", dt.date(2026, 12, 3)),
        ("1-2", dt.date(2027, 1, 2)),
        ("11-20", dt.date(2026, 11, 20)),
        ("2026-12-01", dt.date(2026, 12, 1)),
        ("20261201", dt.date(2026, 12, 1)),
        ("+3", dt.date(2026, 11, 27)),
        (" +0 ", TODAY),
    ],
)
def test_days(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "x", "13-40", "2-30", "32", "2026-13-01", "11-24-3", "+", "+9999"])
def test_what_is_no_day(text):
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize("text", ["2026-01-09", "20260109", "2026/1/9", " 2026年1月9日 "])
def test_a_day_with_its_year(text):
    assert read_full_day(text) == dt.date(2026, 1, 9)


@pytest.mark.parametrize("text", ["", "1-9", "0109", "2026109", "26-1-9", "2026-2-30", "2026-1", "+3"])
def test_what_is_no_day_with_its_year(text):
    assert read_full_day(text) is None


@pytest.mark.parametrize("day", [TODAY, dt.date(2026, 12, 31), dt.date(2027, 3, 1)])
def test_what_is_written_is_read_again(day):
    assert read_day(write_day(day, TODAY), TODAY) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("13:30-17:30", (810, 1050)),
        ("1330-1730", (810, 1050)),
        ("13-17", (780, 1020)),
        ("8：30 至 12：00", (510, 720)),
        ("0-24", (0, 1440)),
    ],
)
def test_hours(text, hours):
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "morning", "13:30", "13-25", "9-12:61"])
def test_what_are_no_hours(text):
    assert read_hours(text) is None
