"""Ceilings of a day's dose, over everything that holds the herb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.items import Route
from tcmdesk.features.prescriptions.types import AlertCode, Enumeration, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.items import Item, Reading
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert

TIMES_A_DAY: Final = 2
"""A prescription is taken morning and evening unless it says otherwise; powders have a ceiling for one time."""

FRESH_FACTOR: Final = 2.0
"""A fresh drug may weigh twice its dried form where the pharmacopoeia gives no range of its own (《中药学》); not a toxic one."""

TOLERANCE: Final = 1e-9
"""Parts of a weight that is split add up to it only up to the last bit."""


@dataclass(slots=True)
class _Total:
    herb: str
    grams: float = 0.0
    share: float = 0.0
    ceilings: tuple[float, ...] = ()
    toxic: bool = False
    running: bool = False
    source: str = ""

    @property
    def over(self) -> bool:
        return self.share > 1 + TOLERANCE

    @property
    def twice(self) -> bool:
        return self.share > 2 + TOLERANCE

    @property
    def words(self) -> dict[str, str]:
        """What a message says of it."""
        return {
            "herb": self.herb,
            "grams": f"{self.grams:g}",
            "ceiling": f"{min(self.ceilings):g}",
            "times": f"{self.share:.3g}",
        }


def find(situation: Situation) -> Iterator[Alert]:
    """An alert for every herb whose total of a day is above its ceiling; those that are signed together share one.

    Up to twice the ceiling of a drug that is not toxic is signed together, everything else by itself.
    The weights of one herb add up as shares of their ceilings, because a swallowed powder has a lower one than a decoction.
    An ambiguous name is over only when it is over whichever herb it means.
    """
    together: list[_Total] = []
    for label, items in _by_label(situation).items():
        if all(item.running for item in items):
            continue
        totals = [_total(label, items, at) for at in range(len(items[0].readings))]
        least = min(totals, key=lambda total: total.share)
        if not least.over:
            continue
        if least.toxic or least.twice:
            yield _alert(situation, least)
        else:
            together.append(least)
    if len(together) > 1:
        yield _shared_alert(situation, together)
    elif together:
        yield _alert(situation, together[0])


def unchecked(situation: Situation) -> tuple[str, ...]:
    """Herbs whose amount cannot be judged: no weight is written, or no ceiling is known."""
    return tuple(
        dict.fromkeys(
            item.label
            for item in situation.own
            if item.route is not Route.EXTERNAL
            and (item.grams is None or any(ceiling(item, reading) is None for reading in item.readings))
        )
    )


def ceiling(item: Item, reading: Reading) -> float | None:
    """The most grams a day of this herb by this route; None where nothing is known or external use has no ceiling."""
    dose = reading.dose
    if item.route is Route.EXTERNAL:
        return None
    if item.route is Route.SWALLOWED:
        if dose.powder is not None:
            return dose.powder.high
        if dose.powder_once is not None:
            return dose.powder_once.high * TIMES_A_DAY
    if reading.fresh and dose.fresh is not None:
        return dose.fresh.high
    known = dose.decoction or dose.powder
    if known is None:
        return None
    own_range = any(way.dose is not None for way in reading.ways)
    return known.high * (FRESH_FACTOR if reading.fresh and not reading.toxicity and not own_range else 1.0)


def _by_label(situation: Situation) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in situation.items:
        found.setdefault(item.label, []).append(item)
    return found


def _total(label: str, items: list[Item], at: int) -> _Total:
    """The total as if each of the items were the herb at this place of its readings."""
    total = _Total(label)
    for item in items:
        reading = item.readings[at]
        most = ceiling(item, reading)
        if item.grams is None or most is None:
            continue
        total.grams += item.grams
        total.share += item.grams / most
        total.ceilings += (most,)
        total.toxic = total.toxic or reading.toxicity is not None
        total.running = total.running or item.running
        total.source = reading.herb.sources[0]
    return total


def _alert(situation: Situation, total: _Total) -> Alert:
    if total.running:
        message = N_(
            "{herb} {grams} g a day, other prescriptions included, is {times} times its ceiling of {ceiling} g."
        )
    else:
        message = N_("{herb} {grams} g a day is {times} times its ceiling of {ceiling} g.")
    return situation.alert(
        AlertCode.DOSE_OVER_MAX_TOXIC if total.toxic else AlertCode.DOSE_OVER_MAX,
        Severity.HARD if total.toxic and total.twice else Severity.SIGN,
        (total.herb,),
        message,
        total.source,
        individual=total.twice,
        **total.words,
    )


def _shared_alert(situation: Situation, totals: list[_Total]) -> Alert:
    if any(total.running for total in totals):
        message = N_("Above the ceiling of a day, other prescriptions included: {doses}.")
    else:
        message = N_("Above the ceiling of a day: {doses}.")
    return situation.alert(
        AlertCode.DOSE_OVER_MAX,
        Severity.SIGN,
        (total.herb for total in totals),
        message,
        *(total.source for total in totals),
        doses=Enumeration(
            N_("{herb} {grams} g (ceiling {ceiling} g)"), tuple(total.words for total in totals)
        ),
    )
