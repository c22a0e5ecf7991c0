"""What every rule looks at, prepared once for a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.features.prescriptions.types import Alert, Bilingual

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
        /,
        *sources: str,
        individual: bool = False,
        detail: str = "",
        **params: object,
    ) -> Alert:
        """An alert by the edition of the table; `sources` are keys of the sources, at least one."""
        titles = [self.knowledge.source_titles[key] for key in dict.fromkeys(sources)]
        return Alert(
            code=code,
            severity=severity,
            herbs=tuple(herbs),
            message=message,
            source=titles[0]
            if len(titles) == 1
            else Bilingual("；".join(title.zh for title in titles), "; ".join(title.en for title in titles)),
            edition=self.knowledge.edition,
            params=params,
            individual=individual,
            detail=detail,
        )
