"""What every rule looks at, prepared once for a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.features.prescriptions.types import Alert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.prescriptions.safety.items import Item
    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge
    from tcmdesk.features.prescriptions.safety.persons import Person
    from tcmdesk.features.prescriptions.types import AlertCode, Draft, Severity


@dataclass(frozen=True, slots=True)
class Situation:
    """A draft, its items, its patient and the knowledge it is judged by."""

    knowledge: Knowledge
    draft: Draft
    items: tuple[Item, ...]
    unknown: tuple[str, ...]
    person: Person

    @property
    def own(self) -> Iterable[Item]:
        """The items of this prescription."""
        return (item for item in self.items if not item.running)

    def alert(
        self,
        code: AlertCode,
        severity: Severity,
        herbs: Iterable[str],
        message: str,
        source: str,
        /,
        *,
        individual: bool = False,
        detail: str = "",
        **params: object,
    ) -> Alert:
        """An alert by the edition of the table; `source` is a key of the sources."""
        return Alert(
            code=code,
            severity=severity,
            herbs=tuple(herbs),
            message=message,
            source=self.knowledge.source_titles[source],
            edition=self.knowledge.edition,
            params=params,
            individual=individual,
            detail=detail,
        )
