"""One field for a birthday or an age, as people say it on the telephone."""

from __future__ import annotations

import datetime as dt
import re

# without signs between them only eight digits say where the month ends: 1990111 is two days
_DATE = re.compile(r"^(\d{4})(?:[-./年 ](\d{1,2})[-./月 ](\d{1,2})日?|(\d{2})(\d{2}))$")
_AGE = re.compile(r"^(\d{1,3})\s*(?:岁|y)?$")
_MONTHS = re.compile(r"^(\d{1,2})\s*(?:个月|月|mo?)$")

OLDEST = 130


def parse_birthday(text: str, today: dt.date) -> dt.date | None:
    """A date (``1990-3-1``, ``19900301``, ``1990年3月1日``) or an age (``36``, ``36岁``, ``8个月``).

    An age becomes the first of January, or of the month, that gives it. None when it is neither, lies in the
    future or more than 130 years back.
    """
    text = text.strip()
    found = _date(text) or _from_age(text, today)
    if found is None or found > today or found.year < today.year - OLDEST:
        return None
    return found


def _date(text: str) -> dt.date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _from_age(text: str, today: dt.date) -> dt.date | None:
    if match := _AGE.match(text):
        years = int(match.group(1))
        return dt.date(today.year - years, 1, 1) if years <= OLDEST else None
    if match := _MONTHS.match(text):
        months = today.year * 12 + today.month - 1 - int(match.group(1))
        return dt.date(months // 12, months % 12 + 1, 1)
    return None
