"""What of a name is indexed: its pieces, its pinyin in every reading, its initials."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from tcmdesk.core.spelling import folded, whole_names

GRAM_MAX: Final = 3
"""Longest short text that is indexed; a longer one is found by its first three characters."""

TYPED: Final = "~"
"""Stands before letters of pinyin, so that a name in letters is not looked for among everybody's pinyin."""

WHOLE: Final = 0
BEGINNING: Final = 1
INITIALS: Final = 2
LATER: Final = 3
"""Where in a name a gram lies, the most wanted first."""

_LONGEST: Final = 200
_MOST_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to type a name: `word` 0 for the usual reading of the whole name, 1 for parts and other readings.

    `py` is without spaces, `pyi` the initials, `syllables` the whole name's reading with spaces.
    """

    word: int
    py: str
    pyi: str
    syllables: str


@dataclass(frozen=True, slots=True)
class Gram:
    """A short text by which a name is found; see `place`'s values below."""

    text: str
    place: int


def grams(name: str) -> frozenset[Gram]:
    """Every piece of one to three characters, the pinyin's first letters and the first initials."""
    text = folded(name)
    best: dict[str, int] = {}

    def note(piece: str, place: int) -> None:
        best[piece] = min(place, best.get(piece, place))

    for length in range(1, GRAM_MAX + 1):
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if piece.strip() == piece:
                note(piece, LATER if start else BEGINNING if length < len(text) else WHOLE)
    for number, syllables in enumerate(whole_names(text)):
        spelled, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables)
        # the usual reading before those that a character also has
        rare = min(number, 1)
        for length in range(1, GRAM_MAX + 1):
            note(TYPED + spelled[:length], BEGINNING + rare)
            note(TYPED + initials[:length], INITIALS + rare)
    return frozenset(Gram(piece, place) for piece, place in best.items())


def readings(name: str) -> tuple[Reading, ...]:
    """Every way to type a name in pinyin, the usual reading of the whole name first."""
    found: dict[tuple[int, str], Reading] = {}
    for number, syllables in enumerate(whole_names(folded(name))):
        spelled = " ".join(syllables)
        for word in range(len(syllables)):
            py = "".join(syllables[word:])[:_LONGEST]
            initials = "".join(syllable[0] for syllable in syllables[word:])
            part = min(number + word, 1)
            found.setdefault((part, py), Reading(part, py, initials, spelled[: _LONGEST + 100]))
    return tuple(islice(found.values(), _MOST_ROWS))


def usual(name: str) -> str:
    """The usual reading of a name with spaces; empty for a name without letters."""
    return " ".join(next(iter(whole_names(folded(name))), ()))[: _LONGEST + 100]
