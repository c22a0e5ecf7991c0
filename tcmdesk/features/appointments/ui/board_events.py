"""What the parts of the board tell each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from tcmdesk.features.appointments.types import Span
from tcmdesk.features.appointments.ui.layout import CardSpot, Spot

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.ui.agenda import Entry
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardEvents(QObject):
    """Connects the parts of a screen once they are all made."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._wire()

    def _wire(self) -> None:
        self._screen.days.turned.connect(self._on_days_turned)
        self._screen.days.shown.connect(self._on_days_shown)
        self._screen.work.done.connect(self._on_work_done)
        self._screen.work.refused.connect(self._on_work_refused)
        self._screen.bar.stepped.connect(self._screen.days.step)
        self._screen.bar.today_requested.connect(self._screen.go_today)
        self._screen.bar.new_requested.connect(self._screen.aim.new_booking)
        self._screen.bar.find_requested.connect(self._screen.sheets.find_openings)
        self._screen.bar.span_chosen.connect(self._on_bar_span_chosen)
        self._screen.bar.whose_chosen.connect(self._on_bar_whose_chosen)
        self._screen.grid.spot_changed.connect(self._on_grid_spot_changed)
        self._screen.grid.book_requested.connect(self._screen.aim.enter_cell)
        self._screen.grid.open_requested.connect(self._screen.open_card)
        self._screen.grid.resolve_requested.connect(self._screen.sheets.resolve)
        self._screen.grid.carry_changed.connect(self._screen.hints_changed)
        self._screen.month.day_opened.connect(self._on_month_day_opened)
        self._screen.month.chosen_changed.connect(self._on_month_chosen_changed)
        self._screen.agenda.list.entry_chosen.connect(self._on_agenda_entry_chosen)
        self._screen.agenda.list.entry_opened.connect(self._on_agenda_entry_opened)
        self._screen.agenda.cancelled.toggled.connect(self._on_cancelled_toggled)
        self._screen.aside.opening_chosen.connect(self._screen.sheets.book_opening)
        self._screen.aside.card_requested.connect(self._screen.days.show_card)
        self._screen.sheets.changed.connect(self._on_sheets_changed)
        self._screen.pins.changed.connect(self._on_pins_changed)

    def _on_days_turned(self) -> None:
        self._screen.bar.show_place(
            self._screen.days.view, self._screen.day, self._screen.today(), self._screen.days.everybody
        )
        self._screen.grid.set_zoom(self._screen.days.view.zoom)
        self._screen.holds.turn()
        self._screen.aside.turn(self._screen.days.view.span, self._screen.day)
        self._screen.hints_changed.emit()

    def _on_days_shown(self) -> None:
        self._screen.bar.show_doctors(self._screen.days.view, self._screen.days.everybody)
        self._screen.tell_time()
        self._screen.hints_changed.emit()

    def _on_bar_span_chosen(self, span: Span) -> None:
        self._screen.days.show(replace(self._screen.days.view, span=span))
        self._screen.focusProxy().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_bar_whose_chosen(self, doctor_id: str, department: str) -> None:
        self._screen.days.show(replace(self._screen.days.view, doctor_id=doctor_id, department=department))
        self._screen.focusProxy().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_month_day_opened(self, day: dt.date) -> None:
        view = self._screen.days.view
        self._screen.days.show(replace(view, span=Span.WEEK if view.doctor_id else Span.DAY), day)
        self._screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_month_chosen_changed(self) -> None:
        self._screen.aside.show_month(self._screen.month)
        self._screen.hints_changed.emit()

    def _on_work_done(self, appointment_id: str) -> None:
        self._screen.days.want(CardSpot(appointment_id))
        self._screen.pins.moved(appointment_id)
        if self._screen.agenda.list.hasFocus():
            self._screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._screen.days.load()

    def _on_work_refused(self, _appointment_id: str, _error: BaseException) -> None:
        self._screen.days.load()

    def _on_grid_spot_changed(self, spot: Spot | None) -> None:
        self._screen.sheets.follow(spot)
        self._screen.hints_changed.emit()

    def _on_agenda_entry_chosen(self, entry: Entry) -> None:
        if (
            self._screen.grid.board is not None
            and entry.card.appointment_id in self._screen.grid.board.placed
        ):
            self._screen.grid.set_spot(CardSpot(entry.card.appointment_id))
        self._screen.hints_changed.emit()

    def _on_agenda_entry_opened(self, entry: Entry) -> None:
        if entry.frame is not None:
            self._screen.sheets.resolve(entry.frame)
        else:
            self._on_agenda_entry_chosen(entry)
            self._screen.sheets.open(entry.card)

    def _on_cancelled_toggled(self, shown: bool) -> None:
        if shown != self._screen.days.view.cancelled:
            self._screen.days.view = replace(self._screen.days.view, cancelled=shown)
            self._screen.days.show_again()

    def _on_pins_changed(self) -> None:
        self._screen.grid.set_pins(self._screen.pins.ids, self._screen.pins.offer)
        self._screen.hints_changed.emit()

    def _on_sheets_changed(self) -> None:
        covered = self._screen.sheets.open_sheet is not None
        if covered:
            self._screen.grid.set_carry(None)
        self._screen.aside.set_covered(self._screen.sheets.width if covered else 0)
        self._screen.bar.set_covered(self._screen.sheets.width if covered else 0)
        self._screen.pins.strip.set_covered(covered)
        self._screen.grid.set_beside_sheet(covered)
        if not covered:
            self._screen.focusProxy().setFocus(Qt.FocusReason.OtherFocusReason)
        self._screen.hints_changed.emit()
