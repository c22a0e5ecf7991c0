"""What the grid keeps in sight: the present, and the chosen cell, also beside a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from tcmdesk.features.appointments.ui.time_axis import CELL_HEIGHT
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex


class BoardScrolling:
    """Mixed into the grid, before its Qt class."""

    keeps_offer: bool = False
    """Whether a sheet stands beside the grid: the chosen cell stays marked and in sight."""

    _following: bool = False

    def set_beside_sheet(self, beside: bool) -> None:
        """A sheet takes room at the right: columns keep their width, the chosen one is kept in sight."""
        heads = self.horizontalHeader()
        if beside:
            widths = [self.columnWidth(column) for column in range(self.board_model.columnCount())]
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            for column, width in enumerate(widths):
                heads.resizeSection(column, width)
        else:
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.keeps_offer = beside
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if beside else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)
        QTimer.singleShot(0, self, self.show_spot)

    def show_spot(self) -> None:
        """Scroll to what is chosen."""
        place = self.board.interval(self.spot) if self.board and self.spot else None
        if place is not None:
            self._scroll_to_interval(*place)

    def scroll_to_present(self) -> None:
        """Bring the time line into the upper third; the top of the day on other days."""
        now = self.now_y()
        value = 0 if now is None else int(now - self.viewport().height() / 3)
        self.verticalScrollBar().setValue(max(value, 0))

    def scrollTo(
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Qt scrolls whenever the current index changes; only our own moves may."""
        if not self._following:
            super().scrollTo(index, hint)

    def _scroll_to_interval(self, column: int | None, start: int, end: int) -> None:
        margin = current().px(CELL_HEIGHT)
        bar = self.verticalScrollBar()
        top, bottom = self.axis.y(start), self.axis.y(end)
        if top - margin < bar.value():
            bar.setValue(int(top - margin))
        elif bottom + margin > bar.value() + self.viewport().height():
            bar.setValue(int(bottom + margin - self.viewport().height()))
        if column is not None:
            across = self.horizontalScrollBar()
            left, right = self.columnViewportPosition(column), self.columnWidth(column)
            if left < 0:
                across.setValue(across.value() + left)
            elif left + right > self.viewport().width():
                across.setValue(across.value() + left + right - self.viewport().width())
