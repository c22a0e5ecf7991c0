"""Records of herbs and formulas, from their documents to their objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.fields import FieldReader, is_amount
from tcmdesk.features.prescriptions.safety.knowledge import (
    MOST_CONCENTRATED,
    Caution,
    Control,
    Dose,
    Formula,
    Herb,
    Ingredient,
    Processing,
    Usage,
    Warned,
)
from tcmdesk.features.prescriptions.types import Form

if TYPE_CHECKING:
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
        "granule_ratio",
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


class RecordReader(FieldReader):
    """Reads one herb or one formula."""

    def herb(self) -> Herb | None:
        """The herb, or None when it has no name to stand under."""
        record = self.record
        self.only(record, _HERB_KEYS)
        name = self.name()
        if name is None:
            return None
        category = record.get("category")
        if category not in CATEGORIES:
            self.fault(f"no category {category!r}")
        return Herb(
            name=name,
            readings=self.words(record, "readings", needed=True),
            category=str(category),
            sources=self.source_keys(record, "sources", needed=True),
            latin=self.text(record, "latin"),
            aliases=self.words(record, "aliases"),
            of=self.text(record, "of") or None,
            made_by=self.words(record, "made_by"),
            processing=tuple(self.each(record, "processing", self._processing)),
            dose=self._dose(record.get("dose", {})),
            toxicity=self.one_of(record, "toxicity", TOXICITY),
            pregnancy=self._pregnancy(record),
            cautions=tuple(self.each(record, "cautions", self._caution)),
            handling=self.words(record, "handling", METHODS),
            handling_usual=self.words(record, "handling_usual", METHODS),
            handling_if=tuple(self.each(record, "handling_if", self._usage)),
            decocted=self.flag(record, "decocted", default=True),
            external_only=self.flag(record, "external_only", default=False),
            control=self._control(),
            note=self.text(record, "note"),
            granule_ratio=self.granule_ratio(),
            compared=self.source_keys(record, "compared"),
            verified=self.verified(),
        )

    def granule_ratio(self) -> float | None:
        """Grams of pieces in one gram of granules; None where the record has none."""
        value = self.record.get("granule_ratio")
        if value is None:
            return None
        if not (is_amount(value) and 0 < value <= MOST_CONCENTRATED):
            self.fault(f"granule_ratio is not above 0 and at most 100: {value!r}")
            return None
        return float(value)

    def formula(self) -> Formula | None:
        """The formula, or None when it has no name to stand under."""
        record = self.record
        self.only(record, _FORMULA_KEYS)
        name = self.name()
        if name is None:
            return None
        form = record.get("form", "汤剂")
        if form not in _FORMS:
            self.fault(f"no form {form!r}")
        composition = tuple(self.each(record, "composition", self._ingredient))
        if not composition:
            self.fault("has no composition")
        return Formula(
            name=name,
            readings=self.words(record, "readings", needed=True),
            category=self.text(record, "category"),
            book=self.text(record, "book", needed=True),
            form=_FORMS.get(form, Form.DECOCTION),
            composition=composition,
            sources=self.source_keys(record, "sources", needed=True),
            aliases=self.words(record, "aliases"),
            alone_pairs=self.flag(record, "alone_pairs", default=False),
            note=self.text(record, "note"),
            verified=self.verified(),
        )

    def _dose(self, record: Any) -> Dose:
        if not isinstance(record, dict):
            self.fault("dose is not a record")
            return Dose()
        self.only(record, {"decoction", "powder", "powder_once", "fresh", "note"})
        return Dose(
            self.range(record, "decoction"),
            self.range(record, "powder"),
            self.range(record, "powder_once"),
            self.range(record, "fresh"),
            self.text(record, "note"),
        )

    def _pregnancy(self, record: Record) -> Warned | None:
        value = record.get("pregnancy")
        if value is None:
            return None
        if isinstance(value, str):
            sources = self.record.get("sources")
            value = {"level": value, "source": sources[0] if isinstance(sources, list) and sources else ""}
        if not isinstance(value, dict):
            self.fault("pregnancy is not a level")
            return None
        self.only(value, {"level", "source"})
        return Warned(self.level(value), self.source(value))

    def _caution(self, record: Record) -> Caution:
        self.only(record, {"who", "level", "note", "source"})
        who = record.get("who")
        if who not in self.people:
            self.fault(f"no people {who!r}")
        return Caution(str(who), self.level(record), self.text(record, "note"), self.source(record))

    def _usage(self, record: Record) -> Usage:
        self.only(record, {"how", "when"})
        how = self.one_of(record, "how", METHODS)
        return Usage(how or "", self.text(record, "when"))

    def _processing(self, record: Record) -> Processing:
        self.only(record, _PROCESSING_KEYS)
        return Processing(
            how=self.text(record, "how", needed=True),
            names=self.words(record, "names"),
            effect=self.text(record, "effect"),
            raw=self.flag(record, "raw", default=False),
            dose=self._dose(record["dose"]) if "dose" in record else None,
            handling=self.words(record, "handling", METHODS) if "handling" in record else None,
            handling_usual=self.words(record, "handling_usual", METHODS)
            if "handling_usual" in record
            else None,
            toxicity=self.one_of(record, "toxicity", TOXICITY),
            pregnancy=self._pregnancy(record),
            decocted=self.flag(record, "decocted", default=True) if "decocted" in record else None,
            external_only=self.flag(record, "external_only", default=False)
            if "external_only" in record
            else None,
        )

    def _control(self) -> Control | None:
        value = self.record.get("control")
        if value is None:
            return None
        try:
            return Control(value)
        except ValueError:
            self.fault(f"no control {value!r}")
            return None

    def _ingredient(self, record: Record) -> Ingredient:
        self.only(record, _INGREDIENT_KEYS)
        grams = record.get("g")
        if grams is not None and not (is_amount(grams) and grams > 0):
            self.fault(f"{record.get('herb')}: {grams!r} is not an amount")
            grams = None
        return Ingredient(
            self.text(record, "herb", needed=True),
            None if grams is None else float(grams),
            self.text(record, "method"),
            self.text(record, "classical"),
        )
