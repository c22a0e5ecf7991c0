"""The grid of the day board: a table view that paints itself and moves by card and cell.

Qt's table gives screen readers rows, columns and spans for free; keys, mouse and painting are ours, because
cards may start off the grid and lie side by side.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from tcmdesk.features.appointments.ui.board_geometry import BoardGeometry
from tcmdesk.features.appointments.ui.board_keyboard import BoardKeyboard
from tcmdesk.features.appointments.ui.board_model import DayBoardModel
from tcmdesk.features.appointments.ui.board_painter import BoardPainter
from tcmdesk.features.appointments.ui.board_pointer import BoardPointer
from tcmdesk.features.appointments.ui.board_scrolling import BoardScrolling
from tcmdesk.features.appointments.ui.card_faces import CardFaces
from tcmdesk.features.appointments.ui.headers import DoctorHeads, TimeGutter
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot, Spot, minute_of
from tcmdesk.features.appointments.ui.overlay_scroll_bar import OverlayScrollBar
from tcmdesk.features.appointments.ui.time_axis import CELL, CELL_HEIGHT, DAY_END, FOLD_HEIGHT, TimeAxis
from tcmdesk.features.appointments.ui.walk import Walk
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import Hold
    from tcmdesk.features.appointments.ui.carry import Carry
    from tcmdesk.features.appointments.ui.placing import Placed

TALLEST_CELL: Final = 36
"""Cells grow up to this height to fill a tall window, px at 100 %."""


class BoardGrid(Themed, BoardPointer, BoardKeyboard, BoardScrolling, BoardGeometry, QTableView):
    """One day's grid.

    What is chosen is a `Spot`, an appointment or a cell, never a position: it survives every refresh.
    Wishes go out as signals; nothing here talks to a service.
    """

    spot_changed = Signal(object)
    book_requested = Signal(object)
    open_requested = Signal(str)
    resolve_requested = Signal(object)
    drop_requested = Signal(object)
    carry_changed = Signal(object)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = self.translator = tr
        self.gettext = tr.gettext
        self.board: BoardLayout | None = None
        self.axis: TimeAxis | None = None
        self.now_minute: int | None = None
        self.spot: Spot | None = None
        self.carry: Carry | None = None
        self.painted = True
        self.pinned: frozenset[str] = frozenset()
        self.offer_name = ""
        self.holds: tuple[Hold, ...] = ()
        self._zoom = 1.0
        self._fitted: tuple[QSize, int] | None = None
        self._faces = CardFaces()
        self._faces_timer = QTimer(self)
        self._faces_timer.timeout.connect(self._on_faces_timer_timeout)
        self._painter = BoardPainter(self, tr, dt.date.min, self._faces)
        self._walk: Walk | None = None
        self.board_model = DayBoardModel(tr, self)
        self.setModel(self.board_model)
        self.setHorizontalHeader(DoctorHeads(self))
        self.setVerticalHeader(TimeGutter(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._thumb = OverlayScrollBar(self.verticalScrollBar(), self)
        self.setAccessibleName(self.gettext("Schedule of the day"))
        self.start_theming()

    def apply_theme(self) -> None:
        self._fitted = None
        self._fit()

    # what is shown

    def show_board(self, layout: BoardLayout, now: dt.datetime) -> None:
        """Show a day. What was chosen stays chosen; an appointment that has gone leaves its cell chosen."""
        before = self.board
        kept = before.interval(self.spot) if before and self.spot else None
        new_day = before is None or before.days != layout.days
        self.board = layout
        today = now.astimezone(layout.zone).date()
        self._faces.forget_waiting()
        self._painter = BoardPainter(self, self._tr, today, self._faces)
        self._walk = Walk(layout)
        self.set_now(now)
        self.board_model.show_board(layout, today)
        self._fit()
        self._span()
        if self.spot is not None and layout.interval(self.spot) is None:
            self.spot = layout.spot_at(kept[0], kept[1]) if kept and kept[0] < len(layout.doctors) else None
        if new_day and self.carry is not None:
            self.carry = self.carry.step(layout, 0, 0)
        if new_day:
            self.hovered = None
        self._follow(scroll=False)
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()

    def set_now(self, now: dt.datetime) -> None:
        """Move the time line."""
        minute = minute_of(now, self.board.day, self.board.zone) if self.board else None
        if minute != self.now_minute:
            self.now_minute = minute
            self.viewport().update()
            self.verticalHeader().viewport().update()

    def set_spot(self, spot: Spot | None, *, scroll: bool = True) -> None:
        """Choose an appointment or a cell."""
        if spot == self.spot:
            return
        self.spot = spot
        self._follow(scroll=scroll)
        self.viewport().update()
        self.spot_changed.emit(spot)

    def set_carry(self, carry: Carry | None) -> None:
        """Pick a card up, hold it elsewhere, or let it go (None) without moving it."""
        if carry == self.carry:
            return
        self.carry = carry
        if carry is not None:
            self._scroll_to_interval(
                self.board.column_of(carry.doctor_id, carry.ahead), carry.minute, carry.end
            )
        self.viewport().update()
        self.verticalHeader().viewport().update()
        self.carry_changed.emit(carry)

    def set_pins(self, pinned: frozenset[str], offer_name: str) -> None:
        """What is pinned elsewhere leaves only its outline; Enter on a free cell puts `offer_name` down."""
        if (pinned, offer_name) != (self.pinned, self.offer_name):
            self.pinned, self.offer_name = pinned, offer_name
            self.viewport().update()

    def set_holds(self, holds: tuple[Hold, ...]) -> None:
        """Times that are kept for someone."""
        if holds != self.holds:
            self.holds = holds
            self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Cells as high as the window allows (1) or a multiple of the least height."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._fitted = None
            self._fit()
            self.show_spot()
            self.viewport().update()

    @property
    def card(self) -> Placed | None:
        """The chosen card."""
        if self.board is None or not isinstance(self.spot, CardSpot):
            return None
        return self.board.placed.get(self.spot.appointment_id)

    def bookable(self, spot: CellSpot) -> bool:
        """Whether the cell's time is not over."""
        now = self.now_minute
        return now is None or spot.minute + CELL + spot.ahead * DAY_END > now

    def _fit(self) -> None:
        """Row heights for the window's size. A banner that comes or goes changes none of them."""
        if self.board is None:
            return
        theme = current()
        window = self.window().size()
        key = (window, hash((self.board.axis.rows, theme.scale, self._zoom)))
        if key != self._fitted or self.axis is None:
            self._fitted = key
            self.axis = self.board.axis.filling(
                self.viewport().height(),
                cell=theme.px(CELL_HEIGHT * self._zoom),
                most=theme.px(TALLEST_CELL * self._zoom),
                fold=theme.px(FOLD_HEIGHT),
            )
        rows = self.verticalHeader()
        if rows.defaultSectionSize() != self.axis.cell:
            rows.setDefaultSectionSize(self.axis.cell)
        for row in range(len(self.axis.rows)):
            if self.rowHeight(row) != self.axis.row_height(row):
                self.setRowHeight(row, self.axis.row_height(row))

    def _span(self) -> None:
        self.clearSpans()
        columns = self.board_model.columnCount()
        for row, band in enumerate(self.board.axis.rows):
            if band.folded and columns > 1:
                self.setSpan(row, 0, 1, columns)
        for cluster in self.board.clusters:
            if len(cluster.rows) > 1:
                self.setSpan(cluster.rows.start, cluster.column, len(cluster.rows), 1)

    # choosing

    def _follow(self, *, scroll: bool) -> None:
        """Let Qt's current index, which screen readers follow, be where the spot is."""
        place = self.board.interval(self.spot) if self.board and self.spot else None
        if place is None:
            return
        column, start, end = place
        row = self.board.axis.row_at(start)
        cluster = self.board.cluster_at.get((column, row))
        index = self.board_model.index(cluster.rows.start if cluster else row, column)
        self._following = True
        try:
            if index == self.currentIndex():
                self._announce()
            else:
                self.setCurrentIndex(index)
        finally:
            self._following = False
        if scroll:
            self._scroll_to_interval(column, start, end)

    def _announce(self) -> None:
        placed = self.card
        if placed is None or not QAccessible.isActive() or not self.hasFocus():
            return
        today = self.board.day
        said = card_sentence(placed.card, self._tr, self.board.zone, today)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def currentChanged(self, current_: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current_, previous)
        if self._following or not current_.isValid() or self.board is None:
            return
        start = self.board.axis.rows[current_.row()].start
        spot = self.board.spot_at(current_.column(), start)
        if spot is not None and spot != self.spot:
            self.spot = spot
            self.viewport().update()
            self.spot_changed.emit(spot)

    # painting and hints

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_under(QPointF(event.pos()))
            placed = self.board.placed.get(spot.appointment_id) if isinstance(spot, CardSpot) else None
            if placed is None:
                QToolTip.hideText()
            else:
                today = self.board.day
                said = card_sentence(placed.card, self._tr, self.board.zone, today)
                QToolTip.showText(
                    event.globalPos(), "\n".join(filter(None, (said, placed.card.symptoms))), self
                )
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self._painter.paint(QPainter(self.viewport()), QRectF(event.rect()))
        if not self.painted and not self._faces_timer.isActive():
            self._faces_timer.start()

    def _on_faces_timer_timeout(self) -> None:
        """Paint cards that a paint event had no time for, and then once more what may have scrolled meanwhile."""
        for box in self._faces.go_on():
            self.viewport().update(box.toAlignedRect())
        if not self._faces.missing:
            self._faces_timer.stop()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.keeps_offer:
            self.show_spot()
        self._thumb.place(self.viewport().geometry())
