"""The palette's lines: sections and what was found in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.ui.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex


class PaletteRole(IntEnum):
    """A row's `Finding`, or its section's title."""

    LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Section:
    """A translated title and what stands under it."""

    title: str
    findings: tuple[Finding, ...]


class PaletteModel(QAbstractListModel):
    """Each section's title, then its findings; empty sections are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[str | Finding] = []

    def show_sections(self, sections: Sequence[Section]) -> None:
        self.beginResetModel()
        self._lines = [
            line for section in sections if section.findings for line in (section.title, *section.findings)
        ]
        self.endResetModel()

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(isinstance(line, Finding) for line in self._lines)

    def is_finding(self, row: int) -> bool:
        return 0 <= row < len(self._lines) and isinstance(self._lines[row], Finding)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.is_finding(index.row()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == PaletteRole.LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if isinstance(line, Finding) else line
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(line, Finding):
            return " ".join(part for part in (line.title, line.detail, line.aside, line.key) if part)
        return None
