"""Reads the platform's free slot texts.

Seen and accepted: ``09:00``, ``9:00``, ``09:00-10:00``, ``14:00–14:30``, ``09：00``, ``9点``, ``9点半``, ``9点20``,
``上午九点``, ``下午2:30``, ``上午9点-10点半``, ``2:30 PM``, ``09:00:00``. A part of the day without a time (``上午``, ``morning``) is
no time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_DAY: Final = 24 * 60
_MORNING: Final = ("上午", "早上", "早晨", "清晨")
_FROM_MIDNIGHT: Final = ("凌晨", "am", "a.m.")
_AFTERNOON: Final = ("下午", "晚上", "傍晚", "pm", "p.m.")
_NOON: Final = ("中午",)

_PART: Final = "|".join(re.escape(word) for word in (*_MORNING, *_FROM_MIDNIGHT, *_AFTERNOON, *_NOON))
_TIME: Final = (
    rf"(?P<before{{n}}>{_PART})?\s*"
    r"(?P<hour{n}>\d{{1,2}})\s*"
    r"(?:[:.]\s*(?P<minute{n}>\d{{2}})(?::00)?|(?P<whole{n}>点钟?|时)\s*(?:(?P<half{n}>半)|(?P<spoken{n}>\d{{1,2}})\s*分?|整)?)?"
    rf"\s*(?P<after{{n}}>{_PART})?"
)
_SLOT: Final = re.compile(
    rf"\s*{_TIME.format(n=1)}\s*(?:(?:-|~|至|到)\s*{_TIME.format(n=2)}\s*)?", re.IGNORECASE
)
_CHINESE_NUMBER: Final = re.compile("[一二两三四五六七八九十]+")
_DIGITS: Final = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_DASHES: Final = str.maketrans(dict.fromkeys("–—−‐‑‒―－～〜", "-"))

SlotTime = tuple[int, int | None]


# a clinic has a few dozen texts, and a day of the board asks for each many times
@lru_cache(maxsize=2048)
def parse(text: str) -> SlotTime | None:
    """The start and, if said, the end of a slot, in minutes after the clinic's midnight.

    None when the text names no time, or an end that is not after its start.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).casefold()
    found = _SLOT.fullmatch(_CHINESE_NUMBER.sub(_arabic, plain))
    if found is None:
        return None
    start = _minutes(found, 1, part=None)
    if start is None:
        return None
    if found["hour2"] is None:
        # a bare number could be anything: a count, a day, a room
        return (start, None) if _says_time(found, 1) else None
    if not (_says_time(found, 1) or _says_time(found, 2)):
        return None
    end = _minutes(found, 2, part=found["before1"] or found["after1"])
    if end is None or end <= start:
        return None
    return start, end


def _arabic(number: re.Match[str]) -> str:
    """十二 as 12; what is no number from 1 to 59 stays."""
    tens, ten, units = number[0].rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return number[0]
    value = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(units, 0)
    return str(value)


def _says_time(found: re.Match[str], number: int) -> bool:
    marks = ("minute", "before", "after", "spoken", "half", "whole")
    return any(found[f"{mark}{number}"] is not None for mark in marks)


def _minutes(found: re.Match[str], number: int, *, part: str | None) -> int | None:
    hour = int(found[f"hour{number}"])
    minute = int(
        found[f"minute{number}"] or found[f"spoken{number}"] or (30 if found[f"half{number}"] else 0)
    )
    said = found[f"before{number}"] or found[f"after{number}"]
    hour = _on_the_day_clock(hour, said or part, inherited=said is None)
    if minute > 59 or not 0 <= hour * 60 + minute <= _DAY - (number == 1):
        return None
    return hour * 60 + minute


def _on_the_day_clock(hour: int, part: str | None, *, inherited: bool) -> int:
    if part is None:
        return hour
    if part in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if part in _NOON:
        return hour + 12 if hour < 4 else hour
    # 12 AM is midnight, but 上午12点 is noon, and so is the end of 9-12 AM
    return 0 if hour == 12 and part in _FROM_MIDNIGHT and not inherited else hour


def write(minutes: int) -> str:
    """The slot text of a start, as the platform compares it: ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
