"""What the safety engine is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcmdesk.core.errors import SupportsGettext


AUDIT: Final = permission("prescriptions:prescription:audit", Role.PHARMACIST)


class Severity(StrEnum):
    """How far an alert stops a prescription, worst first.

    BLOCK: no signature issues it. HARD: a reason and a personal signature at that herb. SIGN: confirmed with all
    others of its kind in one step, or by itself where `Alert.individual` says so. SOFT: a mark beside the line.
    INFO: put right by itself.
    """

    BLOCK = "block"
    HARD = "hard"
    SIGN = "sign"
    SOFT = "soft"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}

UNREVIEWED: Final = N_("reference, not reviewed by a pharmacist")
"""Stands beside every answer until a clinic has signed the table off."""

SEVERITY_LABELS: Final = {
    Severity.BLOCK: N_("Blocked"),
    Severity.HARD: N_("Stop"),
    Severity.SIGN: N_("Sign"),
    Severity.SOFT: N_("Note"),
    Severity.INFO: N_("Fixed"),
}


class AlertCode(StrEnum):
    """What an alert is about; the value is what commands print."""

    INCOMPAT_18 = "INCOMPAT_18"
    INCOMPAT_19 = "INCOMPAT_19"
    PREG_FORBIDDEN = "PREG_FORBIDDEN"
    PREG_CAUTION = "PREG_CAUTION"
    PREG_STATUS_UNKNOWN = "PREG_STATUS_UNKNOWN"
    LACT_CAUTION = "LACT_CAUTION"
    CHILD_FORBIDDEN = "CHILD_FORBIDDEN"
    CONDITION_FORBIDDEN = "CONDITION_FORBIDDEN"
    CONDITION_CAUTION = "CONDITION_CAUTION"
    ALLERGY = "ALLERGY"
    DOSE_OVER_MAX = "DOSE_OVER_MAX"
    DOSE_OVER_MAX_TOXIC = "DOSE_OVER_MAX_TOXIC"
    ROUTE_NOT_DECOCTION = "ROUTE_NOT_DECOCTION"
    HANDLING_MISSING = "HANDLING_MISSING"
    CONTROLLED_POISON = "CONTROLLED_POISON"
    NARCOTIC = "NARCOTIC"
    BANNED = "BANNED"
    DUPLICATE = "DUPLICATE"
    AMBIGUOUS_NAME = "AMBIGUOUS_NAME"
    SUPPLY_OVER_7D = "SUPPLY_OVER_7D"
    ONLINE_NOT_ALLOWED = "ONLINE_NOT_ALLOWED"


class Sex(StrEnum):
    """As the rules need it; None elsewhere means not known."""

    FEMALE = "F"
    MALE = "M"


class Visit(StrEnum):
    """How doctor and patient meet."""

    IN_PERSON = "in_person"
    VIDEO = "video"


class Form(StrEnum):
    """Dosage form of a whole prescription."""

    DECOCTION = "decoction"
    GRANULES = "granules"
    PILLS = "pills"
    PASTE = "paste"
    WINE = "wine"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the prescription is for; None is not known, which is never the same as no.

    `age` is in years (0.5 is six months). `allergies` and `conditions` are the words of the record.
    """

    sex: Sex | None = None
    age: float | None = None
    pregnant: bool | None = None
    lactating: bool | None = None
    allergies: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    guardian: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One written line: a herb, the grams of one dose (one dose is one day), and how it is handled.

    `grams` is None where no weight is written ("1袋"): such a line is checked for everything but its dose. `herb` is the
    canonical name a doctor picked for an ambiguous `name`. `granule_ratio` is the grams of pieces that one gram of granules
    stands for, by its maker's label; where it is given, `grams` are of granules, otherwise of pieces.
    """

    name: str
    grams: float | None
    method: str = ""
    herb: str | None = None
    granule_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A prescription to be checked. `running` are the lines of the patient's other prescriptions.

    The lines of a paste are of the whole paste, which lasts for `doses` days.
    """

    patient: Patient
    lines: tuple[Line, ...]
    form: Form | None = None
    doses: int | None = None
    visit: Visit | None = None
    diagnosed_in_person: bool | None = None
    running: tuple[Line, ...] = ()


class Reader(Protocol):
    """The part of a translator that texts of the tables need: they come in two languages instead of a catalogue."""

    @property
    def chinese(self) -> bool: ...

    def gettext(self, message: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of the herb tables."""

    zh: str
    en: str

    def text(self, reader: Reader) -> str:
        """In the reader's language."""
        return self.zh if reader.chinese else self.en


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Several things in one sentence: `message` is a msgid that is filled in for each of `items`."""

    message: str
    items: tuple[Mapping[str, object], ...]

    def text(self, reader: Reader) -> str:
        """All of them in the reader's language."""
        sentence = reader.gettext(self.message)
        return ("、" if reader.chinese else ", ").join(sentence.format(**item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding: what, about which herbs, why, and by which source.

    `herbs` are canonical names; an ambiguous name stands as it was typed. `message` is a msgid with `params`.
    `individual` asks for a signature of its own where others of the same severity share one. `detail` tells alerts of one
    code about the same herbs apart; it is never shown.
    """

    code: AlertCode
    severity: Severity
    herbs: tuple[str, ...]
    message: str
    source: Bilingual
    edition: str
    params: Mapping[str, object] = field(default_factory=dict)
    individual: bool = False
    detail: str = ""

    def text(self, reader: Reader) -> str:
        """The finding in the reader's language."""
        words = {
            key: value.text(reader) if isinstance(value, Bilingual | Enumeration) else value
            for key, value in self.params.items()
        }
        return reader.gettext(self.message).format(**words)

    @property
    def key(self) -> str:
        """What a confirmation refers to: the code, its herbs, and what sets it apart from others of them."""
        return ":".join((self.code.value, *self.herbs, self.detail))


@dataclass(frozen=True, slots=True)
class Check:
    """The engine's answer to one draft.

    `unresolved` are names it does not know, `ambiguous` names that mean several herbs (name -> candidates),
    `unchecked` herbs without a known ceiling: never "in range". `fault` is the number of an internal error; then
    nothing else counts. `fingerprint` binds confirmations to this draft under these very tables.
    """

    alerts: tuple[Alert, ...]
    unresolved: tuple[str, ...]
    ambiguous: Mapping[str, tuple[str, ...]]
    unchecked: tuple[str, ...]
    edition: str
    fingerprint: str
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What a doctor confirmed about one check.

    `fingerprint` is the check's. `signed_by` is who signs, `batch` that the shared step was signed, `reasons` the reason
    a doctor gave, by `Alert.key`, `acknowledged` the unknown names.
    """

    fingerprint: str
    signed_by: str = ""
    batch: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)
    acknowledged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a prescription cannot be issued yet: a msgid with parameters, and the alert it is about, if any."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    alert: Alert | None = None

    def text(self, translator: SupportsGettext) -> str:
        """The reason in the reader's language."""
        return translator.gettext(self.message).format(**self.params)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a prescription may be issued; it may when nothing hinders."""

    hindrances: tuple[Hindrance, ...]

    @property
    def allowed(self) -> bool:
        return not self.hindrances


class KnowledgeRefusedError(UserError):
    """The tables contradict themselves; `problems` are sentences that name the file and the record."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "herbs.refused",
            N_("The herb table has {count} faults: {problems}"),
            count=len(self.problems),
            problems="; ".join(self.problems),
        )
