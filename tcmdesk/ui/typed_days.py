"""Days and hours as people type them at a desk."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_DAY: Final = re.compile(r"(?:(?P<year>\d{4})\D)?(?:(?P<month>\d{1,2})\D)?(?P<day>\d{1,2})\D?")
_LATER: Final = re.compile(r"\+(\d{1,3})")
_HOURS: Final = re.compile(r"(\d{1,2}):?([0-5]\d)?\s*[-–~至到]\s*(\d{1,2}):?([0-5]\d)?")


def read_day(text: str, today: dt.date) -> dt.date | None:
    """A day: ``11-24``, ``1124``, ``24``, ``2026-11-24``, ``+3`` from `today`; None when it is none.

    Without a year or a month it is the next such day, today among them.
    """
    plain = text.strip()
    later = _LATER.fullmatch(plain)
    if later:
        return today + dt.timedelta(days=int(later[1]))
    found = _DAY.fullmatch(_spaced(plain))
    if found is None:
        return None
    day = int(found["day"])
    if found["year"]:
        return _of(found)
    if found["month"]:
        near = _date(today.year, int(found["month"]), day)
        # long past means next year's; a little past is what was meant, and is refused as such
        return (
            near
            if near is None or near > today - dt.timedelta(days=180)
            else _date(today.year + 1, int(found["month"]), day)
        )
    this = _date(today.year, today.month, day)
    if this is not None and this >= today:
        return this
    following = today.replace(day=1) + dt.timedelta(days=32)
    return _date(following.year, following.month, day)


def read_full_day(text: str) -> dt.date | None:
    """A day with its year: ``2026-11-24``, ``20261124``, ``2026/1/9``; None when it is none."""
    plain = _spaced(text.strip())
    found = _DAY.fullmatch(plain)
    return None if found is None or not found["year"] else _of(found)


def read_hours(text: str) -> tuple[int, int] | None:
    """Hours as minutes: ``13:30-17:30``, ``1330-1730``, ``13-17``; None when they are none."""
    found = _HOURS.fullmatch(text.strip().replace("：", ":"))
    if found is None:
        return None
    start, end = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (1, 3))
    if not 0 <= start <= 24 * 60 or not 0 <= end <= 24 * 60:
        return None
    return start, end


def write_day(day: dt.date, today: dt.date) -> str:
    """A day as it may be typed."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def _spaced(plain: str) -> str:
    """``1124`` and ``20261124`` with their parts set off."""
    if plain.isdecimal() and len(plain) in {4, 8}:
        return "-".join(part for part in (plain[:-4], plain[-4:-2], plain[-2:]) if part)
    return plain


def _of(found: re.Match[str]) -> dt.date | None:
    return _date(int(found["year"]), int(found["month"] or 0), int(found["day"]))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
