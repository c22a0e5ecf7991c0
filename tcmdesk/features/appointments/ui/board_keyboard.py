"""The keyboard on the grid: arrows move by card and cell, Enter opens or books, and a card can be carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.features.appointments.ui.layout import Spot

_ARROWS: Final = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class BoardKeyboard:
    """Mixed into the grid, before its Qt class."""

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
            self.enter()
        else:
            event.ignore()

    def _carry_key(self, key: Qt.Key) -> bool:
        if key in _ARROWS:
            self.set_carry(self.carry.step(self.board, *_ARROWS[key]))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.put_down()
        elif key == Qt.Key.Key_Escape:
            self.set_carry(None)
        else:
            return False
        return True

    def put_down(self) -> None:
        """Ask for the carried card to be moved to where it is held."""
        self.drop_requested.emit(self.carry)

    def enter(self) -> None:
        """What Enter and a click do: open a card, book a cell."""
        if isinstance(self.spot, CardSpot):
            self.open_requested.emit(self.spot.appointment_id)
        elif isinstance(self.spot, CellSpot):
            self.book_requested.emit(self.spot)

    def _spot_or_start(self) -> Spot | None:
        if self.spot is not None:
            return self.spot
        return self.board.free_from(max(self.now_minute or 0, 0)) or self.board.free_from(0)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if self.spot is None and self.board is not None:
            self.set_spot(self._spot_or_start(), scroll=False)
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
