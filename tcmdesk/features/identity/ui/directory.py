"""A short list that is there as a whole: a table, found through by name, pinyin or number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.core.spelling import folded
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.models import PagedTableModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.columns import Column
    from tcmdesk.ui.components.banner import Action

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What a list shows; words are translated. `empty` says what is not there and what to do about it."""

    name: str
    icon: str
    columns: tuple[Column[Row], ...]
    identify: Callable[[Row], str]
    spelled: Callable[[Row], str]
    empty: tuple[str, str]


class _DirectoryTable(Table):
    """Enter opens a row, as a double click does."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit()
            return
        super().keyPressEvent(event)


class Directory(QWidget):
    """`opened` carries the row that is to be looked at."""

    opened = Signal(object)

    def __init__(self, listing: Listing[Any], tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing, self._tr = listing, tr
        self._rows: dict[str, Any] = {}
        self._typed = ""
        self.model: PagedTableModel[Any] = PagedTableModel(listing.columns, listing.identify, parent=self)
        self.model.rows_wanted.connect(self._on_model_rows_wanted)
        self.table = _DirectoryTable(self.model, name=listing.name, parent=self)
        self.table.opened.connect(self._on_table_opened)
        self.table.doubleClicked.connect(self._on_table_double_clicked)
        self.states = StateStack(self.table, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        self.setFocusProxy(self.table)

    @property
    def rows(self) -> tuple[Any, ...]:
        """Everything there is, found or not."""
        return tuple(self._rows.values())

    @property
    def chosen(self) -> Any | None:
        """The row that the keyboard is on."""
        index = self.table.currentIndex()
        return self._rows.get(str(self.model.id_at(index.row()))) if index.isValid() else None

    def show_loading(self) -> None:
        """The first answer is awaited."""
        if not self._rows:
            self.states.show_loading(LoadingState(self._listing.name, parent=self))

    def show_error(self, text: str, retry: Action) -> None:
        """The first answer did not come; a list that is there stays."""
        if not self._rows:
            self.states.show_state(ErrorState(self._listing.name, text, retry=retry, parent=self))

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """What there is now; the selection stays."""
        self._rows = {self._listing.identify(row): row for row in rows}
        self._show_found()

    def find(self, typed: str) -> None:
        """Leave only what the typed text begins a line of, or lies in."""
        self._typed = typed
        self._show_found()

    def choose(self, key: str) -> None:
        """Put the keyboard on a row, if it is shown."""
        at = self.model.row_of(key)
        if at is not None:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def choose_first(self) -> None:
        """Put the keyboard on the first row unless it is on one."""
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_found(self) -> None:
        wanted = folded(self._typed).replace(" ", "")
        found = [key for key, row in self._rows.items() if wanted in self._listing.spelled(row)]
        self.model.set_ids(found)
        # the same rows may say something else now
        self.model.invalidate()
        if found:
            self.states.show_content()
            return
        _ = self._tr.gettext
        title, hint = self._listing.empty
        if self._rows:
            title, hint = _("Nobody and nothing is found"), _("Type less, or another spelling.")
        self.states.show_state(EmptyState(self._listing.icon, title, hint, parent=self))

    def _on_model_rows_wanted(self, generation: int, ids: tuple[str, ...]) -> None:
        self.model.deliver(generation, [self._rows[key] for key in ids if key in self._rows])

    def _on_table_opened(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    def _on_table_double_clicked(self, _index: QModelIndex) -> None:
        self._on_table_opened()
