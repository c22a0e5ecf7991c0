"""The waitlist: who waits, who has an offer, what came of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.waitlist.types import SETTINGS, WRITE, Entry, EntryStatus, Waitlist
from tcmdesk.features.waitlist.ui.entry_panel import EntryPanel
from tcmdesk.features.waitlist.ui.list_columns import EntryWords
from tcmdesk.features.waitlist.ui.list_keys import ListKeys
from tcmdesk.features.waitlist.ui.list_sheets import ListSheets
from tcmdesk.features.waitlist.ui.list_source import ListSource, Times
from tcmdesk.features.waitlist.ui.waitlist_work import WaitlistWork
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack
from tcmdesk.ui.components.status_bar import StatusItem
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.row_model import RowTableModel
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint

TICK_MS: Final = 5_000


class WaitlistScreen(Screen):
    """A table and the chosen one beside it; keys act on who is chosen."""

    refresh_on = frozenset(
        {
            "desk_waitlist",
            "desk_waitlist_offers",
            "desk_holds",
            "appointments",
            "users",
            "patient_profiles",
            "doctors",
        }
    )

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        _ = self._
        self._server_ahead = dt.timedelta()
        self._wanted: str | None = None
        self._loaded = False
        self.source = ListSource(context, self)
        self.work = WaitlistWork(context, self)
        self.bar = TopBar(parent=self)
        self.which = SegmentedControl(
            [(False, _("On the list")), (True, _("Ended"))], name=_("Which entries"), parent=self
        )
        self.new = Button(_("Add to waitlist"), icon="plus", key="N", parent=self)
        self.new.setVisible(context.allowed(WRITE))
        self.bar.left.addWidget(Text(_("Waitlist"), "title", parent=self))
        self.bar.left.addSpacing(current().px(12))
        self.bar.left.addWidget(self.which)
        self.rules = Button(icon="settings", kind="tool", key="U", name=_("Rules for offers"), parent=self)
        self.rules.setVisible(context.allowed(SETTINGS))
        self.bar.right.addWidget(self.rules)
        self.bar.right.addWidget(self.new)
        self.rows: RowTableModel[Entry] = RowTableModel(
            EntryWords(context, self.server_now).columns(), lambda entry: entry.entry_id, self
        )
        self.table = Table(self.rows, name=_("Waitlist"), parent=self)
        self.stack = StateStack(self.table, self)
        self.panel = EntryPanel(context, self)
        self.sheets = ListSheets(self)
        self._lay_out()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        self._wire()
        self.keys = ListKeys(self)
        self.setFocusProxy(self.table)
        self.set_title(_("Waitlist"))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    def _wire(self) -> None:
        self.source.found.connect(self._on_source_found)
        self.source.failed.connect(self._on_source_failed)
        self.source.times_found.connect(self._on_source_times_found)
        self.which.value_changed.connect(lambda _value: self.load())
        self.new.clicked.connect(self.sheets.add)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)
        self.rules.clicked.connect(self.sheets.open_rules)
        self.sheets.closed.connect(self._on_sheets_closed)
        self.sheets.saved.connect(self._on_sheets_saved)
        self.sheets.changed.connect(self.hints_changed)
        self.work.done.connect(self._on_work_done)
        self.work.refused.connect(lambda _entry, _error: self.load())

    # showing

    def activate(self) -> None:
        super().activate()
        self._tick.start()
        if not self._loaded:
            self.stack.show_loading(LoadingState(self._("Loading the waitlist"), row_height=34))
        self.load()

    def deactivate(self) -> None:
        super().deactivate()
        self._tick.stop()

    def open(self, **params: object) -> None:
        """`entry` is the id to choose; `do="add"` opens the form."""
        entry = params.get("entry")
        if isinstance(entry, str):
            self.which.set_value(False)
            self._wanted = entry
            self.load()
        if params.get("do") == "add":
            self.sheets.add()

    def refresh(self, tables: frozenset[str]) -> None:  # noqa: ARG002  (one read for all of them)
        self.load()

    def load(self) -> None:
        """Read the list again."""
        self.source.ask(ended=self.which.value)

    def server_now(self) -> dt.datetime:
        """The server's clock, as far as it was ahead when the list was read."""
        return self.context.clock.now() + self._server_ahead

    @property
    def at_rest(self) -> bool:
        return self._loaded and not self.source.loading

    @property
    def chosen(self) -> Entry | None:
        """Who the keys act on."""
        return self.rows.row(self.table.currentIndex())

    def _on_source_found(self, found: Waitlist) -> None:
        self._loaded = True
        self._server_ahead = found.server_now - self.context.clock.now().replace(microsecond=0)
        self.rows.show_rows(found.entries)
        if found.entries:
            self.stack.show_content()
        else:
            self.stack.show_state(self._nobody())
        self._choose()
        self.panel.show_entry(self.chosen, self.server_now())
        self._ask_times()
        self.hints_changed.emit()

    def _choose(self) -> None:
        wanted = self.rows.row_of(self._wanted) if self._wanted else None
        if wanted is not None:
            self._wanted = None
            self.table.selectRow(wanted)
        elif not self.table.currentIndex().isValid() and self.rows.rowCount():
            self.table.selectRow(0)

    def _nobody(self) -> EmptyState:
        _ = self._
        if self.which.value:
            return EmptyState(
                "hourglass", _("Nothing ended yet"), _("Who was booked or taken off appears here")
            )
        return EmptyState(
            "hourglass", _("Nobody waits"), _("Put someone on the list who would come sooner"), key="N"
        )

    def _on_source_failed(self, error: BaseException) -> None:
        if self._loaded and self.rows.rowCount():
            self.context.messages.show_error(error, retry=self.load)
            return
        said = error.text(self.context.tr) if isinstance(error, TranslatableError) else ""
        retry = Action(self._("Retry"), self.load, "F5")
        self.stack.show_state(ErrorState(self._("The waitlist could not be read"), said, retry=retry))

    def _on_source_times_found(self, found: Times) -> None:
        self.panel.show_times(found.entry_id, found.openings)

    def _on_table_current_row_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.panel.show_entry(self.chosen, self.server_now())
        self._ask_times()
        self.hints_changed.emit()

    def _ask_times(self) -> None:
        entry = self.chosen
        if entry is not None and entry.status is EntryStatus.WAITING and entry.offer is None:
            self.source.ask_times(entry)
        else:
            self.source.forget_times()

    def _on_tick_timeout(self) -> None:
        now = self.server_now()
        running = [entry for entry in self.rows.rows if entry.offer is not None]
        if running:
            self.table.viewport().update()
            self.panel.tick(now)
        if any(entry.offer is not None and entry.offer.expires_at <= now for entry in running):
            self.load()

    # doing

    def _on_sheets_saved(self, entry_id: str, name: str) -> None:
        self._wanted = entry_id
        self.context.messages.done(self._("{patient} is on the waitlist").format(patient=name))
        self.load()

    def _on_sheets_closed(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_work_done(self, _entry_id: str) -> None:
        self.load()

    # the window

    def key_hints(self) -> list[KeyHint]:
        of_sheet = self.sheets.hints()
        if of_sheet is not None:
            return of_sheet
        return [hint for hint in super().key_hints() if hint.keys not in self.keys.idle]

    def status_items(self) -> list[StatusItem]:
        running = sum(entry.offer is not None for entry in self.rows.rows)
        waiting = sum(entry.status is EntryStatus.WAITING for entry in self.rows.rows)
        items = [StatusItem(self._("Offers: {count}").format(count=running), "hourglass")] if running else []
        if not self.which.value:
            items.append(StatusItem(self._("Waiting: {count}").format(count=waiting), "users"))
        return items

    def message_place(self) -> QWidget | None:
        return self.bar.free

    def panes(self) -> list[QWidget]:
        return [self.table, self.panel]

    def can_close(self) -> bool:
        return not self.sheets.dirty
