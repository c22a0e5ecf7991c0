"""Clocks."""

import datetime as dt

from tcmdesk.core.clock import FixedClock, FollowingClock, SystemClock


def test_the_computers_clock_is_aware_and_in_utc():
    assert SystemClock().now().utcoffset() == dt.timedelta(0)


def test_a_fixed_clock_moves_only_when_told():
    clock = FixedClock(dt.datetime(2026, 11, 24, 9, tzinfo=dt.timezone(dt.timedelta(hours=8))))
    assert clock.now() == clock.now() == dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
    clock.advance(dt.timedelta(hours=1))
    assert clock.now() == dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)


def test_the_servers_time_counts():
    own = FixedClock(dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC))
    clock = FollowingClock(own)
    assert clock.now() == own.now()
    clock.follow(300)
    assert clock.now() == dt.datetime(2026, 11, 24, 0, 55, tzinfo=dt.UTC)
    own.advance(dt.timedelta(minutes=1))
    assert clock.now() == dt.datetime(2026, 11, 24, 0, 56, tzinfo=dt.UTC)
    clock.follow(-60)
    assert clock.now() == dt.datetime(2026, 11, 24, 1, 2, tzinfo=dt.UTC)
