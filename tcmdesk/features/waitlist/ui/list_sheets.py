"""The sheets beside the waitlist: the form, and the rules for offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.waitlist.ui.rules_sheet import RulesSheet
from tcmdesk.features.waitlist.ui.waitlist_form import WaitlistForm
from tcmdesk.ui.sheet_host import SheetHost

if TYPE_CHECKING:
    from tcmdesk.features.waitlist.types import Entry
    from tcmdesk.ui.screen import Screen
    from tcmdesk.ui.sheet import Sheet
    from tcmdesk.ui.shortcuts import KeyHint


class ListSheets(QObject):
    """One open at a time. `saved` brings an entry's id and name, `closed` gives the keyboard back, `changed` the hints."""

    changed = Signal()
    closed = Signal()
    saved = Signal(str, str)

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._host = SheetHost(screen)
        self.form = WaitlistForm(screen.context, screen)
        self.rules = RulesSheet(screen.context, screen)
        for sheet in (self.form, self.rules):
            self._host.adopt(sheet)
            sheet.close_requested.connect(self.close)
            sheet.hints_changed.connect(self.changed)
        self.form.saved.connect(self._on_form_saved)
        self.rules.saved.connect(self.close)
        self._host.changed.connect(self.changed)

    @property
    def current(self) -> Sheet | None:
        """The open one."""
        return self._host.current

    @property
    def dirty(self) -> bool:
        """Whether closing would lose something typed."""
        return self._host.current is self.form and self.form.dirty

    def hints(self) -> list[KeyHint] | None:
        """What the keys do in the open one; None when none is open."""
        return self._host.current.hints() if self._host.current is not None else None

    def add(self) -> None:
        """The form for someone new on the list."""
        if self._host.current is not self.form:
            self._host.show(self.form)
            self.form.begin()

    def edit(self, entry: Entry) -> None:
        """The form about somebody who waits."""
        self._host.show(self.form)
        self.form.edit(entry)

    def open_rules(self) -> None:
        """How long offers stand."""
        self._host.show(self.rules)
        self.rules.begin()

    def close(self) -> None:
        """Back to the list."""
        self._host.close()
        self.closed.emit()

    def _on_form_saved(self, entry_id: str, name: str) -> None:
        self.saved.emit(entry_id, name)
        self.close()
