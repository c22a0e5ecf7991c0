"""Route and handling: what must not be decocted, and what a decoction asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.items import Route
from tcmdesk.features.prescriptions.types import AlertCode, Form, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.items import Item
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert

_NEVER_ASKED: Final = frozenset({"捣碎"})
"""A dispensing habit; printing it is optional."""

_STIRRED_IN: Final = frozenset({"冲服", "烊化", "溶入"})
_ALSO_DONE: Final = {"溶入": _STIRRED_IN, "烊化": _STIRRED_IN, "另煎": frozenset({"另煎", "冲服", "先煎"})}


def find(situation: Situation) -> Iterator[Alert]:
    """Herbs on a route they are not for, and missing handling notes; each herb once."""
    told: set[tuple[AlertCode, str]] = set()
    for item in situation.own:
        for alert in (_route(situation, item), _handling(situation, item)):
            if alert is not None and (alert.code, item.label) not in told:
                told.add((alert.code, item.label))
                yield alert


def _route(situation: Situation, item: Item) -> Alert | None:
    if item.route is Route.EXTERNAL:
        return None
    if any(reading.external_only and not _is_poison(item) for reading in item.readings):
        message = N_("{herb} is for external use.")
    elif (
        item.route is Route.DECOCTED
        and situation.draft.form is not Form.WINE
        and not item.methods & _STIRRED_IN
        and all(
            not reading.decocted and not item.methods.intersection(reading.handling_usual)
            for reading in item.readings
        )
    ):
        message = N_("{herb} is not decocted: give it as pill or powder, or stir it in.")
    else:
        return None
    return situation.alert(
        AlertCode.ROUTE_NOT_DECOCTION,
        Severity.SIGN,
        (item.label,),
        message,
        item.readings[0].herb.sources[0],
        herb=item.label,
    )


def _is_poison(item: Item) -> bool:
    """Whether external use is a matter of poison, which the rule of controlled drugs tells."""
    return any(reading.toxicity or reading.herb.control for reading in item.readings)


def _handling(situation: Situation, item: Item) -> Alert | None:
    if (
        item.ambiguous
        or item.route is not Route.DECOCTED
        or situation.draft.form not in {None, Form.DECOCTION}
    ):
        return None
    reading = item.readings[0]
    asked = [how for how in reading.handling if how not in _NEVER_ASKED]
    if not asked:
        return None
    done = frozenset().union(*(_ALSO_DONE.get(how, {how}) for how in asked), reading.handling_usual)
    if item.methods & done:
        return None
    return situation.alert(
        AlertCode.HANDLING_MISSING,
        Severity.INFO,
        (item.label,),
        N_("{herb}: {method} added."),
        reading.herb.sources[0],
        herb=item.label,
        method="、".join(asked),
    )
