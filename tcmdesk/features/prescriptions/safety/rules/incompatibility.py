"""The eighteen incompatibilities and the nineteen fears, over identities and across the patient's prescriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.identity import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tcmdesk.features.prescriptions.safety.items import Item
    from tcmdesk.features.prescriptions.safety.knowledge import Formula, Incompatible
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert


def find(situation: Situation) -> Iterator[Alert]:
    """One alert for every incompatible pair, named once however often it is written."""
    by_name: dict[str, list[Item]] = {}
    for item in situation.items:
        for name in item.names:
            by_name.setdefault(name, []).append(item)
    told: set[frozenset[str]] = set()
    for left_name, left_items in by_name.items():
        for rule, right_name in situation.knowledge.rules_of.get(left_name, ()):
            for left in left_items:
                for right in by_name.get(right_name, ()):
                    pair = frozenset((left.label, right.label))
                    if len(pair) == 2 and pair not in told and not (left.running and right.running):
                        told.add(pair)
                        yield _alert(situation, rule, left, right)


def _alert(situation: Situation, rule: Incompatible, left: Item, right: Item) -> Alert:
    formulas = [
        formula
        for formula in situation.knowledge.formulas.values()
        if formula.alone_pairs and _holds(situation, formula, left, right)
    ]
    running = next((item for item in (left, right) if item.running), None)
    if running is not None:
        message = N_(
            "{left} and {right} are incompatible ({verse}); {running} is in another prescription of this patient."
        )
    elif formulas:
        message = N_(
            "{left} and {right} are incompatible ({verse}); {formula} joins them on purpose, and the signature stays."
        )
    else:
        message = N_("{left} and {right} are incompatible ({verse}).")
    return situation.alert(
        rule.code,
        rule.severity,
        (left.label, right.label),
        message,
        rule.sources[0],
        left=left.label,
        right=right.label,
        verse=rule.verse,
        running=running.label if running else "",
        formula="、".join(f"{formula.name}（{formula.book}）" for formula in formulas),
    )


def _holds(situation: Situation, formula: Formula, left: Item, right: Item) -> bool:
    """Whether the pair and everything else of the formula is written."""
    written = _families(situation, (name for item in situation.own for name in item.names))
    parts = [_families(situation, identity_names) for identity_names in _composition(situation, formula)]
    return (
        all(part & written for part in parts)
        and any(part & _families(situation, left.names) for part in parts)
        and any(part & _families(situation, right.names) for part in parts)
    )


def _composition(situation: Situation, formula: Formula) -> Iterator[tuple[str, ...]]:
    for ingredient in formula.composition:
        for part in resolve(situation.knowledge, ingredient.herb).parts:
            yield part.candidates


def _families(situation: Situation, names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(situation.knowledge.kin[name] for name in names))
