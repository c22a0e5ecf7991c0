"""What an appointment may be."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.core.errors import ValidationError
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.types import REASON_MAX, SYMPTOMS_MAX

NINE = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)


def refused(call, *arguments):
    with pytest.raises(ValidationError) as caught:
        call(*arguments)
    return caught.value.code, caught.value.field


def test_a_time_becomes_an_interval_in_utc():
    local = NINE.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert rules.interval(local, 45) == (NINE, NINE + dt.timedelta(minutes=45))


@pytest.mark.parametrize(
    "off", [dt.timedelta(minutes=1), dt.timedelta(seconds=1), dt.timedelta(microseconds=1)]
)
def test_a_start_beside_the_grid_is_refused(off):
    assert refused(rules.interval, NINE + off, 30) == ("appointments.grid", "starts_at")


@pytest.mark.parametrize("minutes", [0, -5, 7, 8 * 60 + 5])
def test_odd_lengths_are_refused(minutes):
    assert refused(rules.interval, NINE, minutes) == ("appointments.minutes", "minutes")


@pytest.mark.parametrize(
    "moment", [dt.datetime(2038, 1, 19, 3, 15, tzinfo=dt.UTC), dt.datetime(2999, 1, 1, tzinfo=dt.UTC)]
)
def test_what_the_database_cannot_keep_is_refused(moment):
    assert refused(rules.interval, moment, 30) == ("time.range", "date")


def test_an_end_beyond_the_range_is_refused_too():
    assert refused(rules.interval, dt.datetime(2038, 1, 19, 3, 10, tzinfo=dt.UTC), 30)[0] == "time.range"


def test_a_time_that_has_begun_may_be_given_to_a_walk_in_and_one_that_is_over_may_not():
    end = NINE + dt.timedelta(minutes=30)
    rules.refuse_past(end, NINE + dt.timedelta(minutes=29))
    assert refused(rules.refuse_past, end, end) == ("appointments.past", "starts_at")


@pytest.mark.parametrize("reason", ["", "  \n", "x" * (REASON_MAX + 1)])
def test_a_cancellation_needs_a_reason(reason):
    assert refused(rules.check_reason, reason) == ("appointments.reason", "reason")


def test_a_reason_is_trimmed():
    assert rules.check_reason(" 临时有事 ") == "临时有事"


def test_symptoms_may_be_empty_but_not_endless():
    rules.check_symptoms("")
    assert refused(rules.check_symptoms, "x" * (SYMPTOMS_MAX + 1)) == ("appointments.symptoms", "symptoms")


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_cells_cover_a_time_beside_the_grid(second, length):
    start = NINE + dt.timedelta(seconds=second)
    end = start + dt.timedelta(seconds=length)
    first, last = rules.on_grid(start, end)
    assert first <= start < first + dt.timedelta(minutes=5)
    assert last - dt.timedelta(minutes=5) < end <= last
    assert not (first.minute % 5)
    assert not (first.second)
    assert not (last.minute % 5)
    assert not (last.second)
