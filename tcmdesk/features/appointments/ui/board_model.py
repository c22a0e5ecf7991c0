"""The day board as a table: a row a time cell, a column a doctor."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.appointments.ui.words import card_sentence, clock, span

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.ui.layout import BoardLayout
    from tcmdesk.features.appointments.ui.placing import Cluster

Index = QModelIndex | QPersistentModelIndex


class BoardRole(IntEnum):
    """Roles beyond Qt's own."""

    CLUSTER = Qt.ItemDataRole.UserRole
    START = Qt.ItemDataRole.UserRole + 1


class DayBoardModel(QAbstractTableModel):
    """Cells of one day. A cell under cards gives the cards' sentences, a free one its time.

    A new day or other doctors reset it; a refresh of the same grid only changes data, so that what is
    current and how far the board is scrolled stay.
    """

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._layout: BoardLayout | None = None
        self._today: dt.date | None = None

    def show_board(self, layout: BoardLayout, today: dt.date) -> None:
        """Take a day's layout; ages are counted to `today`."""
        before, self._today = self._layout, today
        same_grid = (
            before is not None
            and before.axis.rows == layout.axis.rows
            and [doctor.doctor_id for doctor in before.doctors]
            == [doctor.doctor_id for doctor in layout.doctors]
        )
        if not same_grid:
            self.beginResetModel()
            self._layout = layout
            self.endResetModel()
            return
        self._layout = layout
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() or self._layout is None else len(self._layout.axis.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() or self._layout is None else len(self._layout.doctors)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        layout = self._layout
        if layout is None or not index.isValid():
            return None
        row = layout.axis.rows[index.row()]
        cluster = layout.cluster_at.get((index.column(), index.row()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                names = [] if cluster is None else [each.card.patient_name for each in cluster.placed]
                return "、".join(names) if self._tr.language == "zh_CN" else ", ".join(names)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(layout, index.row(), index.column(), cluster)
            case BoardRole.CLUSTER:
                return cluster
            case BoardRole.START:
                return row.start
        return None

    def _sentence(self, layout: BoardLayout, row: int, column: int, cluster: Cluster | None) -> str:
        _ = self._tr.gettext
        band = layout.axis.rows[row]
        if cluster is not None and self._today is not None:
            said = [card_sentence(each.card, self._tr, layout.zone, self._today) for each in cluster.placed]
            clash = any(each.card.appointment_id in layout.frame_of for each in cluster.placed)
            return "; ".join([_("Clash"), *said] if clash else said)
        if band.folded:
            return _("Break {span}").format(span=span(band.start, band.end))
        doctor = layout.doctors[column].name
        if layout.is_week:
            doctor = self._tr.date(layout.days[column], weekday=True)
        if not layout.works(column, band.start):
            return _("{time} {doctor}, closed").format(time=clock(band.start), doctor=doctor)
        return _("{time} {doctor}, free").format(time=clock(band.start), doctor=doctor)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        layout = self._layout
        if layout is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if orientation == Qt.Orientation.Vertical:
            return clock(layout.axis.rows[section].start) if section < len(layout.axis.rows) else None
        if section >= len(layout.doctors):
            return None
        doctor = layout.doctors[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._tr.date(layout.days[section], weekday=True) if layout.is_week else doctor.name
        booked, capacity = layout.load(section)
        if layout.is_week:
            return self._tr.gettext("{day}, {booked} of {capacity} cells booked").format(
                day=self._tr.date(layout.days[section], weekday=True), booked=booked, capacity=capacity
            )
        return self._tr.gettext("{doctor} {department}, {booked} of {capacity} cells booked").format(
            doctor=doctor.name, department=doctor.department, booked=booked, capacity=capacity
        )
