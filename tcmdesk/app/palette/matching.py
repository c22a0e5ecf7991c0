"""How well a typed text stands for a title: its own letters, its pinyin, its initials.

Chinese is typed as pinyin without a space, from any syllable on, or as initials; English from the start of any word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    from tcmdesk.ui.findings import Span


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the text was found; `rank` is smaller for a better fit."""

    rank: int
    spans: tuple[Span, ...] = ()
    reading: str = ""
    reading_spans: tuple[Span, ...] = ()


def fit(title: str, typed: str) -> Fit | None:
    """How `typed` fits `title`, None when it does not; an empty text fits everything."""
    wanted = typed.strip().casefold()
    if not wanted:
        return Fit(3)
    at = _in_words(title.casefold(), wanted)
    if at is not None:
        return Fit(0 if at == 0 else 1, ((at, at + len(wanted)),))
    return _in_reading(title, "".join(wanted.split()))


def _in_words(title: str, wanted: str) -> int | None:
    at = title.find(wanted)
    while at > 0 and wanted[0].isascii() and wanted[0].isalnum() and title[at - 1].isalnum():
        at = title.find(wanted, at + 1)
    return at if at >= 0 else None


@lru_cache(maxsize=512)
def _syllables(title: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(title)) if not title.isascii() else ()


def _in_reading(title: str, letters: str) -> Fit | None:
    syllables = _syllables(title)
    if not syllables or not letters.isascii():
        return None
    reading = " ".join(syllables)
    starts = [sum(len(before) + 1 for before in syllables[:count]) for count in range(len(syllables))]
    initials = "".join(syllable[0] for syllable in syllables).casefold()
    found = initials.find(letters)
    if found >= 0 and len(letters) > 1:
        spans = tuple((at, at + 1) for at in starts[found : found + len(letters)])
        return Fit(1 if found == 0 else 2, reading=reading, reading_spans=spans)
    for count, start in enumerate(starts):
        if "".join(syllables[count:]).casefold().startswith(letters):
            spans = _spans(reading, start, len(letters))
            return Fit(1 if count == 0 else 2, reading=reading, reading_spans=spans)
    return None


def _spans(reading: str, start: int, letters: int) -> tuple[Span, ...]:
    """The places of so many letters from `start` on, spaces not counted."""
    spans: list[Span] = []
    at = start
    while letters:
        end = at
        while end < len(reading) and reading[end] != " " and letters:
            end += 1
            letters -= 1
        spans.append((at, end))
        at = end + 1
    return tuple(spans)
