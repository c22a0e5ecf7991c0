"""The schedule: a day of all doctors, a doctor's week or a month, from which everything about appointments is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import BOOK, Span
from tcmdesk.features.appointments.ui.agenda import agenda_of
from tcmdesk.features.appointments.ui.board_aim import BoardAim
from tcmdesk.features.appointments.ui.board_aside import BoardAside
from tcmdesk.features.appointments.ui.board_bar import BoardBar
from tcmdesk.features.appointments.ui.board_days import BoardDays
from tcmdesk.features.appointments.ui.board_events import BoardEvents
from tcmdesk.features.appointments.ui.board_grid import BoardGrid
from tcmdesk.features.appointments.ui.board_holds import TABLE, BoardHolds
from tcmdesk.features.appointments.ui.board_keys import BoardKeys
from tcmdesk.features.appointments.ui.board_links import BoardLinks
from tcmdesk.features.appointments.ui.board_moves import BoardMoves
from tcmdesk.features.appointments.ui.board_pins import BoardPins
from tcmdesk.features.appointments.ui.board_sheets import BoardSheets
from tcmdesk.features.appointments.ui.board_status import status_items
from tcmdesk.features.appointments.ui.board_views import BoardViews
from tcmdesk.features.appointments.ui.board_visits import BoardVisits
from tcmdesk.features.appointments.ui.board_work import BoardWork
from tcmdesk.features.appointments.ui.layout import CardSpot, Spot, minute_of
from tcmdesk.features.appointments.ui.month_view import MonthView
from tcmdesk.features.appointments.ui.warm_up import WarmUp
from tcmdesk.ui.components.states import LoadingState, StateStack
from tcmdesk.ui.screen import Screen

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent

    from tcmdesk.features.appointments.ui.agenda_panel import AgendaPanel
    from tcmdesk.features.appointments.ui.day_source import DaySource
    from tcmdesk.ui.components.status_bar import StatusItem
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint

TICK_MS: Final = 15_000
"""How often the time line is moved."""

COLUMN_TABLES: Final = frozenset(
    {"users", "doctors", "departments", "system_configs", "desk_hours", "desk_exceptions", "desk_resources"}
)
OWN_TABLES: Final = frozenset({"desk_saved_views", "desk_board_pins"})


class DayBoardScreen(Screen):
    """Top bar; grid or month; what must be looked at beside it; the sheets."""

    refresh_on = (
        frozenset({"appointments", "desk_appointments", "desk_visits", "desk_holds", "patient_profiles"})
        | COLUMN_TABLES
        | OWN_TABLES
    )

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._first_look = True
        self._warm_up = WarmUp(self)
        self.work = BoardWork(context, self)
        self.bar = BoardBar(context, self)
        self.grid = BoardGrid(context.tr, self)
        self.grid.may_carry = context.allowed(BOOK)
        self.stack = StateStack(self.grid, self)
        self.month = MonthView(context, self)
        self._places = QStackedWidget(self)
        self._places.addWidget(self.stack)
        self._places.addWidget(self.month)
        self.aside = BoardAside(self)
        self.days = BoardDays(self)
        self.pins = BoardPins(self)
        self.holds = BoardHolds(self)
        self._lay_out()
        self.sheets = BoardSheets(self)
        self.moves = BoardMoves(self)
        self.aim = BoardAim(self)
        self.views = BoardViews(self)
        self.visits = BoardVisits(self)
        self.links = BoardLinks(self)
        self.keys = BoardKeys(self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        self.events = BoardEvents(self)
        self.setFocusProxy(self.grid)
        self.bar.show_place(self.days.view, self.day, self.day)
        self.start_theming()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._places, 1)
        middle.addWidget(self.pins.strip)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    @property
    def agenda(self) -> AgendaPanel:
        return self.aside.agenda

    @property
    def source(self) -> DaySource:
        return self.days.source

    # days

    @property
    def day(self) -> dt.date:
        """The day that is shown, or that the shown week or month is about."""
        return self.days.day

    def today(self) -> dt.date:
        return self.days.today()

    def activate(self) -> None:
        super().activate()
        self._tick.start()
        self.views.load()
        self.pins.load()
        self.days.show()

    def deactivate(self) -> None:
        super().deactivate()
        self._tick.stop()
        self._warm_up.stop()

    def open(self, **params: object) -> None:
        """See `BoardLinks.follow` for what a link may ask."""
        self.links.follow(params)

    def show_day(self, day: dt.date) -> None:
        """Show a day: at once as it was last seen, and then as it is."""
        self.days.show(day=day)

    def step_day(self, by: int) -> None:
        self.days.step(by)

    def go_today(self) -> None:
        self.days.show(day=self.today())
        self.grid.scroll_to_present()

    def show_place(self, *, month: bool) -> None:
        """The month, or the grid, keeping the keyboard in the middle if it is there."""
        place = self.month if month else self.stack
        before = self._places.currentWidget()
        if before is not place:
            had = before.hasFocus() or before.isAncestorOf(self.focusWidget() or self)
            self._places.setCurrentWidget(place)
            self.setFocusProxy(self.month if month else self.grid)
            if had and self.sheets.open_sheet is None:
                self.focusProxy().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, tables: frozenset[str]) -> None:
        if tables & COLUMN_TABLES:
            self.source.forget_doctors()
        if "desk_saved_views" in tables:
            self.views.load()
        if tables - {"desk_saved_views"}:
            self.pins.refresh(tables)
        if TABLE in tables:
            self.holds.load()
        if tables - OWN_TABLES:
            self.days.load()
            self.aside.refresh()

    def connection_changed(self, connected: bool) -> None:
        if connected and self.active:
            self.days.load()

    def loaded(self) -> None:
        """What is shown has been read anew."""
        if self._first_look:
            self._first_look = False
            self._warm_up.start()
        self.sheets.refreshed()

    def tell_time(self) -> None:
        """Say what of the shown day or week must be looked at now."""
        layout = self.grid.board
        if layout is not None:
            minute = minute_of(self.context.clock.now(), layout.day, layout.zone)
            self.aside.show_layout(layout, agenda_of(layout, minute))

    def _on_tick_timeout(self) -> None:
        if self.grid.board is not None:
            self.grid.set_now(self.context.clock.now())
            self.holds.tick()
            self.tell_time()
            self.bar.show_place(self.days.view, self.day, self.today())

    # cards

    def open_card(self, appointment_id: str) -> None:
        card = self.grid.board.cards.get(appointment_id) if self.grid.board else None
        if card is not None:
            self.sheets.open(card)

    def want(self, spot: Spot) -> None:
        """Choose this as soon as a loaded day has it."""
        self.days.want(spot)

    def booked(self, appointment_id: str, starts_at: dt.datetime, doctor_id: str = "") -> None:
        """A booking holds: show it, on its day."""
        self.days.want(CardSpot(appointment_id))
        day = starts_at.astimezone(self.context.zone).date()
        if day not in self.days.scope.days or self.days.view.span is Span.MONTH:
            self.days.reach(doctor_id or self.days.view.doctor_id, day)
        else:
            self.days.load()

    # the window asks

    def message_place(self) -> QWidget:
        return self.bar.room

    def key_hints(self) -> list[KeyHint]:
        return self.keys.hints()

    def status_items(self) -> list[StatusItem]:
        return status_items(self)

    def panes(self) -> list[QWidget]:
        side = self.sheets.open_sheet or self.aside
        return [self.bar, self.focusProxy(), *([self.pins.strip] if self.pins.ids else []), side]

    @property
    def at_rest(self) -> bool:
        if self.source.loading or self.month.source.loading:
            return False
        # nothing came yet: neither a board nor a state that says why there is none
        waiting = self.stack.shows_content or isinstance(self.stack.currentWidget(), LoadingState)
        first = self.days.view.span is not Span.MONTH and self.grid.board is None and waiting
        return self.grid.painted and not first

    def can_close(self) -> bool:
        return not self.sheets.dirty

    def event(self, event: QEvent) -> bool:
        """A function key with a view is the board's before it is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and self.views.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.views.takes(event):
            self.views.press(event)
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.sheets.open_sheet is not None:
            self.sheets.leave()
        elif not self.pins.let_go():
            super().keyPressEvent(event)
