"""Names that leave the herb open, and herbs written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.types import AlertCode, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert


def find(situation: Situation) -> Iterator[Alert]:
    """One alert for every ambiguous name and for every herb on more than one line."""
    ambiguous: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for item in situation.own:
        if item.ambiguous:
            ambiguous.setdefault(item.label, item.names)
        lines[item.label] = lines.get(item.label, 0) + 1
    for label, names in ambiguous.items():
        yield situation.alert(
            AlertCode.AMBIGUOUS_NAME,
            Severity.SOFT,
            (label,),
            N_("“{name}” can be {herbs}: pick one before signing."),
            "ChP2020",
            name=label,
            herbs="、".join(names),
        )
    for label, count in lines.items():
        if count > 1:
            yield situation.alert(
                AlertCode.DUPLICATE,
                Severity.SOFT,
                (label,),
                N_("{herb} is written {count} times."),
                "prescription-law",
                herb=label,
                count=count,
            )
