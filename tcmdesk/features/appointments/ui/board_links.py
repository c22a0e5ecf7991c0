"""What links and commands of the palette ask of the board."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from tcmdesk.features.appointments.ui.board_visits import ARRIVAL
from tcmdesk.features.appointments.ui.layout import CardSpot
from tcmdesk.features.patients.types import PatientMatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardLinks(QObject):
    """`follow` takes `day` (a date), `appointment` (an id), `patient` (who of the day is shown, or booked; with
    `do="arrival"` who has come),
    `book_for` (a new booking with that person) and `do` (one of `ACTIONS`). What needs the day waits for it.
    """

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._waiting: list[Callable[[], None]] = []
        self.actions: Final[Mapping[str, Callable[[], object]]] = {
            "new_booking": screen.aim.new_booking,
            "find_openings": screen.sheets.find_openings,
            "walk_in": screen.visits.walk_in,
            "call_display": screen.visits.show_display,
            "leave": screen.sheets.leave_sheet,
        }
        screen.days.shown.connect(self._on_days_shown)

    def follow(self, params: Mapping[str, object]) -> None:
        """Do what a link asks; what is not known is left alone."""
        screen = self._screen
        appointment, day = params.get("appointment"), params.get("day")
        if isinstance(appointment, str):
            screen.days.want(CardSpot(appointment))
        if isinstance(day, dt.date) and (day != screen.day or isinstance(appointment, str)):
            screen.days.show(day=day)
        elif isinstance(appointment, str):
            screen.days.load()
        patient, book_for, do = params.get("patient"), params.get("book_for"), params.get("do")
        if isinstance(patient, PatientMatch):
            show = screen.visits.arrive_of if do == ARRIVAL else screen.sheets.find
            self._when_shown(lambda: show(patient))
        if isinstance(book_for, PatientMatch):
            self._when_shown(lambda: self._book_for(book_for))
        if isinstance(do, str) and do in self.actions:
            self._when_shown(lambda: (self.actions[do](), None)[1])

    def _book_for(self, match: PatientMatch) -> None:
        self._screen.aim.new_booking()
        self._screen.sheets.prefill(match)

    def _when_shown(self, run: Callable[[], None]) -> None:
        if self._screen.grid.board is not None:
            run()
        else:
            self._waiting.append(run)

    def _on_days_shown(self) -> None:
        waiting, self._waiting = self._waiting, []
        for run in waiting:
            run()
