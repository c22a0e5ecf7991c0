"""What is known about herbs and formulas, as the engine holds it in memory.

Amounts are grams of crude drug a day for an adult unless a name says otherwise; every record carries its sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from tcmdesk.features.prescriptions.safety.text import TextRules
    from tcmdesk.features.prescriptions.types import AlertCode, Bilingual, Form, Severity


MOST_CONCENTRATED: Final = 100.0
"""Grams of pieces in one gram of granules beyond which a ratio is a slip of the pen."""


class Control(StrEnum):
    """Drugs the law treats apart. POISON_RAW: only the raw drug is on the list of 28."""

    POISON = "poison"
    POISON_RAW = "poison_raw"
    NARCOTIC = "narcotic"
    BANNED = "banned"


class Level(StrEnum):
    """The pharmacopoeia's two words: 禁用 or 忌用, and 慎用."""

    FORBIDDEN = "forbidden"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Range:
    """From–to in grams."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dose:
    """`decoction`, `powder` and `fresh` are grams a day, `powder_once` grams a time."""

    decoction: Range | None = None
    powder: Range | None = None
    powder_once: Range | None = None
    fresh: Range | None = None
    note: str = ""

    def __bool__(self) -> bool:
        return any((self.decoction, self.powder, self.powder_once, self.fresh))


@dataclass(frozen=True, slots=True)
class Warned:
    """A word of warning and the source it comes from."""

    level: Level
    source: str


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning for some people: `who` is a key of the conditions, ``lactation`` or ``child``."""

    who: str
    level: Level
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Processing:
    """One way of processing (炮制) and what it changes; None leaves the herb's own."""

    how: str
    names: tuple[str, ...] = ()
    effect: str = ""
    raw: bool = False
    dose: Dose | None = None
    handling: tuple[str, ...] | None = None
    handling_usual: tuple[str, ...] | None = None
    toxicity: str | None = None
    pregnancy: Warned | None = None
    decocted: bool | None = None
    external_only: bool | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """A way of handling that is asked for only in some cases."""

    how: str
    when: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Who compared a record with what, and when (ISO date)."""

    by: str
    against: str
    on: str


@dataclass(frozen=True, slots=True)
class Herb:
    """One record of the dictionary. `of` names the drug it is another form of; `toxicity` is 小毒, 有毒 or 大毒.

    `granule_ratio` says that a clinic writes its granules by their own weight: grams of pieces in one gram of them.
    """

    name: str
    readings: tuple[str, ...]
    category: str
    sources: tuple[str, ...]
    latin: str = ""
    aliases: tuple[str, ...] = ()
    of: str | None = None
    made_by: tuple[str, ...] = ()
    processing: tuple[Processing, ...] = ()
    dose: Dose = field(default_factory=Dose)
    toxicity: str | None = None
    pregnancy: Warned | None = None
    cautions: tuple[Caution, ...] = ()
    handling: tuple[str, ...] = ()
    handling_usual: tuple[str, ...] = ()
    handling_if: tuple[Usage, ...] = ()
    decocted: bool = True
    external_only: bool = False
    control: Control | None = None
    note: str = ""
    granule_ratio: float | None = None
    compared: tuple[str, ...] = ()
    verified: Verification | None = None

    def way(self, how: str) -> Processing | None:
        """What is known of one way of processing it."""
        return next((one for one in self.processing if one.how == how), None)


@dataclass(frozen=True, slots=True)
class Incompatible:
    """A rule of the eighteen incompatibilities or the nineteen fears: any of `left` with any of `right`."""

    id: str
    code: AlertCode
    verse: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    sources: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One part of a formula: grams a day in its modern adult decoction, None where nobody weighs it."""

    herb: str
    grams: float | None = None
    method: str = ""
    classical: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A classical formula. `alone_pairs`: it holds an incompatible pair on purpose."""

    name: str
    readings: tuple[str, ...]
    category: str
    book: str
    form: Form
    composition: tuple[Ingredient, ...]
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    alone_pairs: bool = False
    note: str = ""
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A state of a patient that rules ask for, and the words records write for it."""

    key: str
    title: Bilingual
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatientWords:
    """The words by which a record says something about a patient, and those that deny it.

    `pregnancy_weeks` is how far a pregnancy has come (孕12周), which no list of words holds.
    """

    conditions: tuple[Condition, ...]
    pregnancy: tuple[str, ...]
    pregnancy_weeks: re.Pattern[str]
    not_pregnancy: tuple[str, ...]
    lactation: tuple[str, ...]
    not_lactation: tuple[str, ...]
    denials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allergens:
    """Groups people name instead of a herb, and what surrounds a name in an allergy entry."""

    groups: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What one written name stands for: the herb, and the processing the name says, if any."""

    herb: str
    how: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPart:
    """One of the herbs a combined name stands for, by its written name or several (ambiguous); `weight` is its part."""

    names: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the engine knows; built once and shared. Names in the mappings are normalised by `text`.

    `digest` is of the tables it was built from; `readings` are of characters that no canonical name holds.
    """

    edition: str
    digest: str
    edition_title: Bilingual
    source_titles: Mapping[str, Bilingual]
    herbs: Mapping[str, Herb]
    formulas: Mapping[str, Formula]
    incompatibilities: tuple[Incompatible, ...]
    names: Mapping[str, Named]
    ambiguous: Mapping[str, tuple[str, ...]]
    combined: Mapping[str, tuple[NamedPart, ...]]
    made_by: Mapping[tuple[str, str], str]
    kin: Mapping[str, frozenset[str]]
    rules_of: Mapping[str, tuple[tuple[Incompatible, str], ...]]
    patient_words: PatientWords
    allergens: Allergens
    readings: Mapping[str, str]
    text: TextRules
