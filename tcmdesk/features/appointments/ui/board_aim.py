"""Where a booking begins: the cell that is chosen, or the next one that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.features.appointments.types import BOOK, EXTRA
from tcmdesk.features.appointments.ui.layout import CellSpot, Spot
from tcmdesk.features.appointments.ui.words import clock
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardAim(QObject):
    """Turns a cell of a screen's grid into a doctor and a time for the booking panel."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._ = screen.context.tr.gettext

    def book_at(self, spot: CellSpot) -> None:
        """Begin a booking in a cell, or aim the open one at it."""
        screen = self._screen
        if not screen.context.allowed(BOOK) or screen.grid.board is None:
            return
        if not screen.grid.bookable(spot):
            self._say(self._("{time} is over. Choose a later cell").format(time=clock(spot.minute)))
            return
        column = screen.grid.board.column_of(spot.doctor_id, spot.ahead)
        if column is not None:
            doctor = screen.grid.board.doctors[column]
            screen.sheets.book(doctor, screen.grid.board.instant(spot))

    def enter_cell(self, spot: CellSpot) -> None:
        """Enter on a cell: put down what is pinned, else begin a booking."""
        if self._screen.sheets.open_sheet is not None or not self._screen.pins.put_down(spot):
            self.book_at(spot)

    def extra_slot(self) -> None:
        """E: a booking beyond what is free, where the keyboard is."""
        screen, grid = self._screen, self._screen.grid
        place = grid.board.interval(grid.spot) if grid.board is not None and grid.spot is not None else None
        if place is None or not screen.context.allowed(EXTRA):
            return
        column, start, _end = place
        self.book_at(grid.board.cell(column, max(start, 0)))
        screen.sheets.booking.extra.offer()

    def new_booking(self) -> None:
        """Book in the chosen cell when it is free, else in the first free one from now on."""
        grid = self._screen.grid
        if grid.board is None:
            return
        spot = grid.spot
        if not (isinstance(spot, CellSpot) and grid.bookable(spot)):
            spot = self._first_free(spot)
        if spot is None:
            self._say(self._("No free cell is left on this day. ] goes to the next one"))
            return
        grid.set_spot(spot)
        self.book_at(spot)

    def _first_free(self, beside: Spot | None) -> CellSpot | None:
        """In the column of a spot, failing that in any."""
        grid = self._screen.grid
        place = grid.board.interval(beside) if beside is not None else None
        now = max(grid.now_minute or 0, 0)
        own = grid.board.free_from(now, place[0]) if place else None
        return own or grid.board.free_from(now)

    def _say(self, text: str) -> None:
        self._screen.context.messages.post(Message(text, "warn", key="board"))
