"""Titles and rows of a list beside the board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class SideRole(IntEnum):
    """The line itself."""

    LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a section, with the key that shows more of it."""

    word: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Words from left to right, the middle one bold. `key` tells rows apart over refreshes, `value` is what opening
    brings, `action` what Enter does.
    """

    key: str
    first: str
    middle: str
    last: str
    action: str
    value: object
    icon: str = ""


Line = Title | Row


class SideModel(QAbstractListModel):
    """The lines of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Take other lines."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = index.data(SideRole.LINE)
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) if isinstance(line, Row) else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case SideRole.LINE:
                return line
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                if isinstance(line, Title):
                    return line.word
                return " ".join(filter(None, (line.first, line.middle, line.last, line.action)))
        return None
