"""The dictionary of herbs: looking one up, examining a clinic's additions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tcmdesk.core.permissions import public
from tcmdesk.features.prescriptions.safety.build import build, reference
from tcmdesk.features.prescriptions.safety.finder import Finder
from tcmdesk.features.prescriptions.safety.identity import resolve
from tcmdesk.features.prescriptions.safety.tables import read_document, read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from tcmdesk.features.prescriptions.safety.finder import Candidate
    from tcmdesk.features.prescriptions.types import Bilingual

_REASON = "the dictionary is nobody's data"


@dataclass(frozen=True, slots=True)
class FoundHerb:
    """One herb that fits what was typed; `written` is the name it was found under, `dose` grams a day from–to."""

    name: str
    written: str
    reading: str
    category: str
    dose: tuple[float, float] | None
    toxicity: str | None
    latin: str
    source: Bilingual
    verified: bool


@dataclass(frozen=True, slots=True)
class TableSummary:
    """How many herbs and formulas the table has, how many of them are verified, and the herbs by their first source."""

    herbs: int
    verified_herbs: int
    formulas: int
    verified_formulas: int
    by_source: tuple[tuple[Bilingual, int], ...]


@public(_REASON)
def find(text: str, limit: int = 9) -> tuple[FoundHerb, ...]:
    """The herbs that what is typed may begin: name, alias, pinyin or initials; best first."""
    return tuple(_found(candidate) for candidate in _finder().candidates(text, limit))


@public(_REASON)
def meanings(name: str) -> tuple[tuple[str, ...], ...]:
    """What a whole written name stands for: for each herb in it its canonical name, or several where it leaves them open."""
    return tuple(part.candidates for part in resolve(reference(), name).parts)


@public(_REASON)
def examine(additions: Path | None = None) -> TableSummary:
    """Read the table anew, with a file of additions if one is given.

    Raises:
        KnowledgeRefusedError: with every contradiction found.
    """
    tables = read_tables()
    if additions is not None:
        tables.add(read_document(additions), additions.name)
    knowledge = build(tables)
    sources = Counter(herb.sources[0] for herb in knowledge.herbs.values())
    return TableSummary(
        herbs=len(knowledge.herbs),
        verified_herbs=sum(herb.verified is not None for herb in knowledge.herbs.values()),
        formulas=len(knowledge.formulas),
        verified_formulas=sum(formula.verified is not None for formula in knowledge.formulas.values()),
        by_source=tuple((knowledge.source_titles[key], count) for key, count in sources.most_common()),
    )


@cache
def _finder() -> Finder:
    return Finder(reference())


def _found(candidate: Candidate) -> FoundHerb:
    herb = candidate.herb
    known = herb.dose.decoction or herb.dose.powder
    return FoundHerb(
        name=herb.name,
        written=candidate.written,
        reading=herb.readings[0],
        category=herb.category,
        dose=(known.low, known.high) if known else None,
        toxicity=herb.toxicity,
        latin=herb.latin,
        source=reference().source_titles[herb.sources[0]],
        verified=herb.verified is not None,
    )
