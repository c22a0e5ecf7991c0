"""Who fits gaps of a day, and who has been offered one, as rows."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.waitlist.types import Entry, Fit
from tcmdesk.features.waitlist.ui.words import (
    fit_sentence,
    left_text,
    patient_text,
    start_text,
    wish_text,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.waitlist.ui.fits_source import DayFits

Index = QModelIndex | QPersistentModelIndex
Line = Fit | Entry
"""A `Fit` can be offered; an `Entry` has its offer."""


class FitsRole(IntEnum):
    """The line, and the four texts of its row."""

    LINE = Qt.ItemDataRole.UserRole
    NAME = Qt.ItemDataRole.UserRole + 1
    WISH = Qt.ItemDataRole.UserRole + 2
    TIME = Qt.ItemDataRole.UserRole + 3
    ACTION = Qt.ItemDataRole.UserRole + 4


def entry_of(line: Line) -> Entry:
    return line.entry if isinstance(line, Fit) else line


class FitsModel(QAbstractListModel):
    """Offers first, because they run; then who fits, by time."""

    def __init__(self, tr: Translator, zone: ZoneInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._zone = zone
        self._lines: tuple[Line, ...] = ()
        self._today = dt.date.min
        self._now = dt.datetime.min.replace(tzinfo=dt.UTC)

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show_day(self, found: DayFits) -> None:
        """Take a day's rows; times of that day are said without it."""
        lines = (*found.offered, *found.fits)
        if lines != self._lines or found.day != self._today:
            self.beginResetModel()
            self._lines, self._today = lines, found.day
            self.endResetModel()
        self.tick(found.server_now)

    def tick(self, server_now: dt.datetime) -> None:
        """Say how long offers still stand."""
        self._now = server_now
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case FitsRole.LINE:
                return line
            case Qt.ItemDataRole.DisplayRole | FitsRole.NAME:
                return patient_text(self._tr, entry_of(line))
            case FitsRole.WISH:
                return wish_text(self._tr, entry_of(line), self._today)
            case FitsRole.TIME:
                return self._time(line)
            case FitsRole.ACTION:
                return self._action(line)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(line)
        return None

    def _time(self, line: Line) -> str:
        if isinstance(line, Fit):
            return self._tr.gettext("{time} free").format(time=self._start(line.starts_at))
        return self._start(line.offer.starts_at) if line.offer else ""

    def _action(self, line: Line) -> str:
        if isinstance(line, Fit):
            return self._tr.gettext("Hold and offer")
        if line.clash:
            return self._tr.gettext("Sold by the platform")
        return left_text(self._tr, line.offer, self._now) if line.offer else ""

    def _start(self, moment: dt.datetime) -> str:
        return start_text(self._tr, moment, self._zone, self._today)

    def _sentence(self, line: Line) -> str:
        if isinstance(line, Fit):
            return f"{fit_sentence(self._tr, line, self._zone, self._today)} {self._action(line)}"
        parts = (
            patient_text(self._tr, line),
            self._tr.gettext("Offered"),
            self._time(line),
            self._action(line),
        )
        return " ".join(parts)
