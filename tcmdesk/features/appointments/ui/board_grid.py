"""The grid of the day board: a table view that paints itself and moves by card and cell.

Qt's table gives screen readers rows, columns and spans for free; keys, mouse and painting are ours, because
cards may start off the grid and lie side by side.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QToolTip, QWidget

from tcmdesk.features.appointments.types import ACTIVE
from tcmdesk.features.appointments.ui.board_model import DayBoardModel
from tcmdesk.features.appointments.ui.board_painter import BoardPainter
from tcmdesk.features.appointments.ui.card_faces import CardFaces
from tcmdesk.features.appointments.ui.carry import Carry
from tcmdesk.features.appointments.ui.headers import DoctorHeads, TimeGutter
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot, Spot, minute_of
from tcmdesk.features.appointments.ui.overlay_scroll_bar import OverlayScrollBar
from tcmdesk.features.appointments.ui.time_axis import CELL, CELL_HEIGHT, DAY_END, FOLD_HEIGHT, TimeAxis
from tcmdesk.features.appointments.ui.walk import Walk
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.ui.placing import ClashFrame, Placed

TALLEST_CELL: Final = 36
"""Cells grow up to this height to fill a tall window, px at 100 %."""

_ARROWS: Final = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class BoardGrid(Themed, QTableView):
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
        self._tr = tr
        self.gettext = tr.gettext
        self.board: BoardLayout | None = None
        self.axis: TimeAxis | None = None
        self.now_minute: int | None = None
        self.spot: Spot | None = None
        self.hovered: Spot | None = None
        self.carry: Carry | None = None
        self.keeps_offer = False
        self.painted = True
        self._pressed: tuple[QPoint, Placed] | None = None
        self._grip = 0
        self._fitted: tuple[QSize, int] | None = None
        self._faces = CardFaces()
        self._painter = BoardPainter(self, tr, dt.date.min, self._faces)
        self._walk: Walk | None = None
        self._following = False
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
        new_day = before is None or before.day != layout.day
        self.board = layout
        today = now.astimezone(layout.zone).date()
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
        QTimer.singleShot(0, self, self._show_spot)

    def _show_spot(self) -> None:
        place = self.board.interval(self.spot) if self.board and self.spot else None
        if place is not None:
            self._scroll_to_interval(self.board.doctors[place[0]].doctor_id, place[1], place[2])

    def scroll_to_present(self) -> None:
        """Bring the time line into the upper third; the top of the day on other days."""
        now = self.now_y()
        value = 0 if now is None else int(now - self.viewport().height() / 3)
        self.verticalScrollBar().setValue(max(value, 0))

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
            self._scroll_to_interval(carry.doctor_id, carry.minute, carry.end)
        self.viewport().update()
        self.verticalHeader().viewport().update()
        self.carry_changed.emit(carry)

    @property
    def card(self) -> Placed | None:
        """The chosen card."""
        if self.board is None or not isinstance(self.spot, CardSpot):
            return None
        return self.board.placed.get(self.spot.appointment_id)

    def bookable(self, spot: CellSpot) -> bool:
        """Whether the cell's time is not over."""
        return self.now_minute is None or spot.minute + CELL > self.now_minute

    # geometry, in px of the viewport

    def top(self, y: float) -> float:
        """A height on the axis as it is scrolled now."""
        return y - self.verticalOffset()

    def content_right(self) -> int:
        last = len(self.board.doctors) - 1 if self.board else -1
        return self.columnViewportPosition(last) + self.columnWidth(last) if last >= 0 else 0

    def now_y(self) -> float | None:
        """Height of the present minute on the axis; None on other days and outside the hours shown."""
        if self.now_minute is None or self.axis is None:
            return None
        return self.axis.y(self.now_minute) if self.axis.start <= self.now_minute <= self.axis.end else None

    def card_rect(self, placed: Placed) -> QRectF:
        edge, gap = current().px(4), current().px(2)
        left = self.columnViewportPosition(placed.column) + edge
        wide = self.columnWidth(placed.column) - 2 * edge
        lane = (wide - gap * (placed.lanes - 1)) / placed.lanes
        top, bottom = round(self.axis.y(placed.start)), round(self.axis.y(placed.shown_end))
        if bottom - top < self.axis.cell and placed.shown_end <= self.axis.end:
            bottom = top + self.axis.cell
        # Whole pixels, or edges blur; a hair of ground stays between one card and the next.
        return QRectF(
            round(left + placed.lane * (lane + gap)), self.top(top) + 2, round(lane), bottom - top - 3
        )

    def frame_rect(self, frame: ClashFrame) -> QRectF:
        box = QRectF()
        for placed in frame.placed:
            box = box.united(self.card_rect(placed))
        return box

    def spot_rect(self, spot: Spot) -> QRectF | None:
        """Where a spot lies; None when it is not on the board."""
        if self.board is None:
            return None
        if isinstance(spot, CardSpot):
            placed = self.board.placed.get(spot.appointment_id)
            return None if placed is None else self.card_rect(placed)
        column = self.board.column_of(spot.doctor_id)
        if column is None or not self.axis.start <= spot.minute < self.axis.end:
            return None
        edge = current().px(4)
        return QRectF(
            self.columnViewportPosition(column) + edge,
            self.top(round(self.axis.y(spot.minute))) + 2,
            self.columnWidth(column) - 2 * edge,
            self.axis.cell - 3,
        )

    def spot_under(self, point: QPointF) -> Spot | None:
        """The card or cell at a point of the viewport."""
        if self.board is None:
            return None
        column = self.columnAt(int(point.x()))
        minute = self.axis.minute_at(point.y() + self.verticalOffset())
        if column < 0 or point.y() + self.verticalOffset() >= self.axis.height:
            return None
        cluster = self.board.cluster_at.get((column, self.axis.row_at(minute)))
        if cluster is None:
            return self.board.spot_at(column, minute)
        for placed in cluster.placed:
            if self.card_rect(placed).adjusted(-2, -2, 2, 2).contains(point):
                return CardSpot(placed.card.appointment_id)
        start = minute // CELL * CELL
        return CellSpot(self.board.doctors[column].doctor_id, start)

    def frame_under(self, point: QPointF) -> ClashFrame | None:
        """The clash whose action is at a point."""
        if self.board is None:
            return None
        for frame in self.board.frames:
            box = self.frame_rect(frame)
            if box.contains(point) and (
                box.height() < current().px(40) or point.y() > box.bottom() - current().px(22)
            ):
                return frame
        return None

    def _fit(self) -> None:
        """Row heights for the window's size. A banner that comes or goes changes none of them."""
        if self.board is None:
            return
        theme = current()
        window = self.window().size()
        key = (window, hash((self.board.axis.rows, theme.scale)))
        if key != self._fitted or self.axis is None:
            self._fitted = key
            self.axis = self.board.axis.filling(
                self.viewport().height(),
                cell=theme.px(CELL_HEIGHT),
                most=theme.px(TALLEST_CELL),
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
            self._scroll_to_interval(self.board.doctors[column].doctor_id, start, end)

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

    def scrollTo(
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Qt scrolls whenever the current index changes; only our own moves may."""
        if not self._following:
            super().scrollTo(index, hint)

    def _scroll_to_interval(self, doctor_id: str, start: int, end: int) -> None:
        margin = current().px(CELL_HEIGHT)
        bar = self.verticalScrollBar()
        top, bottom = self.axis.y(start), self.axis.y(end)
        if top - margin < bar.value():
            bar.setValue(int(top - margin))
        elif bottom + margin > bar.value() + self.viewport().height():
            bar.setValue(int(bottom + margin - self.viewport().height()))
        column = self.board.column_of(doctor_id)
        if column is not None:
            across = self.horizontalScrollBar()
            left, right = self.columnViewportPosition(column), self.columnWidth(column)
            if left < 0:
                across.setValue(across.value() + left)
            elif left + right > self.viewport().width():
                across.setValue(across.value() + left + right - self.viewport().width())

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.board is None or modifiers:
            event.ignore()
            return
        if self.carry is not None and self._carry_key(key):
            return
        if key in _ARROWS:
            self.set_spot(self._walk.step(self._spot_or_start(), *_ARROWS[key]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.set_spot(self._walk.edge(self._spot_or_start(), last=key == Qt.Key.Key_End))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._enter()
        else:
            event.ignore()

    def _carry_key(self, key: Qt.Key) -> bool:
        if key in _ARROWS:
            self.set_carry(self.carry.step(self.board, *_ARROWS[key]))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._put_down()
        elif key == Qt.Key.Key_Escape:
            self.set_carry(None)
        else:
            return False
        return True

    def _put_down(self) -> None:
        carry = self.carry
        self.drop_requested.emit(carry)

    def _enter(self) -> None:
        if isinstance(self.spot, CardSpot):
            self.open_requested.emit(self.spot.appointment_id)
        elif isinstance(self.spot, CellSpot):
            self.book_requested.emit(self.spot)

    def _spot_or_start(self) -> Spot | None:
        if self.spot is not None:
            return self.spot
        now = self.now_minute if self.now_minute is not None and 0 <= self.now_minute < DAY_END else 0
        return self.board.free_from(now)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if self.spot is None and self.board is not None:
            self.set_spot(self._spot_or_start(), scroll=False)
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton or self.board is None:
            return
        spot = self.spot_under(event.position())
        self._pressed = None
        if spot is None:
            return
        self.set_spot(spot, scroll=False)
        placed = self.card
        if placed is not None and placed.card.status in ACTIVE:
            self._pressed = (event.position().toPoint(), placed)
            self._grip = self.axis.minute_at(event.position().y() + self.verticalOffset()) - placed.start

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.board is None:
            return
        if self.carry is not None and self.carry.by_mouse:
            self._drag_to(event.position())
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            origin, placed = self._pressed
            far = (event.position().toPoint() - origin).manhattanLength()
            if far >= QApplication.startDragDistance():
                self.set_carry(Carry(placed.card, placed.card.doctor_id, placed.start, by_mouse=True))
                self._drag_to(event.position())
        else:
            self._hover(self.spot_under(event.position()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.board is None:
            return
        self._pressed = None
        if self.carry is not None:
            if self.carry.by_mouse:
                self._put_down()
            return
        frame = self.frame_under(event.position())
        if frame is not None:
            self.resolve_requested.emit(frame)
        elif self.spot_under(event.position()) == self.spot:
            self._enter()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click: the first one has acted already."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None, QPointF())

    def _hover(self, spot: Spot | None, point: QPointF) -> None:
        if spot != self.hovered:
            self.hovered = spot
            self.viewport().update()
        hand = spot is not None and (
            isinstance(spot, CardSpot) or self.bookable(spot) or self.frame_under(point) is not None
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _drag_to(self, point: QPointF) -> None:
        column = self.columnAt(int(min(max(point.x(), 0), self.content_right() - 1)))
        minute = self.axis.minute_at(point.y() + self.verticalOffset()) - self._grip
        origin = self.board.placed.get(self.carry.card.appointment_id)
        home = origin is not None and column == origin.column and abs(minute - origin.start) < CELL / 2
        start = origin.start if home else round(minute / CELL) * CELL
        self.set_carry(self.carry.to(self.board, column, start))

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

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self._painter.paint(QPainter(self.viewport()), QRectF(event.rect()))
        if not self.painted:
            QTimer.singleShot(0, self, self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._thumb.place(self.viewport().geometry())
