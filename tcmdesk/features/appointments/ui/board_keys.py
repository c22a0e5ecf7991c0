"""The board's keys, and which of them the status bar shows for what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from tcmdesk.features.appointments.types import BOOK, COMPLETE, Status
from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.ui.shortcuts import KeyHint

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


class BoardKeys(QObject):
    """Registers the shortcuts of a board. Plain letters do nothing while a text field has the focus."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        _ = self._ = screen.context.tr.gettext
        add, allowed = screen.context.shortcuts.add, screen.context.allowed
        if allowed(BOOK):
            add(screen, "N", _("New booking"), screen.aim.new_booking, rank=20)
            add(screen, "M", _("Reschedule"), screen.moves.pick_up, rank=30)
            add(screen, "O", _("Confirm"), lambda: self._set_status(Status.CONFIRMED), rank=32)
            add(screen, "X", _("Cancel"), self._cancel, rank=34)
            add(screen, "Del", _("Cancel"), self._cancel, rank=35, listed=False)
            add(screen, "R", _("Resolve clash"), screen.sheets.resolve_next, rank=36)
        if allowed(COMPLETE):
            add(screen, "D", _("Complete"), lambda: self._set_status(Status.COMPLETED), rank=33)
        add(screen, "T", _("Today"), screen.go_today, rank=40)
        add(screen, "[", _("Previous day"), lambda: screen.step_day(-1), rank=41)
        add(screen, "]", _("Next day"), lambda: screen.step_day(1), rank=42)
        add(screen, "V", _("Cancelled ones"), screen.agenda.cancelled.toggle, rank=50)
        add(screen, "Z", _("Reopen what was put aside"), screen.sheets.take_up, rank=46)
        add(screen, "Ctrl+K", _("Find"), self._find, rank=45)
        own = Qt.ShortcutContext.WidgetShortcut
        add(screen.grid, "PgUp", _("Previous day"), lambda: screen.step_day(-1), rank=43, context=own)
        add(screen.grid, "PgDown", _("Next day"), lambda: screen.step_day(1), rank=44, context=own)

    def hints(self) -> list[KeyHint]:
        """What works now, most used first."""
        _, screen = self._, self._screen
        if screen.grid.carry is not None:
            return [
                KeyHint("↑ ↓ ← →", _("Choose the new cell")),
                KeyHint("⏎", _("Put down")),
                KeyHint("[ ]", _("Another day")),
                KeyHint("Esc", _("Leave it where it was")),
            ]
        if screen.sheets.open_sheet is not None:
            return screen.sheets.open_sheet.hints()
        may = screen.context.allowed(BOOK)
        hints = [KeyHint("↑ ↓ ← →", _("Move about"))]
        card = screen.sheets.card_in_hand()
        if card is None and isinstance(screen.grid.spot, CellSpot):
            hints += [KeyHint("⏎", _("Book"))] if may else []
        elif card is not None:
            hints.append(KeyHint("⏎", _("Open")))
            if may and card.status is Status.PENDING:
                hints.append(KeyHint("O", _("Confirm")))
            if card.status is Status.CONFIRMED and screen.context.allowed(COMPLETE):
                hints.append(KeyHint("D", _("Complete")))
            if may and screen.sheets.movable(card):
                hints += [KeyHint("M", _("Reschedule")), KeyHint("X", _("Cancel"))]
        hints += [KeyHint("N", _("New booking"))] if may else []
        if screen.sheets.aside_count:
            hints.append(KeyHint("Z", _("Reopen")))
        if may and screen.grid.board is not None and screen.grid.board.frames:
            hints.append(KeyHint("R", _("Resolve clash")))
        return [
            *hints,
            KeyHint("[ ]", _("Another day")),
            KeyHint("T", _("Today")),
            KeyHint("Ctrl K", _("Find")),
            KeyHint("F6", _("Next pane")),
        ]

    def _set_status(self, status: Status) -> None:
        card = self._screen.sheets.card_in_hand()
        if card is not None:
            self._screen.sheets.set_status(card, status)

    def _cancel(self) -> None:
        card = self._screen.sheets.card_in_hand()
        if card is not None:
            self._screen.sheets.ask_cancel(card)

    def _find(self) -> None:
        if self._screen.bar.search.isVisible():
            self._screen.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._screen.bar.search.selectAll()
