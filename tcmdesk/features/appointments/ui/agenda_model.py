"""What of a day must be looked at, as a list of headings and entries."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.appointments.types import Source, VisitType
from tcmdesk.features.appointments.ui.agenda import TITLES, Entry, Heading, Line, Topic
from tcmdesk.features.appointments.ui.words import clock

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator

Index = QModelIndex | QPersistentModelIndex


class AgendaRole(IntEnum):
    """The line itself, and its words."""

    LINE = Qt.ItemDataRole.UserRole
    NAME = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2


class AgendaModel(QAbstractListModel):
    """Headings and entries of one day."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._lines: tuple[Line, ...] = ()
        self._doctors: dict[str, str] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show_lines(self, lines: tuple[Line, ...], doctors: dict[str, str]) -> None:
        """Take the lines of a day; `doctors` names the doctors by id."""
        if lines == self._lines and doctors == self._doctors:
            return
        self.beginResetModel()
        self._lines, self._doctors = lines, doctors
        self.endResetModel()

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
        if role == AgendaRole.LINE:
            return line
        if isinstance(line, Heading):
            title = self._tr.gettext(TITLES[line.topic])
            return (
                title if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
            )
        match role:
            case Qt.ItemDataRole.DisplayRole | AgendaRole.NAME:
                return self._name(line)
            case AgendaRole.DETAIL:
                return self._detail(line)
            case Qt.ItemDataRole.AccessibleTextRole:
                title = self._tr.gettext(TITLES[line.topic])
                said = (title, self.time(line), self._name(line), self._detail(line))
                return " ".join(part for part in said if part)
        return None

    def time(self, entry: Entry) -> str:
        return "" if entry.minute is None else clock(entry.minute % 1440)

    def _name(self, entry: Entry) -> str:
        if entry.frame is None:
            return entry.card.patient_name
        return " / ".join(each.card.patient_name for each in entry.frame.placed)

    def _detail(self, entry: Entry) -> str:
        _ = self._tr.gettext
        card = entry.card
        parts = [self._doctors.get(card.doctor_id) or _("Doctor without hours here")]
        if entry.topic is Topic.TRAY:
            parts.append(f"“{card.slot_text}”" if card.starts_at is None else "")
        elif entry.frame is None:
            parts.append(_("Video") if card.visit_type is VisitType.VIDEO else "")
            parts.append(_("Platform") if card.source is Source.PLATFORM else "")
        return " · ".join(part for part in parts if part)
