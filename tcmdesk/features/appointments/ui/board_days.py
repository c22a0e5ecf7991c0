"""Which days the board shows, of whom and how: a day of everybody, a doctor's week, a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.actor import Staff
from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.appointments.types import BoardView, Span
from tcmdesk.features.appointments.ui.day_source import DayData, DaySource, Scope
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot, Spot, minute_of
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import DoctorColumn
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardDays(QObject):
    """Loads and shows what is asked for: at once as it was last seen, and then as it is.

    `turned` says that another day, week, month, doctor or view is shown, `shown` that the grid has been filled.
    """

    turned = Signal()
    shown = Signal()

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._ = screen.context.tr.gettext
        self.view = BoardView()
        self.day = self.today()
        self.source = DaySource(screen.context, self)
        self._wanted: Spot | None = None
        self._whose = ("", "")
        self._data: DayData | None = None
        self.source.loaded.connect(self._on_source_loaded)
        self.source.failed.connect(self._on_source_failed)

    def today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    @property
    def scope(self) -> Scope:
        """What the grid shows, or shows again when the month is left."""
        if self.view.span is Span.WEEK:
            return Scope.week(self.day, self.view.doctor_id)
        return Scope(self.day)

    @property
    def everybody(self) -> tuple[DoctorColumn, ...]:
        """Every doctor of the clinic, as far as it is known yet."""
        return self._data.everybody[0] if self._data else ()

    # where to

    def show(self, view: BoardView | None = None, day: dt.date | None = None) -> None:
        """Show a view, a day, or both; what is chosen on the grid comes along as far as it can."""
        before = self.view
        asked = view or before
        if asked.span is Span.WEEK and not asked.doctor_id:
            asked = replace(asked, doctor_id=self._likely_doctor())
        if asked.span is not before.span and view is not None:
            asked = self._whose_of(before, asked)
        if day is None and before.span is not asked.span:
            day = self.chosen_day()
        self.day = day or self.day
        self.view = asked
        self._screen.show_place(month=asked.span is Span.MONTH)
        self.turned.emit()
        if asked.span is Span.MONTH:
            self.source.stop()
            self._screen.month.show_month(self.day, asked)
            return
        self._keep_spot(before)
        self.load(at_once=True)

    def _whose_of(self, before: BoardView, asked: BoardView) -> BoardView:
        """A week is one doctor's; whom the day showed before is shown again after it."""
        if asked.span is Span.WEEK:
            self._whose = (before.doctor_id, before.department)
        elif before.span is Span.WEEK and asked.doctor_id == before.doctor_id:
            doctor_id, department = self._whose
            return replace(asked, doctor_id=doctor_id, department=department)
        return asked

    def step(self, by: int) -> None:
        """Some days, weeks or months on."""
        if self.view.span is Span.MONTH:
            self.show(day=_month_on(self.day, by))
            return
        self.show(day=self.day + dt.timedelta(days=by * (7 if self.view.span is Span.WEEK else 1)))

    def reach(self, doctor_id: str, day: dt.date) -> None:
        """Make sure that a doctor's column of a day is shown."""
        view = self.view
        if view.span is Span.MONTH:
            view = replace(view, span=Span.DAY)
        if view.span is Span.WEEK:
            view = replace(view, doctor_id=doctor_id)
        elif self._hides(doctor_id):
            view = replace(view, doctor_id="", department="")
        if view.span is Span.WEEK and Scope.week(day, doctor_id) == self.scope and view == self.view:
            return
        if view != self.view or day != self.day:
            self.show(view, day)

    def load(self, *, at_once: bool = False) -> None:
        """Read again what is shown; `at_once` shows meanwhile what was last seen of it."""
        if self.view.span is Span.MONTH:
            self._screen.month.reload()
            return
        scope, stack = self.scope, self._screen.stack
        cached = self.source.cached(scope) if at_once else None
        if cached is not None:
            self._show(cached)
        elif at_once and not (stack.shows_content and self._data is not None and self._data.scope == scope):
            stack.show_loading(LoadingState(self._("The schedule is loading"), parent=stack))
        self.source.load(scope)

    def want(self, spot: Spot) -> None:
        """Choose this as soon as what is loaded has it."""
        self._wanted = spot

    @property
    def wants(self) -> bool:
        return self._wanted is not None

    def _likely_doctor(self) -> str:
        board, spot = self._screen.grid.board, self._screen.grid.spot
        place = board.interval(spot) if board and spot else None
        if place is not None:
            return board.doctors[place[0]].doctor_id
        actor = self._context.actor
        own = actor.doctor_id if isinstance(actor, Staff) else None
        return own or next((doctor.doctor_id for doctor in self.everybody), "")

    def chosen_day(self) -> dt.date:
        """The day of what is chosen, in the month or on the grid."""
        if self.view.span is Span.MONTH:
            return self._screen.month.chosen or self.day
        board, spot = self._screen.grid.board, self._screen.grid.spot
        place = board.interval(spot) if board and spot else None
        return board.days[place[0]] if place is not None else self.day

    def _keep_spot(self, before: BoardView) -> None:
        """A cell goes along to the same time of another span's or doctor's column."""
        grid, spot = self._screen.grid, self._screen.grid.spot
        if not isinstance(spot, CellSpot):
            return
        week = self.view.span is Span.WEEK
        if week:
            ahead = spot.ahead if before.span is Span.WEEK else self.day.weekday()
            grid.spot = CellSpot(self.view.doctor_id, spot.minute, ahead)
        elif before.span is Span.WEEK:
            grid.spot = CellSpot(spot.doctor_id, spot.minute)

    def _hides(self, doctor_id: str) -> bool:
        data = self._data
        if data is None or not (self.view.doctor_id or self.view.department):
            return False
        return all(doctor.doctor_id != doctor_id for doctor in self._narrowed(data).doctors)

    def _narrowed(self, data: DayData) -> DayData:
        return data.narrowed(self.view.doctor_id, self.view.department)

    # what comes back

    def _on_source_loaded(self, data: DayData) -> None:
        self._show(data)
        self._screen.loaded()

    def _on_source_failed(self, scope: Scope, error: BaseException) -> None:
        stack = self._screen.stack
        retry = self.load
        if self._data is not None and self._data.scope == scope and stack.shows_content:
            # What is on screen stays readable; the window says that the database is away.
            if self._context.changes.connected:
                self._context.messages.show_error(error, retry=retry)
            return
        if not isinstance(error, TranslatableError):
            self._context.messages.show_error(error)
        reason = error.text(self._context.tr) if isinstance(error, TranslatableError) else ""
        again = Action(self._("Try again"), lambda: self.load(at_once=True))
        title = self._("The schedule could not be read")
        stack.show_state(ErrorState(title, reason, retry=again, parent=stack))

    def show_again(self) -> None:
        """Lay out anew what was read last: other columns or cards of it are wanted."""
        if self._data is not None and self.view.span is not Span.MONTH:
            self._show(self._data)

    def _show(self, data: DayData) -> None:
        screen, stack = self._screen, self._screen.stack
        self._data = data
        if not data.everybody[0]:
            hint = self._("An administrator adds them to the clinic")
            stack.show_state(EmptyState("users", self._("No doctors yet"), hint, parent=stack))
            return
        if not data.doctors:
            # the doctor of a saved view has left the clinic
            self.show(replace(self.view, doctor_id=data.everybody[0][0].doctor_id))
            return
        shown = self._narrowed(data)
        zone, cancelled = self._context.zone, self.view.cancelled
        layout = BoardLayout(shown.board, shown.doctors, zone, days=shown.days, show_cancelled=cancelled)
        now, grid = self._context.clock.now(), screen.grid
        other = grid.board is None or grid.board.days != layout.days
        stack.show_content()
        grid.show_board(layout, now)
        if other:
            grid.scroll_to_present()
        if self._wanted is not None and layout.interval(self._wanted) is not None:
            grid.set_spot(self._wanted)
            self._wanted = None
        elif grid.spot is None:
            minute = max(minute_of(now, layout.day, layout.zone), 0)
            grid.set_spot(layout.free_from(minute), scroll=False)
        self.shown.emit()

    def show_card(self, appointment_id: str) -> None:
        """Choose a card, now or as soon as it is loaded."""
        board = self._screen.grid.board
        if board is not None and appointment_id in board.placed:
            self._screen.grid.set_spot(CardSpot(appointment_id))
        else:
            self.want(CardSpot(appointment_id))


def _month_on(day: dt.date, by: int) -> dt.date:
    """The same day of another month, or its last one."""
    months = day.year * 12 + day.month - 1 + by
    first = dt.date(months // 12, months % 12 + 1, 1)
    following = dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))
