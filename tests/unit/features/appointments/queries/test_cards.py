"""When an appointment starts, from the contract's columns and the desk's."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from tcmdesk.features.appointments.queries.cards import instant, time_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def row(date, slot, *, starts_at=None, minutes=None):
    return SimpleNamespace(appointment_date=date, time_slot=slot, starts_at=starts_at, minutes=minutes)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_the_day_is_the_clinics_and_the_time_is_the_slots():
    # 17:30 UTC is half past one on the next day in Shanghai
    assert time_of(row(utc(2026, 11, 23, 17, 30), "09:00"), SHANGHAI) == (utc(2026, 11, 24, 1), 30)


def test_a_range_gives_the_length():
    assert time_of(row(utc(2026, 11, 24, 5), "14:00-15:00"), SHANGHAI) == (utc(2026, 11, 24, 6), 60)


def test_the_desks_length_holds_while_the_text_still_says_its_time():
    exact = utc(2026, 11, 24, 1)
    assert time_of(row(exact, "09:00", starts_at=exact, minutes=45), SHANGHAI) == (exact, 45)


def test_a_row_that_the_platform_moved_is_read_as_the_platforms():
    exact = utc(2026, 11, 24, 1)
    moved = row(utc(2026, 11, 25, 1), "10:00", starts_at=exact, minutes=45)
    assert time_of(moved, SHANGHAI) == (utc(2026, 11, 25, 2), 30)


def test_an_unreadable_text_has_no_start():
    assert time_of(row(utc(2026, 11, 24, 5), "下午"), SHANGHAI) == (None, 30)


def test_nine_is_nine_on_the_days_when_clocks_change():
    assert instant(dt.date(2026, 3, 29), 9 * 60, BERLIN) == utc(2026, 3, 29, 7)
    assert instant(dt.date(2026, 10, 25), 9 * 60, BERLIN) == utc(2026, 10, 25, 8)
    assert instant(dt.date(2026, 10, 24), 9 * 60, BERLIN) == utc(2026, 10, 24, 7)
