from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.patients.types import age
from tcmdesk.features.patients.ui.birthday import parse_birthday

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1990-3-1", dt.date(1990, 3, 1)),
        ("19900301", dt.date(1990, 3, 1)),
        ("1990年3月1日", dt.date(1990, 3, 1)),
        (" 1990/03/01 ", dt.date(1990, 3, 1)),
        ("36", dt.date(1990, 1, 1)),
        ("36岁", dt.date(1990, 1, 1)),
        ("0", dt.date(2026, 1, 1)),
        ("8个月", dt.date(2026, 3, 1)),
        ("8 mo", dt.date(2026, 3, 1)),
        ("1990-2-30", None),
        ("2027-1-1", None),
        ("131", None),
        ("1800-1-1", None),
        ("1990111", None),
        ("1990 1 11", dt.date(1990, 1, 11)),
        ("1990-111", None),
        ("199011-1", None),
        ("abc", None),
        ("", None),
    ],
)
def test_dates_and_ages(text, birthday):
    assert parse_birthday(text, TODAY) == birthday


@given(st.integers(2, 130), st.dates(dt.date(2000, 1, 1), dt.date(2037, 12, 31)))
def test_an_age_that_was_typed_is_the_age_that_is_shown(years, today):
    assert age(parse_birthday(str(years), today), today) == (years, "years")
