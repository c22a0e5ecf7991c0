"""One record of the tables, from its document to its object; what is wrong with it becomes a sentence.

A reader collects every fault instead of stopping at the first, because a clinic's own additions are put right in one go.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.knowledge import (
    Caution,
    Control,
    Dose,
    Formula,
    Herb,
    Ingredient,
    Level,
    Processing,
    Range,
    Usage,
    Verification,
    Warned,
)
from tcmdesk.features.prescriptions.types import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from tcmdesk.features.prescriptions.safety.tables import Record

METHODS: Final = frozenset(["先煎", "后下", "包煎", "另煎", "烊化", "冲服", "溶入", "捣碎", "外用"])
TOXICITY: Final = frozenset(["小毒", "有毒", "大毒"])
CATEGORIES: Final = frozenset(
    [
        "解表药",
        "清热药",
        "泻下药",
        "祛风湿药",
        "化湿药",
        "利水渗湿药",
        "温里药",
        "理气药",
        "消食药",
        "驱虫药",
        "止血药",
        "活血化瘀药",
        "化痰止咳平喘药",
        "安神药",
        "平肝息风药",
        "开窍药",
        "补虚药",
        "收涩药",
        "涌吐药",
        "攻毒杀虫止痒药",
        "拔毒化腐生肌药",
        "止痛麻醉药",
        "其他",
    ]
)
_FORMS: Final = {
    "汤剂": Form.DECOCTION,
    "丸剂": Form.PILLS,
    "散剂": Form.PILLS,
    "膏剂": Form.PASTE,
    "酒剂": Form.WINE,
    "外用": Form.EXTERNAL,
}
_HERB_KEYS: Final = frozenset(
    [
        "name",
        "readings",
        "latin",
        "category",
        "aliases",
        "of",
        "made_by",
        "processing",
        "dose",
        "toxicity",
        "pregnancy",
        "cautions",
        "handling",
        "handling_usual",
        "handling_if",
        "decocted",
        "external_only",
        "control",
        "note",
        "sources",
        "compared",
        "state",
        "verified",
        "_file",
    ]
)
_PROCESSING_KEYS: Final = frozenset(
    [
        "how",
        "names",
        "effect",
        "raw",
        "dose",
        "handling",
        "handling_usual",
        "toxicity",
        "pregnancy",
        "decocted",
        "external_only",
    ]
)
_FORMULA_KEYS: Final = frozenset(
    [
        "name",
        "readings",
        "aliases",
        "category",
        "book",
        "form",
        "composition",
        "note",
        "sources",
        "alone_pairs",
        "state",
        "verified",
        "_file",
    ]
)
_INGREDIENT_KEYS: Final = frozenset(["herb", "g", "method", "classical"])


class RecordReader:
    """Reads records against what the tables around them allow; `problems` is shared by all readers.

    Args:
        where: the file and name that a fault is reported with.
        sources: keys that may be given as a source.
        people: keys that a caution may be for.
    """

    def __init__(
        self, record: Record, problems: list[str], sources: AbstractSet[str], people: AbstractSet[str]
    ) -> None:
        self._record = record
        self._problems = problems
        self._sources = sources
        self._people = people
        name = record.get("name")
        self._where = f"{record.get('_file', '?')}: {name if isinstance(name, str) else '?'}"

    def fault(self, text: str) -> None:
        self._problems.append(f"{self._where}: {text}")

    def herb(self) -> Herb | None:
        """The herb, or None when it has no name to stand under."""
        record = self._record
        self._only(record, _HERB_KEYS)
        name = self._name()
        if name is None:
            return None
        category = record.get("category")
        if category not in CATEGORIES:
            self.fault(f"no category {category!r}")
        return Herb(
            name=name,
            readings=self._words(record, "readings", needed=True),
            category=str(category),
            sources=self._source_keys(record, "sources", needed=True),
            latin=self._text(record, "latin"),
            aliases=self._words(record, "aliases"),
            of=self._text(record, "of") or None,
            made_by=self._words(record, "made_by"),
            processing=tuple(self._each(record, "processing", self._processing)),
            dose=self._dose(record.get("dose", {})),
            toxicity=self._one_of(record, "toxicity", TOXICITY),
            pregnancy=self._pregnancy(record),
            cautions=tuple(self._each(record, "cautions", self._caution)),
            handling=self._words(record, "handling", METHODS),
            handling_usual=self._words(record, "handling_usual", METHODS),
            handling_if=tuple(self._each(record, "handling_if", self._usage)),
            decocted=self._flag(record, "decocted", default=True),
            external_only=self._flag(record, "external_only", default=False),
            control=self._control(),
            note=self._text(record, "note"),
            compared=self._source_keys(record, "compared"),
            verified=self._verified(),
        )

    def formula(self) -> Formula | None:
        """The formula, or None when it has no name to stand under."""
        record = self._record
        self._only(record, _FORMULA_KEYS)
        name = self._name()
        if name is None:
            return None
        form = record.get("form", "汤剂")
        if form not in _FORMS:
            self.fault(f"no form {form!r}")
        composition = tuple(self._each(record, "composition", self._ingredient))
        if not composition:
            self.fault("has no composition")
        return Formula(
            name=name,
            readings=self._words(record, "readings", needed=True),
            category=self._text(record, "category"),
            book=self._text(record, "book", needed=True),
            form=_FORMS.get(form, Form.DECOCTION),
            composition=composition,
            sources=self._source_keys(record, "sources", needed=True),
            aliases=self._words(record, "aliases"),
            alone_pairs=self._flag(record, "alone_pairs", default=False),
            note=self._text(record, "note"),
            verified=self._verified(),
        )

    def _name(self) -> str | None:
        name = self._record.get("name")
        if isinstance(name, str) and name.strip():
            return name
        self.fault("has no name")
        return None

    def _only(self, record: Record, known: AbstractSet[str]) -> None:
        for key in sorted(record.keys() - known):
            self.fault(f"unknown key {key!r}")

    def _text(self, record: Record, key: str, *, needed: bool = False) -> str:
        value = record.get(key) or ""
        if not isinstance(value, str):
            self.fault(f"{key} is not a text")
            return ""
        if needed and not value:
            self.fault(f"{key} is missing")
        return value

    def _flag(self, record: Record, key: str, *, default: bool) -> bool:
        value = record.get(key, default)
        if not isinstance(value, bool):
            self.fault(f"{key} is neither true nor false")
            return default
        return value

    def _words(
        self, record: Record, key: str, allowed: AbstractSet[str] | None = None, *, needed: bool = False
    ) -> tuple[str, ...]:
        value = record.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.fault(f"{key} is not a list of words")
            return ()
        if needed and not value:
            self.fault(f"{key} is missing")
        for one in value:
            if allowed is not None and one not in allowed:
                self.fault(f"{key} does not know {one!r}")
        return tuple(value)

    def _source_keys(self, record: Record, key: str, *, needed: bool = False) -> tuple[str, ...]:
        return self._words(record, key, self._sources, needed=needed)

    def _one_of(self, record: Record, key: str, allowed: AbstractSet[str]) -> str | None:
        value = record.get(key)
        if value is not None and value not in allowed:
            self.fault(f"{key} does not know {value!r}")
            return None
        return value

    def _each(self, record: Record, key: str, read: Callable[[Record], Any]) -> Iterable[Any]:
        value = record.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(f"{key} is not a list of records")
            return
        for one in value:
            yield read(one)

    def _range(self, record: Record, key: str) -> Range | None:
        value = record.get(key)
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(_is_amount(one) for one in value)):
            self.fault(f"{key} is not a range of grams")
            return None
        low, high = value
        if not 0 < low <= high:
            self.fault(f"{key} is upside down or not above zero: {low}–{high}")
            return None
        return Range(float(low), float(high))

    def _dose(self, record: Any) -> Dose:
        if not isinstance(record, dict):
            self.fault("dose is not a record")
            return Dose()
        self._only(record, {"decoction", "powder", "powder_once", "fresh", "note"})
        return Dose(
            self._range(record, "decoction"),
            self._range(record, "powder"),
            self._range(record, "powder_once"),
            self._range(record, "fresh"),
            self._text(record, "note"),
        )

    def _pregnancy(self, record: Record) -> Warned | None:
        value = record.get("pregnancy")
        if value is None:
            return None
        if isinstance(value, str):
            sources = self._record.get("sources")
            value = {"level": value, "source": sources[0] if isinstance(sources, list) and sources else ""}
        if not isinstance(value, dict):
            self.fault("pregnancy is not a level")
            return None
        self._only(value, {"level", "source"})
        return Warned(self._level(value), self._source(value))

    def _level(self, record: Record) -> Level:
        try:
            return Level(record.get("level", ""))
        except ValueError:
            self.fault(f"no level {record.get('level')!r}")
            return Level.FORBIDDEN

    def _source(self, record: Record) -> str:
        source = record.get("source")
        if source not in self._sources:
            self.fault(f"no source {source!r}")
        return str(source)

    def _caution(self, record: Record) -> Caution:
        self._only(record, {"who", "level", "note", "source"})
        who = record.get("who")
        if who not in self._people:
            self.fault(f"no people {who!r}")
        return Caution(str(who), self._level(record), self._text(record, "note"), self._source(record))

    def _usage(self, record: Record) -> Usage:
        self._only(record, {"how", "when"})
        how = self._one_of(record, "how", METHODS)
        return Usage(how or "", self._text(record, "when"))

    def _processing(self, record: Record) -> Processing:
        self._only(record, _PROCESSING_KEYS)
        return Processing(
            how=self._text(record, "how", needed=True),
            names=self._words(record, "names"),
            effect=self._text(record, "effect"),
            raw=self._flag(record, "raw", default=False),
            dose=self._dose(record["dose"]) if "dose" in record else None,
            handling=self._words(record, "handling", METHODS) if "handling" in record else None,
            handling_usual=self._words(record, "handling_usual", METHODS)
            if "handling_usual" in record
            else None,
            toxicity=self._one_of(record, "toxicity", TOXICITY),
            pregnancy=self._pregnancy(record),
            decocted=self._flag(record, "decocted", default=True) if "decocted" in record else None,
            external_only=self._flag(record, "external_only", default=False)
            if "external_only" in record
            else None,
        )

    def _control(self) -> Control | None:
        value = self._record.get("control")
        if value is None:
            return None
        try:
            return Control(value)
        except ValueError:
            self.fault(f"no control {value!r}")
            return None

    def _verified(self) -> Verification | None:
        state = self._record.get("state", "unverified")
        verified = self._record.get("verified")
        if state == "unverified":
            if verified is not None:
                self.fault("says who verified it but is unverified")
            return None
        if state != "verified":
            self.fault(f"no state {state!r}")
            return None
        if not isinstance(verified, dict) or not all(
            isinstance(verified.get(key), str) and verified[key].strip() for key in ("by", "against", "on")
        ):
            self.fault("is verified, but not by whom, against what and on which day")
            return None
        self._only(verified, {"by", "against", "on"})
        return Verification(verified["by"], verified["against"], verified["on"])

    def _ingredient(self, record: Record) -> Ingredient:
        self._only(record, _INGREDIENT_KEYS)
        grams = record.get("g")
        if grams is not None and not (_is_amount(grams) and grams > 0):
            self.fault(f"{record.get('herb')}: {grams!r} is not an amount")
            grams = None
        return Ingredient(
            self._text(record, "herb", needed=True),
            None if grams is None else float(grams),
            self._text(record, "method"),
            self._text(record, "classical"),
        )


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
