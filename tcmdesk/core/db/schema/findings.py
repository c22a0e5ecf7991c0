"""What the contract doctor finds, as sentences that can be translated."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcmdesk.core.errors import SupportsGettext


class Level(Enum):
    """How much a difference matters."""

    BLOCKS = "blocks"
    """The program would fail or do harm: such a database is not adopted."""
    DRIFT = "drift"
    """Not the contract, but the program works."""
    NOTE = "note"
    """Worth knowing, and allowed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference; `message` is a msgid with `params`, `where` a table or ``table.column``."""

    level: Level
    code: str
    where: str
    message: str
    params: dict[str, object] = field(default_factory=dict)

    def text(self, translator: SupportsGettext) -> str:
        """The finding as one line in the reader's language."""
        return f"{self.where}: {translator.gettext(self.message).format(**self.params)}"


def by_weight(findings: list[Finding]) -> list[Finding]:
    """The worst first, then in the order of the tables."""
    levels = list(Level)
    return sorted(findings, key=lambda finding: (levels.index(finding.level), finding.where, finding.code))


def blocking(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is Level.BLOCKS]


def healthy(findings: list[Finding]) -> bool:
    """Whether there is nothing but notes."""
    return all(finding.level is Level.NOTE for finding in findings)
