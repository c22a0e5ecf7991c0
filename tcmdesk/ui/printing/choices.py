"""Which printer and paper this workstation uses for which kind of document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.keepsakes import Keepsake

if TYPE_CHECKING:
    from tcmdesk.ui.printing.blocks import PaperDocument
    from tcmdesk.ui.printing.papers import Paper

MATTER: Final = "printing"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was used last; `printer` is empty when nothing of the kind was printed yet."""

    paper: Paper
    printer: str = ""


class Choices:
    """Remembers a choice for each kind of document."""

    def __init__(self, keepsake: Keepsake | None = None) -> None:
        self._keepsake = keepsake or Keepsake(MATTER)

    def of(self, document: PaperDocument) -> Choice:
        """The last choice for a document's kind, or its usual paper and no printer."""
        kept = self._keepsake.read().get(document.kind)
        kept = kept if isinstance(kept, dict) else {}
        paper = next((each for each in document.papers if each.name == kept.get("paper")), document.papers[0])
        printer = kept.get("printer")
        return Choice(paper, printer if isinstance(printer, str) else "")

    def keep(self, document: PaperDocument, choice: Choice) -> None:
        self._keepsake.keep({document.kind: {"paper": choice.paper.name, "printer": choice.printer}})
