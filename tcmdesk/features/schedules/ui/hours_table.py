"""One list of the hours screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.ui.components.states import EmptyState, StateStack
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.row_model import RowTableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.ui.columns import Column


class _Rows(Table):
    opened = Signal()
    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class HoursTable(QWidget):
    """Enter or a double click opens a row, Delete asks to take it away; `empty` is a title and a hint."""

    opened = Signal(object)
    delete_wanted = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Any]],
        identify: Callable[[Any], str],
        empty: tuple[str, str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._empty = empty
        self._identify = identify
        self.model: RowTableModel[Any] = RowTableModel(columns, identify, self)
        self.table = _Rows(self.model, name=name, parent=self)
        self.table.opened.connect(self._on_table_opened)
        self.table.doubleClicked.connect(self._on_table_double_clicked)
        self.table.delete_wanted.connect(self._on_table_delete_wanted)
        self.states = StateStack(self.table, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        self.setFocusProxy(self.table)

    @property
    def chosen(self) -> Any | None:
        """The row that has the keyboard."""
        return self.model.row(self.table.currentIndex())

    def show_rows(self, rows: Sequence[Any]) -> None:
        """What there is now; the selection stays where it was."""
        self.model.show_rows(rows)
        if not rows:
            icon, title, hint = self._empty
            self.states.show_state(EmptyState(icon, title, hint, parent=self))
            return
        self.states.show_content()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def choose(self, key: str) -> None:
        """Put the keyboard on a row, if it is there."""
        at = self.model.row_of(key)
        if at is not None:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _on_table_opened(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    def _on_table_double_clicked(self, _index: QModelIndex) -> None:
        self._on_table_opened()

    def _on_table_delete_wanted(self) -> None:
        if self.chosen is not None:
            self.delete_wanted.emit(self.chosen)
