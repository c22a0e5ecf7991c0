"""The patients that fit what was typed, as a list."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.patients.types import masked_phone, relationship_text, sex_age

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.patients.types import PatientMatch, PatientRef

Index = QModelIndex | QPersistentModelIndex


class MatchRole(IntEnum):
    """The row's `PatientMatch`."""

    MATCH = Qt.ItemDataRole.UserRole


class MatchModel(QAbstractListModel):
    """Matches in the order of the search."""

    def __init__(self, tr: Translator, today: dt.date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._today = today
        self._rows: list[PatientMatch] = []

    @property
    def matches(self) -> tuple[PatientMatch, ...]:
        return tuple(self._rows)

    def show_matches(self, matches: tuple[PatientMatch, ...]) -> None:
        self.beginResetModel()
        self._rows = list(matches)
        self.endResetModel()

    def show_last_visits(self, visits: Mapping[PatientRef, tuple[dt.date, str]]) -> None:
        """Fill in day and doctor of last visits, for those of the persons that are still listed."""
        for row, match in enumerate(self._rows):
            if match.ref in visits:
                day, doctor = visits[match.ref]
                self._rows[row] = replace(match, last_visit=day, last_doctor=doctor)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        match = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return match.name
            case Qt.ItemDataRole.AccessibleTextRole:
                said = (
                    match.name,
                    sex_age(self._tr, match.gender, match.birthday, self._today),
                    relationship_text(self._tr, match.ref, match.relationship)
                    if match.ref.profile_id
                    else "",
                    masked_phone(match.phone),
                    self.visit_text(match),
                )
                return " ".join(part for part in said if part)
            case MatchRole.MATCH:
                return match
        return None

    def visit_text(self, match: PatientMatch) -> str:
        """``11月10日 林若溪``, or that there was none."""
        if match.last_visit is not None:
            return f"{self._tr.date(match.last_visit)} {match.last_doctor or ''}".strip()
        return self._tr.gettext("No visit yet")
