"""A draft taken apart: one item for every herb that a line names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from tcmdesk.features.prescriptions.safety.identity import Identity, Kind, Part, resolve
from tcmdesk.features.prescriptions.types import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tcmdesk.features.prescriptions.safety.knowledge import Dose, Herb, Knowledge, Processing, Warned
    from tcmdesk.features.prescriptions.types import Draft, Line


T = TypeVar("T")


class Route(StrEnum):
    """How a herb gets into the patient. SWALLOWED: as powder, pill or stirred in, not decocted."""

    DECOCTED = "decocted"
    SWALLOWED = "swallowed"
    GRANULES = "granules"
    EXTERNAL = "external"


_SWALLOWED: Final = "冲服"
_EXTERNAL: Final = "外用"


@dataclass(frozen=True, slots=True)
class Reading:
    """One herb that an item may be, with what its processing changes."""

    herb: Herb
    ways: tuple[Processing, ...]
    fresh: bool

    def _changed(self, of: Callable[[Processing], T | None], otherwise: T) -> T:
        return next((value for way in reversed(self.ways) if (value := of(way)) is not None), otherwise)

    @property
    def raw(self) -> bool:
        return any(way.raw for way in self.ways)

    @property
    def toxicity(self) -> str | None:
        return self._changed(lambda way: way.toxicity, self.herb.toxicity)

    @property
    def pregnancy(self) -> Warned | None:
        return self._changed(lambda way: way.pregnancy, self.herb.pregnancy)

    @property
    def handling(self) -> tuple[str, ...]:
        return self._changed(lambda way: way.handling, self.herb.handling)

    @property
    def handling_usual(self) -> tuple[str, ...]:
        return self._changed(lambda way: way.handling_usual, self.herb.handling_usual)

    @property
    def decocted(self) -> bool:
        return self._changed(lambda way: way.decocted, self.herb.decocted)

    @property
    def external_only(self) -> bool:
        return self._changed(lambda way: way.external_only, self.herb.external_only)

    @property
    def dose(self) -> Dose:
        return self._changed(lambda way: way.dose, self.herb.dose)


@dataclass(frozen=True, slots=True)
class Item:
    """One herb of one line. `label` is its canonical name, or the name as typed where it is ambiguous.

    `grams` of pieces a day; None where no weight is written, or nobody says how many days a paste lasts. `running` belongs to another prescription of the patient.
    """

    line: Line
    label: str
    readings: tuple[Reading, ...]
    grams: float | None
    methods: frozenset[str]
    route: Route
    running: bool = False

    @property
    def ambiguous(self) -> bool:
        return len(self.readings) > 1

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(reading.herb.name for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Itemised:
    """The items of a draft, and the names that are not in the dictionary."""

    items: tuple[Item, ...]
    unknown: tuple[str, ...]


def itemise(knowledge: Knowledge, draft: Draft) -> Itemised:
    """Every herb of the draft and of the patient's other prescriptions."""
    items: list[Item] = []
    unknown: dict[str, None] = {}
    for line in draft.lines:
        identity = resolve_line(knowledge, line)
        if identity.kind is Kind.UNKNOWN:
            unknown[line.name] = None
        items.extend(_items_of(knowledge, line, identity, draft, running=False))
    for line in draft.running:
        identity = resolve_line(knowledge, line)
        items.extend(_items_of(knowledge, line, identity, None, running=True))
    return Itemised(tuple(items), tuple(unknown))


def resolve_line(knowledge: Knowledge, line: Line) -> Identity:
    """The identity of a line; what the doctor picked for an ambiguous name counts when it is one of its candidates."""
    identity = resolve(knowledge, line.name)
    if identity.kind is not Kind.AMBIGUOUS or line.herb is None:
        return identity
    parts = tuple(
        Part((line.herb,), part.share, part.ways, part.powder, part.granules)
        if line.herb in part.candidates
        else part
        for part in identity.parts
    )
    still_open = any(len(part.candidates) > 1 for part in parts)
    return Identity(
        Kind.AMBIGUOUS if still_open else Kind.HERBS,
        parts,
        identity.methods,
        identity.each,
        identity.written,
    )


def _items_of(
    knowledge: Knowledge, line: Line, identity: Identity, draft: Draft | None, *, running: bool
) -> Iterable[Item]:
    form = draft.form if draft is not None else None
    methods = identity.methods | knowledge.text.methods_in(line.method)
    weights = [weight for weight in (line.grams, identity.written) if weight is not None]
    for part in identity.parts:
        readings = tuple(_reading(knowledge, name, part) for name in part.candidates)
        granules = form is Form.GRANULES or part.granules or line.granule_ratio is not None
        grams = max(weights) * (1.0 if identity.each else part.share) if weights else None
        if grams is not None and granules:
            grams *= line.granule_ratio or min(reading.herb.granule_ratio or 1.0 for reading in readings)
        if grams is not None and draft is not None and form is Form.PASTE:
            grams = grams / draft.doses if draft.doses else None
        yield Item(
            line=line,
            label=line.name if len(readings) > 1 else readings[0].herb.name,
            readings=readings,
            grams=grams,
            methods=methods,
            route=_route(form, methods, part, readings, granules=granules),
            running=running,
        )


def _reading(knowledge: Knowledge, name: str, part: Part) -> Reading:
    herb = knowledge.herbs[name]
    ways = tuple(way for how in part.ways if (way := herb.way(how)) is not None)
    return Reading(herb, ways, part.fresh)


def _route(
    form: Form | None,
    methods: frozenset[str],
    part: Part,
    readings: tuple[Reading, ...],
    *,
    granules: bool,
) -> Route:
    if form is Form.EXTERNAL or _EXTERNAL in methods:
        return Route.EXTERNAL
    if form is Form.PILLS or _SWALLOWED in methods or (part.powder and any(map(_is_swallowed, readings))):
        return Route.SWALLOWED
    if granules:
        return Route.GRANULES
    return Route.DECOCTED


def _is_swallowed(reading: Reading) -> bool:
    """Whether a powder of this herb is one to swallow, not one to decoct."""
    dose = reading.dose
    return (
        dose.powder is not None
        or dose.powder_once is not None
        or not reading.decocted
        or any(usage.how == _SWALLOWED for usage in reading.herb.handling_if)
        or _SWALLOWED in reading.handling
    )
