"""The day board: one day of all doctors, from which everything about appointments is done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.appointments.types import BOOK
from tcmdesk.features.appointments.ui.agenda import Entry, agenda_of
from tcmdesk.features.appointments.ui.agenda_panel import AgendaPanel
from tcmdesk.features.appointments.ui.board_aim import BoardAim
from tcmdesk.features.appointments.ui.board_bar import BoardBar
from tcmdesk.features.appointments.ui.board_grid import BoardGrid
from tcmdesk.features.appointments.ui.board_keys import BoardKeys
from tcmdesk.features.appointments.ui.board_moves import BoardMoves
from tcmdesk.features.appointments.ui.board_sheets import BoardSheets
from tcmdesk.features.appointments.ui.board_status import status_items
from tcmdesk.features.appointments.ui.board_work import BoardWork
from tcmdesk.features.appointments.ui.day_source import DayData, DaySource
from tcmdesk.features.appointments.ui.layout import (
    BoardLayout,
    CardSpot,
    Spot,
    minute_of,
)
from tcmdesk.features.appointments.ui.warm_up import WarmUp
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack
from tcmdesk.ui.screen import Screen

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.ui.components.status_bar import StatusItem
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint

TICK_MS: Final = 15_000
"""How often the time line is moved."""

COLUMN_TABLES: Final = frozenset({"users", "doctors", "departments", "system_configs"})


class DayBoardScreen(Screen):
    """Top bar, grid, what must be looked at, and the sheets."""

    refresh_on = frozenset({"appointments", "desk_appointments", "patient_profiles"}) | COLUMN_TABLES

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.day = self.today()
        self.show_cancelled = False
        self._wanted: Spot | None = None
        self._first_look = True
        self._warm_up = WarmUp(self)
        self.source = DaySource(context, self)
        self.work = BoardWork(context, self)
        self.bar = BoardBar(context, self)
        self.grid = BoardGrid(context.tr, self)
        self.grid.may_carry = context.allowed(BOOK)
        self.stack = StateStack(self.grid, self)
        self.agenda = AgendaPanel(context.tr, self)
        self._aside = QWidget(self)
        aside = QHBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.addWidget(self.agenda)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        self.sheets = BoardSheets(self)
        self.moves = BoardMoves(self)
        self.aim = BoardAim(self)
        self.keys = BoardKeys(self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        self._wire()
        self.setFocusProxy(self.grid)
        self.bar.show_day(self.day, self.day)
        self.start_theming()

    def _wire(self) -> None:
        self.source.loaded.connect(self._on_source_loaded)
        self.source.failed.connect(self._on_source_failed)
        self.work.done.connect(self._on_work_done)
        self.work.refused.connect(self._on_work_refused)
        self.bar.day_step.connect(self.step_day)
        self.bar.today_requested.connect(self.go_today)
        self.bar.new_requested.connect(self.aim.new_booking)
        self.bar.search.chosen.connect(self.sheets.find)
        self.grid.spot_changed.connect(self._on_grid_spot_changed)
        self.grid.book_requested.connect(self.aim.book_at)
        self.grid.open_requested.connect(self.open_card)
        self.grid.resolve_requested.connect(self.sheets.resolve)
        self.grid.carry_changed.connect(self.hints_changed)
        self.agenda.list.entry_chosen.connect(self._on_agenda_entry_chosen)
        self.agenda.list.entry_opened.connect(self._on_agenda_entry_opened)
        self.agenda.cancelled.toggled.connect(self._on_cancelled_toggled)
        self.sheets.changed.connect(self._on_sheets_changed)

    # days

    def today(self) -> dt.date:
        return self.context.clock.now().astimezone(self.context.zone).date()

    def activate(self) -> None:
        super().activate()
        self._tick.start()
        self.show_day(self.day)

    def deactivate(self) -> None:
        super().deactivate()
        self._tick.stop()
        self._warm_up.stop()

    def open(self, **params: object) -> None:
        """`day` (a date) and `appointment` (an id) come with a link."""
        appointment = params.get("appointment")
        if isinstance(appointment, str):
            self._wanted = CardSpot(appointment)
        day = params.get("day")
        if isinstance(day, dt.date) and (day != self.day or self._wanted):
            self.show_day(day)

    def show_day(self, day: dt.date) -> None:
        """Show a day: at once as it was last seen, and then as it is."""
        self.day = day
        self.bar.show_day(day, self.today())
        cached = self.source.cached(day)
        if cached is not None:
            self._show(cached)
        elif self.grid.board is None or not self.stack.shows_content or self.grid.board.day != day:
            self.stack.show_loading(LoadingState(self._("The schedule is loading"), parent=self.stack))
        self.source.load(day)

    def step_day(self, by: int) -> None:
        self.show_day(self.day + dt.timedelta(days=by))

    def go_today(self) -> None:
        self.show_day(self.today())
        self.grid.scroll_to_present()

    def refresh(self, tables: frozenset[str]) -> None:
        if tables & COLUMN_TABLES:
            self.source.forget_doctors()
        self.source.load(self.day)

    def connection_changed(self, connected: bool) -> None:
        if connected and self.active:
            self.source.load(self.day)

    def _on_source_loaded(self, data: DayData) -> None:
        if self._first_look:
            self._first_look = False
            self._warm_up.start()
        self._show(data)
        self.sheets.refreshed()

    def _on_source_failed(self, day: dt.date, error: BaseException) -> None:
        if self.grid.board is not None and self.grid.board.day == day:
            # What is on screen stays readable; the window says that the database is away.
            if self.context.changes.connected:
                self.context.messages.show_error(error, retry=lambda: self.show_day(day))
            return
        if not isinstance(error, TranslatableError):
            self.context.messages.show_error(error)
        reason = error.text(self.context.tr) if isinstance(error, TranslatableError) else ""
        retry = Action(self._("Try again"), lambda: self.show_day(day))
        title = self._("The schedule could not be read")
        self.stack.show_state(ErrorState(title, reason, retry=retry, parent=self.stack))

    def _show(self, data: DayData) -> None:
        if not data.doctors:
            hint = self._("An administrator adds them to the clinic")
            self.stack.show_state(EmptyState("users", self._("No doctors yet"), hint, parent=self.stack))
            return
        layout = BoardLayout(data.board, data.doctors, self.context.zone, show_cancelled=self.show_cancelled)
        now = self.context.clock.now()
        new_day = self.grid.board is None or self.grid.board.day != layout.day
        self.stack.show_content()
        self.grid.show_board(layout, now)
        if new_day:
            self.grid.scroll_to_present()
        if self._wanted is not None and layout.interval(self._wanted) is not None:
            self.grid.set_spot(self._wanted)
            self._wanted = None
        elif self.grid.spot is None:
            self.grid.set_spot(
                layout.free_from(max(minute_of(now, layout.day, layout.zone), 0)), scroll=False
            )
        self.agenda.show_day(layout, agenda_of(layout, minute_of(now, layout.day, layout.zone)))
        self.hints_changed.emit()

    def _on_tick_timeout(self) -> None:
        if self.grid.board is not None:
            now, layout = self.context.clock.now(), self.grid.board
            self.grid.set_now(now)
            self.agenda.show_day(layout, agenda_of(layout, minute_of(now, layout.day, layout.zone)))
            self.bar.show_day(self.day, self.today())

    def open_card(self, appointment_id: str) -> None:
        card = self.grid.board.cards.get(appointment_id) if self.grid.board else None
        if card is not None:
            self.sheets.open(card)

    # what comes back

    def _on_work_done(self, appointment_id: str) -> None:
        self._wanted = CardSpot(appointment_id)
        if self.agenda.list.hasFocus():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.source.load(self.day)

    def _on_work_refused(self, _appointment_id: str, _error: BaseException) -> None:
        self.source.load(self.day)

    def want(self, spot: Spot) -> None:
        """Choose this as soon as a loaded day has it."""
        self._wanted = spot

    def booked(self, appointment_id: str, starts_at: dt.datetime) -> None:
        """A booking holds: show it, on its day."""
        self._wanted = CardSpot(appointment_id)
        day = starts_at.astimezone(self.context.zone).date()
        if day != self.day:
            self.show_day(day)
        else:
            self.source.load(day)

    def _on_grid_spot_changed(self, spot: Spot | None) -> None:
        self.sheets.follow(spot)
        self.hints_changed.emit()

    def _on_agenda_entry_chosen(self, entry: Entry) -> None:
        if self.grid.board is not None and entry.card.appointment_id in self.grid.board.placed:
            self.grid.set_spot(CardSpot(entry.card.appointment_id))
        self.hints_changed.emit()

    def _on_agenda_entry_opened(self, entry: Entry) -> None:
        if entry.frame is not None:
            self.sheets.resolve(entry.frame)
        else:
            self._on_agenda_entry_chosen(entry)
            self.sheets.open(entry.card)

    def _on_cancelled_toggled(self, shown: bool) -> None:
        self.show_cancelled = shown
        cached = self.source.cached(self.day)
        if cached is not None:
            self._show(cached)

    def _on_sheets_changed(self) -> None:
        covered = self.sheets.open_sheet is not None
        if covered:
            self.grid.set_carry(None)
        self.agenda.setVisible(not covered)
        self._aside.setFixedWidth(self.sheets.width if covered else self.agenda.minimumWidth())
        self.bar.set_covered(self.sheets.width if covered else 0)
        self.grid.set_beside_sheet(covered)
        if not covered:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    # the window asks

    def message_place(self) -> QWidget:
        return self.bar.free

    def key_hints(self) -> list[KeyHint]:
        return self.keys.hints()

    def status_items(self) -> list[StatusItem]:
        return status_items(self)

    def panes(self) -> list[QWidget]:
        side = self.sheets.open_sheet or self.agenda
        return [self.bar, self.grid, side]

    @property
    def at_rest(self) -> bool:
        return self.grid.painted

    def can_close(self) -> bool:
        return not self.sheets.dirty

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sheets.open_sheet is not None:
            self.sheets.leave()
        else:
            super().keyPressEvent(event)
