"""A month as a table: a row a week, a column a weekday."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.appointments.ui.month_days import SHOWN, MonthDay, MonthDays

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator

Index = QModelIndex | QPersistentModelIndex


class MonthRole(IntEnum):
    """The `MonthDay` of a cell, None before it is known; and the date, which always is."""

    LOAD = Qt.ItemDataRole.UserRole
    DAY = Qt.ItemDataRole.UserRole + 1


class MonthModel(QAbstractTableModel):
    """Always six weeks, so that nothing jumps from month to month."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._days: MonthDays | None = None
        self._first = dt.date(2000, 1, 3)

    def show_first(self, first: dt.date) -> None:
        """Begin at another Monday; its loads are not known yet."""
        self._first = first
        if self._days is not None and self._days.first != first:
            self._days = None
        self._tell()

    def show_days(self, days: MonthDays) -> None:
        self._days, self._first = days, days.first
        self._tell()

    def _tell(self) -> None:
        weeks, days = SHOWN
        self.dataChanged.emit(self.index(0, 0), self.index(weeks - 1, days - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, days - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else SHOWN[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else SHOWN[1]

    def day_at(self, index: Index) -> dt.date:
        return self._first + dt.timedelta(days=index.row() * SHOWN[1] + index.column())

    def index_of(self, day: dt.date) -> QModelIndex:
        """Where a day stands; invalid when it is not in the table."""
        number = (day - self._first).days
        weeks, days = SHOWN
        return self.index(number // days, number % days) if 0 <= number < weeks * days else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day = self.day_at(index)
        load = self._days.at(day) if self._days is not None else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(day.day)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(day, load)
            case MonthRole.LOAD:
                return load
            case MonthRole.DAY:
                return day
        return None

    def _sentence(self, day: dt.date, load: MonthDay | None) -> str:
        _ = self._tr.gettext
        said = [self._tr.date(day, weekday=True)]
        if load is None:
            return said[0]
        if load.closed is not None:
            said.append(load.closed or _("No hours"))
        for word, half in ((_("AM {share}"), load.morning), (_("PM {share}"), load.afternoon)):
            if half.share is not None:
                said.append(word.format(share=f"{half.share:.0%}"))
        said.append(_("{count} booked").format(count=load.visits.count))
        if load.visits.unconfirmed:
            said.append(_("{count} unconfirmed").format(count=load.visits.unconfirmed))
        return ", ".join(said)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._tr.weekday(self._first + dt.timedelta(days=section))
        week = self._first + dt.timedelta(days=section * SHOWN[1])
        return str(week.isocalendar().week)
