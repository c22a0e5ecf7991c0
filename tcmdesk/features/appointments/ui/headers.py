"""The board's two edges: doctors with their load above, the hours at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from tcmdesk.features.appointments.ui.day_heads import day_head
from tcmdesk.features.appointments.ui.load_bars import load_bar
from tcmdesk.features.appointments.ui.loads import Load
from tcmdesk.features.appointments.ui.time_axis import DAY_END
from tcmdesk.features.appointments.ui.words import clock
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.board_grid import BoardGrid
    from tcmdesk.ui.theme.tokens import Colour


class DoctorHeads(Themed, QHeaderView):
    """A head a doctor: name, department, share of the day that is booked."""

    def __init__(self, grid: BoardGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("column_head"))
        self.setMinimumSectionSize(current().px(112))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current().height("column_head"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        layout = self._grid.board
        if layout is not None:
            for column in range(min(self.count(), len(layout.doctors))):
                box = QRectF(
                    self.sectionViewportPosition(column),
                    0,
                    self.sectionSize(column),
                    self.viewport().height(),
                )
                if box.intersects(event.rect()):
                    if layout.is_week:
                        day_head(painter, box, self._grid, column)
                    else:
                        self._head(painter, box, column)
        bottom = self.viewport().height() - 1
        painter.fillRect(QRectF(0, bottom, self.viewport().width(), 1), theme.colour("line"))

    def _head(self, painter: QPainter, box: QRectF, column: int) -> None:
        theme = current()
        layout = self._grid.board
        doctor = layout.doctors[column]
        top = theme.px(12)
        painter.fillRect(QRectF(box.left(), top, 1, box.height() - top), theme.colour("line_soft"))
        left, right = box.left() + theme.px(10), box.right() - theme.px(10)
        first, second = theme.px(21), theme.px(43)
        name = paint.text(painter, left, first, doctor.name, "subheading", max_width=right - left, bold=True)
        aside = left + name + theme.px(6)
        if right - aside > theme.px(16):
            paint.text(painter, aside, first, doctor.department, "small", "text2", max_width=right - aside)
        booked, capacity = layout.load(column)
        if not capacity:
            paint.text(painter, left, second, self._grid.gettext("No hours"), "small", "text3")
            return
        count = f"{booked}/{capacity}"
        track = right - left - paint.text_width(count, "small") - theme.px(8)
        load = Load(booked, capacity)
        load_bar(painter, left, second, track, load.share or 0, full=load.is_full)
        paint.text(painter, right, second, count, "small", "text3", align="right")


class TimeGutter(Themed, QHeaderView):
    """The hours, bold on the hour, and the present minute in a pill."""

    def __init__(self, grid: BoardGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._grid = grid
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setMinimumSectionSize(1)
        self.setFixedWidth(current().width("time_gutter"))

    def sizeHint(self) -> QSize:
        return QSize(current().width("time_gutter"), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        layout, axis = self._grid.board, self._grid.axis
        wide = self.viewport().width()
        if layout is None or axis is None:
            return
        offset = -self.offset()
        now = self._grid.now_y()
        for row, band in enumerate(axis.rows):
            top = axis.tops[row] + offset
            if band.folded:
                painter.fillRect(QRectF(0, top, wide, axis.fold), theme.colour("sunken"))
                continue
            if band.start % 30:
                continue
            hour = band.start % 60 == 0
            if row and hour:
                painter.fillRect(QRectF(wide - theme.px(6), top, theme.px(6), 1), theme.colour("line"))
            middle = top + theme.px(10)
            if now is not None and abs(now + offset - middle) < theme.px(16):
                continue
            ink: Colour = "text2" if hour else "text3"
            paint.text(
                painter,
                wide - theme.px(10),
                middle,
                clock(band.start),
                "small",
                ink,
                bold=hour,
                align="right",
            )
        painter.fillRect(QRectF(wide - 1, 0, 1, self.viewport().height()), theme.colour("line"))
        if now is not None:
            self._pill(painter, now + offset)

    def _pill(self, painter: QPainter, middle: float) -> None:
        theme = current()
        high = theme.px(20)
        box = QRectF(theme.px(4), middle - high / 2, self.viewport().width() - theme.px(8), high)
        paint.rounded(painter, box, high / 2, "accent")
        label = clock((self._grid.now_minute or 0) % DAY_END)
        paint.text(painter, box.center().x(), middle, label, "small", "accent_fg", bold=True, align="center")
