"""The desk's lists: one screen, four lists, the chosen row beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.features.worklists.types import (
    LIST_LABELS,
    RECALL_DAYS,
    RECALL_DEFAULT,
    SETTINGS,
    ListName,
    ListRow,
    Page,
)
from tcmdesk.features.worklists.ui import words
from tcmdesk.features.worklists.ui.list_table import ListTable
from tcmdesk.features.worklists.ui.lists_source import ListsSource
from tcmdesk.features.worklists.ui.lists_work import ListsWork
from tcmdesk.features.worklists.ui.row_actions import RowActions
from tcmdesk.features.worklists.ui.row_panel import ACTIONS, BOOKINGS, MEMBERS, RowPanel
from tcmdesk.features.worklists.ui.rule_sheet import RuleSheet
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.status_bar import StatusItem
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.sheet_host import SheetHost
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.patients.types import FamilyMember
    from tcmdesk.features.worklists.types import Key
    from tcmdesk.ui.context import UiContext

SEEN_MS: Final = 1500
"""How long a new booking must be in front of somebody to count as seen."""


class ListsScreen(Screen):
    """Alt 1 to 4 choose the list; letters act on the chosen row."""

    refresh_on = frozenset(
        {"appointments", "desk_appointments", "desk_visits", "desk_list_marks", "users", "patient_profiles"}
    )

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        _ = self._
        self.source = ListsSource(context, self)
        self.work = ListsWork(context, self)
        self.bar = TopBar(parent=self)
        self.which = SegmentedControl(
            [(name, _(word)) for name, word in LIST_LABELS.items()], name=_("Which list"), parent=self
        )
        self.days = ComboBox(
            [(days, _("{days} days and longer").format(days=days)) for days in RECALL_DAYS],
            value=RECALL_DEFAULT,
            name=_("Not here for"),
        )
        self.sound = Button(
            icon="volume-2", kind="tool", name=_("Sound of new bookings"), checkable=True, parent=self
        )
        self.sound.setChecked(True)
        self.rule = Button(_("Confirm by rule"), icon="settings", key="U", parent=self)
        self.tables = {name: ListTable(context, name, self) for name in ListName}
        self.panel = RowPanel(context, self)
        self.actions = RowActions(context, self.work, self.panel, self)
        self._stack = QStackedWidget(self)
        self._host = SheetHost(self)
        self.rule_sheet = RuleSheet(context, self)
        self._host.adopt(self.rule_sheet)
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._lay_out()
        self._wire()
        self._add_keys()
        self.set_title(_("Lists"))
        self._show_list()

    def _lay_out(self) -> None:
        self.bar.left.addWidget(Text(self._("Lists"), "title", parent=self))
        self.bar.left.addSpacing(current().px(12))
        self.bar.left.addWidget(self.which)
        for control in (self.sound, self.days, self.rule):
            self.bar.right.addWidget(control)
        for table in self.tables.values():
            self._stack.addWidget(table)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._stack, 1)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)

    def _wire(self) -> None:
        for table in self.tables.values():
            table.chosen_changed.connect(self._on_table_chosen_changed)
            table.activated.connect(self._on_table_activated)
            table.more_wanted.connect(self._on_table_more_wanted)
        self.which.value_changed.connect(lambda _name: self._show_list())
        self.days.activated.connect(lambda _at: self.load())
        self.sound.toggled.connect(self.work.set_sound)
        self.rule.clicked.connect(self.open_rule)
        self.source.found.connect(self._on_source_found)
        self.source.failed.connect(self._on_source_failed)
        self.source.family_found.connect(self.panel.show_members)
        self.panel.acted.connect(self.act)
        self.panel.member_chosen.connect(self._on_panel_member_chosen)
        self.panel.cancelled.connect(self._on_panel_cancelled)
        self.panel.reason_left.connect(self._take_focus)
        self.work.done.connect(lambda _subject: self.load())
        self.work.refused.connect(lambda _subject, _error: self.load())
        self.rule_sheet.close_requested.connect(self.close_rule)
        self.rule_sheet.saved.connect(self.close_rule)
        self._host.changed.connect(self.hints_changed)
        self._seen.timeout.connect(self._on_seen_timeout)

    def _add_keys(self) -> None:
        _, add = self._, self.context.shortcuts.add
        for rank, (name, word, _icon, key, _lists) in enumerate(ACTIONS):
            keys = {"Del": "Delete"}.get(key, key)
            add(self, keys, _(word), lambda action=name: self.act(action), rank=10 + rank, listed=False)
        for number in range(1, MEMBERS + 1):
            add(
                self, str(number), _("For whom?"), lambda at=number: self.panel.choose_member(at - 1), rank=30,
                listed=False,
            )  # fmt: skip
        for number, name in enumerate(ListName, start=1):
            add(
                self,
                f"Alt+{number}",
                _(LIST_LABELS[name]),
                lambda at=name: self.show_list(at),
                rank=40,
                listed=False,
            )
        if self.context.allowed(SETTINGS):
            add(self, "U", _("Confirm by rule"), self.open_rule, rank=50, listed=False)

    # showing

    @property
    def name(self) -> ListName:
        """The list that is shown."""
        chosen: ListName = self.which.value
        return chosen

    @property
    def table(self) -> ListTable:
        return self.tables[self.name]

    @property
    def chosen(self) -> ListRow | None:
        return self.table.chosen

    def activate(self) -> None:
        super().activate()
        self.load()

    def deactivate(self) -> None:
        super().deactivate()
        self._seen.stop()

    def open(self, **params: object) -> None:
        """`list` is the name of one of the lists."""
        name = params.get("list")
        if isinstance(name, str) and name in set(ListName):
            self.show_list(ListName(name))

    def show_list(self, name: ListName) -> None:
        """Turn to a list."""
        if name is not self.name:
            self.which.set_value(name)
            self._show_list()

    def _show_list(self) -> None:
        name = self.name
        self._stack.setCurrentWidget(self.table)
        self.setFocusProxy(self.table)
        self.days.setVisible(name is ListName.RECALL)
        self.sound.setVisible(name is ListName.INBOX)
        self.rule.setVisible(name is ListName.UNCONFIRMED and self.context.allowed(SETTINGS))
        self._on_table_chosen_changed()
        if self.active:
            self.load()
            self._take_focus()
        self.hints_changed.emit()

    def refresh(self, tables: frozenset[str]) -> None:  # noqa: ARG002  (one read for all of them)
        self.load()

    def load(self) -> None:
        """Read the first page of the list again."""
        self.table.begin_loading()
        self.source.ask(self.name, days=self.days.value)

    @property
    def at_rest(self) -> bool:
        return self.table.loaded and not self.source.loading

    def _on_table_more_wanted(self, key: Key) -> None:
        self.source.ask(self.name, days=self.days.value, after=key)

    def _on_source_found(self, name: ListName, page: Page, first: bool) -> None:
        self.tables[name].take(page, first=first)
        if name is ListName.INBOX and any(row.new for row in page.rows) and self.active:
            self._seen.start()
        self.hints_changed.emit()

    def _on_source_failed(self, name: ListName, error: BaseException) -> None:
        self.tables[name].fail(error, self.load)

    def _on_table_chosen_changed(self) -> None:
        row = self.chosen
        self.panel.show_row(self.name, row)
        if row is not None and self.name in BOOKINGS and words.whom_open(row) and not self.panel.members:
            self.source.ask_family(row.card.ref.user_id)
        self.hints_changed.emit()

    def _on_seen_timeout(self) -> None:
        if self.active and self.name is ListName.INBOX:
            self.work.seen(self.table.rows.rows)

    # doing

    def act(self, action: str) -> None:
        """Do what a key or a button of the panel says, if it applies to the chosen row."""
        self.actions.act(action, self.name, self.chosen)

    def _on_table_activated(self) -> None:
        """Enter does the first thing there is to do."""
        for name, *_rest in ACTIONS:
            if self.panel.can(name):
                self.act(name)
                return

    def _on_panel_member_chosen(self, member: FamilyMember) -> None:
        row = self.chosen
        if row is not None:
            self.work.say_whom(row, member)

    def _on_panel_cancelled(self, reason: str) -> None:
        row = self.chosen
        if row is not None:
            self.work.cancel(row, reason)
        self._take_focus()

    def open_rule(self) -> None:
        """U: which bookings are confirmed without looking."""
        if self.name is ListName.UNCONFIRMED:
            self._host.show(self.rule_sheet)
            self.rule_sheet.begin()

    def close_rule(self) -> None:
        """Esc, or saved."""
        self._host.close()
        self._take_focus()

    def _take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # the window

    def key_hints(self) -> list[KeyHint]:
        if self._host.current is self.rule_sheet:
            return self.rule_sheet.hints()
        _ = self._
        hints = [KeyHint(key, _(word)) for name, word, _icon, key, _lists in ACTIONS if self.panel.can(name)]
        if any(not button.isHidden() for button in self.panel.member_buttons):
            hints.insert(1, KeyHint("1 2 3", _("For whom?")))
        return [*hints, KeyHint("Alt 1–4", _("Which list"))]

    def status_items(self) -> list[StatusItem]:
        count = self.table.rows.rowCount()
        if not count:
            return []
        more = "+" if self.table.rows.canFetchMore() else ""
        return [StatusItem(self._("{count} rows").format(count=f"{count}{more}"), "users")]

    def message_place(self) -> QWidget | None:
        return self.bar.free

    def panes(self) -> list[QWidget]:
        return [self.table, self.panel]
