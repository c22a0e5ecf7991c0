"""A table that loses a single entry turns the case set red, whichever entry it is."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.identity import resolve
from tcmdesk.features.prescriptions.safety.items import Item, Reading, Route
from tcmdesk.features.prescriptions.safety.rules.dose import ceiling
from tcmdesk.features.prescriptions.types import Line
from tests.support.rx_cases import outcome, written_cases
from tests.support.rx_tables import table_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcmdesk.features.prescriptions.safety.knowledge import Herb, Knowledge

MUTATIONS = 100


@dataclass(frozen=True)
class Mutation:
    """A loss: what it is, whose it is, and the table without it."""

    kind: str
    what: str
    owner: str
    apply: Callable[[], Knowledge]


def without_name(key: str) -> Callable[[], Knowledge]:
    def apply() -> Knowledge:
        names = dict(reference().names)
        del names[key]
        return replace(reference(), names=names)

    return apply


def without_pair(left: str, right: str) -> Callable[[], Knowledge]:
    def apply() -> Knowledge:
        rules = {
            name: tuple(one for one in known if {name, one[1]} != {left, right})
            for name, known in reference().rules_of.items()
        }
        return replace(reference(), rules_of=rules)

    return apply


def changed(herb: Herb, **fields: Any) -> Callable[[], Knowledge]:
    return lambda: replace(reference(), herbs={**reference().herbs, herb.name: replace(herb, **fields)})


def without_combined(key: str) -> Callable[[], Knowledge]:
    return lambda: replace(
        reference(), combined={name: parts for name, parts in reference().combined.items() if name != key}
    )


def without_allergen(group: str, member: str) -> Callable[[], Knowledge]:
    def apply() -> Knowledge:
        allergens = reference().allergens
        members = tuple(name for name in allergens.groups[group] if name != member)
        return replace(reference(), allergens=replace(allergens, groups={**allergens.groups, group: members}))

    return apply


def mutations() -> Iterator[Mutation]:
    knowledge = reference()
    for key, named in knowledge.names.items():
        # a name that is also understood from its parts (炒 + a listed name) is no entry of its own
        if key != knowledge.text.normalise(named.herb) and says_something(knowledge, key):
            yield Mutation("name", key, named.herb, without_name(key))
    for left, rules in knowledge.rules_of.items():
        for rule, right in rules:
            yield Mutation("pair", f"{rule.id} {left} {right}", left, without_pair(left, right))
    for herb in knowledge.herbs.values():
        yield from mutations_of(herb)
    for key in knowledge.combined:
        remaining = replace(
            knowledge, combined={name: parts for name, parts in knowledge.combined.items() if name != key}
        )
        if herbs_of(remaining, key) != herbs_of(knowledge, key):
            yield Mutation("combined", key, key, without_combined(key))
    for group, members in knowledge.allergens.groups.items():
        for member in members:
            yield Mutation("allergen", f"{group} {member}", group, without_allergen(group, member))


def mutations_of(herb: Herb) -> Iterator[Mutation]:
    name = herb.name
    for key in ("decoction", "powder", "powder_once", "fresh"):
        if getattr(herb.dose, key) is not None and ceilings(herb, key) != ceilings(herb):
            yield Mutation(
                "ceiling", f"{name} {key}", name, changed(herb, dose=replace(herb.dose, **{key: None}))
            )
    if herb.toxicity and (herb.dose or (herb.external_only and not herb.control)):
        yield Mutation("toxic", name, name, changed(herb, toxicity=None))
    if herb.pregnancy:
        yield Mutation("pregnancy", name, name, changed(herb, pregnancy=None))
    if herb.control:
        yield Mutation("control", name, name, changed(herb, control=None))
    if not herb.decocted:
        yield Mutation("route", name, name, changed(herb, decocted=True))
    if herb.external_only:
        yield Mutation("external", name, name, changed(herb, external_only=False))
    for caution in herb.cautions:
        rest = tuple(one for one in herb.cautions if one != caution)
        yield Mutation("people", f"{name} {caution.who}", name, changed(herb, cautions=rest))
    if set(herb.handling) - {"捣碎"}:
        yield Mutation("handling", name, name, changed(herb, handling=()))


def ceilings(herb: Herb, lost: str = "") -> list[float | None]:
    """The ceilings by every route; a range that only repeats what follows from another is no entry of its own."""
    dose = replace(herb.dose, **{lost: None}) if lost else herb.dose
    line = Line(herb.name, 1.0)
    return [
        ceiling(
            Item(line, herb.name, (), 1.0, frozenset(), route),
            Reading(replace(herb, dose=dose), (), fresh=fresh),
        )
        for route in Route
        for fresh in (False, True)
    ]


def says_something(knowledge: Knowledge, key: str) -> bool:
    names = dict(knowledge.names)
    del names[key]
    return herbs_of(replace(knowledge, names=names), key) != herbs_of(knowledge, key)


def herbs_of(knowledge: Knowledge, name: str) -> dict[tuple[str, ...], float]:
    """The herbs a name stands for, each with its part of the weight."""
    shares: dict[tuple[str, ...], float] = {}
    for part in resolve(knowledge, name).parts:
        shares[part.candidates] = shares.get(part.candidates, 0.0) + part.share
    return shares


def is_red(mutation: Mutation) -> bool:
    """Whether any case fails; those about the entry's owner are asked first."""
    knowledge = mutation.apply()
    if any(outcome(knowledge, case) for case in table_cases().get(mutation.owner, ())):
        return True
    return any(outcome(knowledge, case) for case in written_cases())


def test_a_lost_entry_turns_the_set_red() -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    sys.stdout.write(f"seed {seed}\n")
    everything = list(mutations())
    # kinds with few entries are drawn as often as the thousands of names
    kinds = sorted({mutation.kind for mutation in everything})
    assert len(kinds) == 12
    draw = random.Random(seed)
    drawn = [
        draw.choice([mutation for mutation in everything if mutation.kind == kinds[turn % len(kinds)]])
        for turn in range(MUTATIONS)
    ]
    unseen = [f"{mutation.kind} {mutation.what}" for mutation in drawn if not is_red(mutation)]
    assert unseen == [], f"seed {seed}"


def test_the_full_table_is_green_before_it_loses_anything() -> None:
    first = next(iter(mutations()))
    assert not any(outcome(reference(), case) for case in table_cases()[first.owner])
