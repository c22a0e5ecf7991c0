"""What stands at the right of the board: the waiting room or what is to do, a week's figures, a month's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.types import Span
from tcmdesk.features.appointments.ui.agenda_panel import AgendaPanel
from tcmdesk.features.appointments.ui.month_panel import MonthPanel
from tcmdesk.features.appointments.ui.week_panel import WeekPanel
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tcmdesk.features.appointments.ui.agenda import Line
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.layout import BoardLayout
    from tcmdesk.features.appointments.ui.month_view import MonthView


class BoardAside(Themed, QWidget):
    """Holds the panels, one in front. `opening_chosen` brings an `Opening`, `card_requested` an appointment's id."""

    opening_chosen = Signal(object)
    card_requested = Signal(str)

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        context, _ = screen.context, screen.context.tr.gettext
        self._span, self._day = Span.DAY, dt.date.min
        self._covered = 0
        self._prefers_todo = False
        self.agenda = AgendaPanel(context.tr, self)
        self.week = WeekPanel(context, self)
        self.month = MonthPanel(context, self)
        self.waiting: Any = self._made("waiting_room")
        self.fits: Any = self._made("waitlist_fits")
        self._room = QWidget(self)
        self._stack = QStackedWidget(self)
        self._to_do = Button(
            "0", icon="inbox", kind="tool", size="small", key="S", name=_("To do"), parent=self
        )
        self._back = Button(
            "", icon="armchair", kind="tool", size="small", key="S", name=_("Waiting room"), parent=self
        )
        for button in (self._to_do, self._back):
            button.clicked.connect(self.switch)
        self._lay_out()
        self.week.opening_chosen.connect(self.opening_chosen)
        self.week.card_chosen.connect(self.card_requested)
        if self.waiting is not None:
            self.waiting.card_requested.connect(self.card_requested)
            self.waiting.changed.connect(screen.hints_changed)
            # queued: the list has its new rows by then
            self.waiting.changed.connect(self._share_room, Qt.ConnectionType.QueuedConnection)
        self.start_theming()
        self._arrange()

    def _made(self, name: str) -> Any:
        try:
            return panel(name)(self._screen.context, self)
        except LookupError:
            return None

    def _lay_out(self) -> None:
        room = QVBoxLayout(self._room)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(0)
        if self.waiting is not None:
            room.addWidget(self.waiting, 1)
        if self.fits is not None:
            room.addWidget(self.fits)
        for place in (self._room, self.agenda, self.week, self.month):
            self._stack.addWidget(place)
        self.agenda.head.add_control(self._back)
        if self.waiting is not None:
            self.waiting.head.add_control(self._to_do)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)

    def apply_theme(self) -> None:
        self._arrange()

    @property
    def has_waiting_room(self) -> bool:
        return self.waiting is not None

    @property
    def _today(self) -> bool:
        context = self._screen.context
        return self._day == context.clock.now().astimezone(context.zone).date()

    def turn(self, span: Span, day: dt.date) -> None:
        """Another day or span is shown."""
        self._span, self._day = span, day
        if self.waiting is not None and span is Span.DAY and self._today:
            self.waiting.show_day(day)
        if self.fits is not None and span is Span.DAY:
            self.fits.show_day(day)
        self._arrange()

    def _share_room(self) -> None:
        """Who waits and who is in which room comes first; the waitlist has what is left, or nothing."""
        if self.fits is None or self.waiting is None:
            return
        rows = self.waiting.list
        wanted = sum(rows.sizeHintForRow(row) for row in range(rows.model().rowCount()))
        left = self.height() - current().height("column_head") - wanted
        self.fits.setMaximumHeight(left if left >= self.fits.minimumSizeHint().height() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def refresh(self) -> None:
        """Rows changed. The panels of other features look by themselves."""

    def switch(self) -> None:
        """S: the waiting room, or what is to do."""
        self._prefers_todo = not self._prefers_todo
        self._arrange()
        if self._prefers_todo and self.agenda.list.isVisible():
            self.agenda.list.setFocus()

    def show_layout(self, layout: BoardLayout, lines: tuple[Line, ...]) -> None:
        """The grid has been filled."""
        self.agenda.show_day(layout, lines)
        if layout.is_week:
            self.week.show_week(layout)
        self._to_do.setText(str(self.agenda.urgent))

    def show_month(self, view: MonthView) -> None:
        """Another day of the month is chosen, or the month has been read."""
        self.month.show_month(view)

    def set_covered(self, width: int) -> None:
        """A sheet of this width lies over it; 0 for none."""
        self._covered = width
        self._arrange()

    def _arrange(self) -> None:
        has_room = self.waiting is not None and self._span is Span.DAY and self._today
        if self._span is Span.WEEK:
            front: QWidget = self.week
        elif self._span is Span.MONTH:
            front = self.month
        else:
            front = self._room if has_room and not self._prefers_todo else self.agenda
        self._stack.setCurrentWidget(front)
        self._stack.setVisible(not self._covered)
        self._back.setVisible(has_room)
        wide = current().width("waiting") if front is self._room else front.minimumWidth()
        self.setFixedWidth(self._covered or wide)
