"""The waiting room as a list of headings and persons."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.reception.ui.waiting_lines import Heading, Line, Part
from tcmdesk.features.reception.ui.words import entry_sentence

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator

Index = QModelIndex | QPersistentModelIndex


class WaitingRole(IntEnum):
    """The line itself."""

    LINE = Qt.ItemDataRole.UserRole


def _key(line: Line) -> object:
    return line.part if isinstance(line, Heading) else line.entry.card.appointment_id


class WaitingModel(QAbstractListModel):
    """Lines of the waiting room. When only minutes or stages change, rows change and none is put in or taken out."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def title(self, part: Part) -> str:
        _ = self._tr.gettext
        return {Part.OTHERS: _("Other doctors"), Part.ROOMS: _("Rooms")}[part]

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Take what is so now."""
        before, self_same = self._lines, len(lines) == len(self._lines)
        if self_same and all(map(lambda one, two: _key(one) == _key(two), before, lines)):
            self._lines = lines
            changed = [row for row, line in enumerate(lines) if line != before[row]]
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def row_of(self, appointment_id: str) -> int:
        """Where somebody stands; -1 when nowhere."""
        return next((row for row, line in enumerate(self._lines) if _key(line) == appointment_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == WaitingRole.LINE:
            return line
        if isinstance(line, Heading):
            said = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self.title(line.part) if said else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.entry.card.patient_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry_sentence(line.entry, self._tr, line.minutes)
        return None
