"""One list: its table, and what stands in its place while there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from tcmdesk.core.errors import TranslatableError
from tcmdesk.core.i18n import N_
from tcmdesk.features.worklists.types import LIST_LABELS, ListName, ListRow, Page
from tcmdesk.features.worklists.ui.columns import RowColumns
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.row_model import RowTableModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.worklists.types import Key
    from tcmdesk.ui.context import UiContext

NOTHING: Final = {
    ListName.INBOX: (N_("Nothing from the platform"), N_("New bookings appear here and are announced")),
    ListName.UNCONFIRMED: (N_("Everything is confirmed"), N_("Bookings that wait for a yes appear here")),
    ListName.RECALL: (N_("Nobody to recall"), N_("Who has not been here for so long appears here")),
    ListName.NO_SHOW: (N_("Everybody came"), N_("Confirmed visits without an arrival appear here")),
}


class ListTable(StateStack):
    """`chosen_changed` says that another row is chosen, `more_wanted` brings the key of the next page."""

    chosen_changed = Signal()
    activated = Signal()
    more_wanted = Signal(object)

    def __init__(self, context: UiContext, name: ListName, parent: QWidget | None = None) -> None:
        self._context = context
        self._ = context.tr.gettext
        self.name = name
        self.loaded = False
        self._next: Key | None = None
        self.rows: RowTableModel[ListRow] = RowTableModel(
            RowColumns(context).of(name), lambda row: row.card.appointment_id
        )
        self.table = Table(self.rows, name=self._(LIST_LABELS[name]))
        super().__init__(self.table, parent)
        self.rows.setParent(self)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self.chosen_changed.emit()
        )
        self.table.activated.connect(lambda _index: self.activated.emit())
        self.rows.more_wanted.connect(self._on_rows_more_wanted)

    @property
    def chosen(self) -> ListRow | None:
        """The row the keys act on."""
        return self.rows.row(self.table.currentIndex())

    def begin_loading(self) -> None:
        """Grey bars until the first page has come."""
        if not self.loaded:
            self.show_loading(LoadingState(self._("Loading the list"), row_height=34))

    def take(self, page: Page, *, first: bool) -> None:
        """Show a page. Another first page takes the place of all; the chosen row stays chosen."""
        self.loaded = True
        self._next = page.next
        if first:
            self.rows.show_rows(page.rows, more=page.next is not None)
        else:
            self.rows.add_rows(page.rows, more=page.next is not None)
        if not self.rows.rowCount():
            title, hint = NOTHING[self.name]
            self.show_state(EmptyState("check", self._(title), self._(hint)))
        else:
            self.show_content()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
        self.chosen_changed.emit()

    def fail(self, error: BaseException, retry: Callable[[], None]) -> None:
        """The list could not be read; what is shown stays."""
        if self.loaded and self.rows.rowCount():
            self._context.messages.show_error(error, retry=retry)
            return
        said = error.text(self._context.tr) if isinstance(error, TranslatableError) else ""
        again = Action(self._("Retry"), retry, "F5")
        self.show_state(ErrorState(self._("The list could not be read"), said, retry=again))

    def _on_rows_more_wanted(self) -> None:
        if self._next is not None:
            self.more_wanted.emit(self._next)
