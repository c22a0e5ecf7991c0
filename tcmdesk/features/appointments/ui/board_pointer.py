"""The mouse on the grid: a click chooses and opens, a drag carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from tcmdesk.features.appointments.types import Status
from tcmdesk.features.appointments.ui.carry import Carry
from tcmdesk.features.appointments.ui.layout import CardSpot
from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QMouseEvent

    from tcmdesk.features.appointments.ui.layout import Spot
    from tcmdesk.features.appointments.ui.placing import Placed

MOVABLE = frozenset({Status.PENDING, Status.CONFIRMED})


class BoardPointer:
    """Mixed into the grid, before its Qt class. Nothing is carried unless `may_carry` says so."""

    may_carry: bool = True
    hovered: Spot | None = None
    _pressed: tuple[QPoint, Placed] | None = None
    _grip: int = 0
    """Minutes from the start of the card to where it was taken."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton or self.board is None:
            return
        if self.carry is not None:
            self._grip = 0
            self._drag_to(event.position())
            return
        spot = self.spot_under(event.position())
        if spot is None:
            return
        self.set_spot(spot, scroll=False)
        placed = self.card
        if placed is not None and self.may_carry and placed.card.status in MOVABLE:
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
                self.set_carry(self._carry_of(placed))
                self._drag_to(event.position())
        else:
            self._hover(self.spot_under(event.position()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.board is None:
            return
        self._pressed = None
        if self.carry is not None:
            self.put_down()
            return
        frame = self.frame_under(event.position())
        if frame is not None:
            self.resolve_requested.emit(frame)
        elif self.spot_under(event.position()) == self.spot:
            self.enter()

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

    def _carry_of(self, placed: Placed) -> Carry:
        cell = self.board.cell(placed.column, placed.start)
        return Carry(placed.card, cell.doctor_id, cell.minute, cell.ahead, by_mouse=True)

    def _drag_to(self, point: QPointF) -> None:
        column = self.columnAt(int(min(max(point.x(), 0), self.content_right() - 1)))
        minute = self.axis.minute_at(point.y() + self.verticalOffset()) - self._grip
        origin = self.board.placed.get(self.carry.card.appointment_id)
        home = origin is not None and column == origin.column and abs(minute - origin.start) < CELL / 2
        start = origin.start if home else round(minute / CELL) * CELL if self._grip else minute // CELL * CELL
        self.set_carry(self.carry.to(self.board, column, start))
