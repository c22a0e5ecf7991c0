"""Picking a card up and putting it down elsewhere, on another day too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from tcmdesk.features.appointments.ui.carry import Carry
from tcmdesk.features.appointments.ui.layout import CardSpot
from tcmdesk.features.appointments.ui.words import clock
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardMoves(QObject):
    """Carries cards over the grid of a screen."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._grid = screen.grid
        self._ = screen.context.tr.gettext
        self._grid.drop_requested.connect(self._on_grid_drop_requested)

    def pick_up(self) -> None:
        """M: carry the chosen card to another cell."""
        card = self._screen.sheets.card_in_hand()
        if card is not None and self._screen.sheets.movable(card):
            self.carry(card)

    def carry(self, card: AppointmentCard) -> None:
        """Carry any card of the day; one from the tray begins where its doctor first has room for it."""
        layout = self._grid.board
        placed = layout.placed.get(card.appointment_id)
        if placed is not None:
            cell = layout.cell(placed.column, placed.start)
        else:
            column = layout.first_column_of(card.doctor_id) or 0
            now = max(self._grid.now_minute or 0, 0)
            free = layout.free_from(now, column, minutes=card.minutes) or layout.free_from(now, column)
            cell = free or layout.cell(column, layout.axis.start)
        self._screen.sheets.close()
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grid.set_carry(Carry(card, cell.doctor_id, cell.minute, cell.ahead))

    def put(self, carry: Carry) -> None:
        """Give a card the time it is held at, as if it had been carried there."""
        self._on_grid_drop_requested(carry)

    def _on_grid_drop_requested(self, carry: Carry) -> None:
        """Put down, or say who is in the way; what the keyboard carries is then still carried.

        The row must be as it was when it was picked up: another desk's move meanwhile is not undone by ours.
        """
        card = carry.card
        placed = self._grid.board.placed.get(card.appointment_id)
        home = placed is not None and self._grid.board.cell(placed.column, placed.start) == carry.cell
        refusal = "" if home else self._why_not(carry)
        if not refusal or carry.by_mouse:
            self._grid.set_carry(None)
        if refusal:
            self._screen.context.messages.post(Message(refusal, "warn", key="board"))
        elif not home:
            self._screen.want(CardSpot(card.appointment_id))
            starts_at = self._grid.board.instant(carry.cell)
            self._screen.work.move(card, carry.doctor_id, starts_at)

    def _why_not(self, carry: Carry) -> str:
        layout = self._grid.board
        if not self._grid.bookable(carry.cell):
            return self._("{time} is over. Choose a later cell").format(time=clock(carry.minute))
        column = layout.column_of(carry.doctor_id, carry.ahead)
        taken = layout.busy(column or 0, carry.minute, carry.end, but=carry.card.appointment_id)
        if not taken:
            return ""
        said = self._("{time} is taken by {name}. Choose another cell")
        return said.format(time=clock(taken[0].start % 1440), name=taken[0].card.patient_name)
