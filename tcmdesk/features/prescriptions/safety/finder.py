"""Finding herbs by what is typed: the start of a name, an alias, the pinyin or the initials."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.features.prescriptions.safety.identity import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tcmdesk.features.prescriptions.safety.knowledge import Herb, Knowledge

LAST: Final = "\U0010ffff"


class Found(IntEnum):
    """By what a herb was found, best first."""

    NAME = 0
    INITIALS = 1
    PINYIN = 2
    ALIAS = 3
    ALIAS_INITIALS = 4
    ALIAS_PINYIN = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One herb for what is typed; `written` is the name it was found under."""

    herb: Herb
    written: str
    by: Found


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    candidate: Candidate
    weight: int


class Finder:
    """An index over the dictionary.

    Within one kind of match a whole match comes first, then herbs that more formulas of the table use.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._text = knowledge.text
        usage = _usage(knowledge)
        syllables = {**knowledge.readings, **_syllables(knowledge.herbs.values())}
        entries = [
            _Entry(key, candidate, usage[candidate.herb.name])
            for herb in knowledge.herbs.values()
            for key, candidate in _keys(knowledge, herb, syllables)
        ]
        self._entries = sorted(entries, key=lambda entry: entry.key)
        self._keys = [entry.key for entry in self._entries]

    def candidates(self, typed: str, limit: int = 9) -> tuple[Candidate, ...]:
        """The herbs that what is typed may begin, best first, each once."""
        prefix = spell(self._text.normalise(typed))
        if not prefix:
            return ()
        start = bisect_left(self._keys, prefix)
        end = bisect_left(self._keys, prefix + LAST)
        ranked = sorted(
            self._entries[start:end],
            key=lambda entry: (
                entry.key != prefix,
                entry.candidate.by,
                -entry.weight,
                len(entry.key),
                entry.candidate.written,
            ),
        )
        best: dict[str, Candidate] = {}
        for entry in ranked:
            best.setdefault(entry.candidate.herb.name, entry.candidate)
            if len(best) == limit:
                break
        return tuple(best.values())


def spell(text: str) -> str:
    """Pinyin as keyboards have it: ü is v; blanks and apostrophes are dropped."""
    return text.replace("ü", "v").replace(" ", "").replace("'", "")


def _keys(knowledge: Knowledge, herb: Herb, syllables: Mapping[str, str]) -> Iterator[tuple[str, Candidate]]:
    yield knowledge.text.normalise(herb.name), Candidate(herb, herb.name, Found.NAME)
    for reading in herb.readings:
        yield spell(reading), Candidate(herb, herb.name, Found.PINYIN)
        yield _initials(reading.split()), Candidate(herb, herb.name, Found.INITIALS)
        if "ü" in reading:
            yield spell(reading.replace("ü", "u")), Candidate(herb, herb.name, Found.PINYIN)
    named = (name for way in herb.processing for name in way.names)
    for alias in (*herb.aliases, *named):
        yield knowledge.text.normalise(alias), Candidate(herb, alias, Found.ALIAS)
        if all(character in syllables for character in alias):
            spelt = [syllables[character] for character in alias]
            yield spell("".join(spelt)), Candidate(herb, alias, Found.ALIAS_PINYIN)
            yield _initials(spelt), Candidate(herb, alias, Found.ALIAS_INITIALS)


def _initials(syllables: Iterable[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)


def _syllables(herbs: Iterable[Herb]) -> dict[str, str]:
    """The reading of each character, as most names of herbs that hold it read it."""
    counts: dict[str, Counter[str]] = {}
    for herb in herbs:
        reading = herb.readings[0].split()
        if len(reading) == len(herb.name):
            for character, syllable in zip(herb.name, reading, strict=True):
                counts.setdefault(character, Counter())[syllable] += 1
    return {character: count.most_common(1)[0][0] for character, count in counts.items()}


def _usage(knowledge: Knowledge) -> Counter[str]:
    """In how many formulas of the table each herb stands."""
    counts: Counter[str] = Counter()
    for formula in knowledge.formulas.values():
        for ingredient in formula.composition:
            counts.update(
                name for part in resolve(knowledge, ingredient.herb).parts for name in part.candidates
            )
    return counts
