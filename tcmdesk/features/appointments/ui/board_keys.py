"""The board's keys, and which of them the status bar shows for what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from tcmdesk.features.appointments.types import BOOK, COMPLETE, EXTRA, Span, Status
from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.features.schedules.types import LEAVE
from tcmdesk.ui.shortcuts import KeyHint

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen

ZOOMS: Final = (1.0, 1.25, 1.5, 2.0)


class BoardKeys(QObject):
    """Registers the shortcuts of a board. Plain letters do nothing while a text field has the focus."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        _ = self._ = screen.context.tr.gettext
        add, allowed = screen.context.shortcuts.add, screen.context.allowed
        if allowed(BOOK):
            add(screen, "N", _("New booking"), screen.aim.new_booking, rank=20)
            add(screen, "F", _("Find openings"), screen.sheets.find_openings, rank=21)
            add(screen, "M", _("Reschedule"), screen.moves.pick_up, rank=30)
            add(screen, "P", _("Pin, or the next pinned one"), screen.pins.pin_or_next, rank=31)
            add(screen, "O", _("Confirm"), lambda: self._set_status(Status.CONFIRMED), rank=32)
            add(screen, "X", _("Cancel"), self._cancel, rank=34)
            add(screen, "Del", _("Cancel"), self._cancel, rank=35, listed=False)
            add(screen, "R", _("Resolve clash"), screen.sheets.resolve_next, rank=36)
        if allowed(EXTRA):
            add(screen, "E", _("Extra slot"), screen.aim.extra_slot, rank=37)
        if allowed(LEAVE):
            add(screen, "L", _("Leave"), screen.sheets.leave_sheet, rank=38)
        if allowed(COMPLETE):
            add(screen, "D", _("Complete"), lambda: self._set_status(Status.COMPLETED), rank=33)
        self._add_days()
        add(screen, "Shift+X", _("Cancelled ones"), screen.agenda.cancelled.toggle, rank=50)
        add(screen, "Z", _("Reopen what was put aside"), screen.sheets.take_up, rank=46)
        if screen.aside.has_waiting_room:
            add(screen, "S", _("Waiting room or to do"), screen.aside.switch, rank=51)

    def _add_days(self) -> None:
        screen, _ = self._screen, self._
        add = screen.context.shortcuts.add
        add(screen, "T", _("Today"), screen.go_today, rank=40)
        add(screen, "[", _("One back"), lambda: screen.days.step(-1), rank=41)
        add(screen, "]", _("One on"), lambda: screen.days.step(1), rank=42)
        for place in (screen.grid, screen.month):
            own = Qt.ShortcutContext.WidgetShortcut
            add(place, "PgUp", _("One back"), lambda: screen.days.step(-1), rank=43, context=own)
            add(place, "PgDown", _("One on"), lambda: screen.days.step(1), rank=44, context=own)
        for key, span, word in (
            ("1", Span.DAY, _("Day")),
            ("2", Span.WEEK, _("Week")),
            ("3", Span.MONTH, _("Month")),
        ):
            add(screen, key, word, lambda span=span: self._show_span(span), rank=47)
        add(screen, "G", _("Choose doctors"), screen.bar.choose_whose, rank=48)
        add(screen, "Alt+Up", _("Previous doctor"), lambda: screen.bar.step_whose(-1), rank=49)
        add(screen, "Alt+Down", _("Next doctor"), lambda: screen.bar.step_whose(1), rank=49)
        add(screen, "+", _("Larger"), lambda: self._zoom(1), rank=52)
        add(screen, "-", _("Smaller"), lambda: self._zoom(-1), rank=53)

    def _show_span(self, span: Span) -> None:
        if span is not self._screen.days.view.span:
            self._screen.days.show(replace(self._screen.days.view, span=span))

    def _zoom(self, by: int) -> None:
        view = self._screen.days.view
        at = ZOOMS.index(min(ZOOMS, key=lambda zoom: abs(zoom - view.zoom))) + by
        if 0 <= at < len(ZOOMS):
            self._screen.days.view = replace(view, zoom=ZOOMS[at])
            self._screen.grid.set_zoom(ZOOMS[at])

    def hints(self) -> list[KeyHint]:
        """What works now, most used first."""
        _, screen = self._, self._screen
        if screen.grid.carry is not None:
            return [
                KeyHint("↑ ↓ ← →", _("Choose the new cell")),
                KeyHint("⏎", _("Put down")),
                KeyHint("[ ]", self._another()),
                KeyHint("P", _("Pin")),
                KeyHint("Esc", _("Leave it where it was")),
            ]
        if screen.sheets.open_sheet is not None:
            return screen.sheets.open_sheet.hints()
        hints = [KeyHint("↑ ↓ ← →", _("Move about")), *self._on_what_is_chosen()]
        if screen.context.allowed(BOOK):
            hints += [KeyHint("F", _("Find openings")), KeyHint("N", _("New booking"))]
            if screen.sheets.aside_count:
                hints.append(KeyHint("Z", _("Reopen")))
            if screen.grid.board is not None and screen.grid.board.frames:
                hints.append(KeyHint("R", _("Resolve clash")))
        return [
            *hints,
            KeyHint("[ ]", self._another()),
            KeyHint("T", _("Today")),
            *screen.views.hints(),
            KeyHint("Ctrl F6" if screen.views.takes_f6 else "F6", _("Next pane")),
        ]

    def _another(self) -> str:
        span = self._screen.days.view.span
        if span is Span.DAY:
            return self._("Another day")
        return self._("Another week") if span is Span.WEEK else self._("Another month")

    def _on_what_is_chosen(self) -> list[KeyHint]:
        _, screen = self._, self._screen
        if screen.days.view.span is Span.MONTH:
            return [KeyHint("⏎", _("Open the day"))]
        may = screen.context.allowed(BOOK)
        card = screen.sheets.card_in_hand()
        if card is None:
            if not may or not isinstance(screen.grid.spot, CellSpot):
                return []
            if screen.pins.active is not None:
                return [
                    KeyHint("⏎", _("Put here")), KeyHint("P", _("Next pinned one")), KeyHint("Esc", _("Leave where it was")),
                ]  # fmt: skip
            return [KeyHint("⏎", _("Book"))]
        hints = [KeyHint("⏎", _("Open")), *screen.visits.hints(card)]
        if may and card.status is Status.PENDING:
            hints.append(KeyHint("O", _("Confirm")))
        if (
            screen.visits.actions is None
            and card.status is Status.CONFIRMED
            and screen.context.allowed(COMPLETE)
        ):
            hints.append(KeyHint("D", _("Complete")))
        if may and screen.sheets.movable(card):
            hints += [KeyHint("M", _("Reschedule")), KeyHint("P", _("Pin")), KeyHint("X", _("Cancel"))]
        return hints

    def _set_status(self, status: Status) -> None:
        card = self._screen.sheets.card_in_hand()
        if card is not None:
            self._screen.sheets.set_status(card, status)

    def _cancel(self) -> None:
        card = self._screen.sheets.card_in_hand()
        if card is not None:
            self._screen.sheets.ask_cancel(card)
