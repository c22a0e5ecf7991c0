"""The list of those who are here: rows are the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from tcmdesk.features.reception.ui.waiting_delegate import WaitingDelegate
from tcmdesk.features.reception.ui.waiting_lines import Heading, Line, RoomLine, WaitingLine
from tcmdesk.features.reception.ui.waiting_model import WaitingModel, WaitingRole
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.core.i18n import Translator


class WaitingList(Themed, QListView):
    """Arrows choose, Enter or a click opens the person's appointment. `opened` brings its id."""

    opened = Signal(str)
    chosen_changed = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None, *, may_call: bool) -> None:
        super().__init__(parent)
        self.waiting_model = WaitingModel(tr, self)
        self.setModel(self.waiting_model)
        self.setItemDelegate(WaitingDelegate(tr, self, may_call=may_call))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr.gettext("Waiting"))
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), current().colour("canvas"))
        self.setPalette(palette)
        self.viewport().setAutoFillBackground(False)
        self.doItemsLayout()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show what is so now; who is chosen stays chosen, and the list where it was scrolled."""
        kept, scrolled = self._current_line(), self.verticalScrollBar().value()
        self.waiting_model.show_lines(lines)
        if kept is not None and self._current_line() is None:
            row = self.waiting_model.row_of(kept.entry.card.appointment_id)
            if row >= 0:
                self.setCurrentIndex(self.waiting_model.index(row))
        if self.hasFocus() and not self.currentIndex().isValid():
            # the keyboard came before anybody did
            first = (row for row, line in enumerate(lines) if isinstance(line, WaitingLine | RoomLine))
            self.setCurrentIndex(self.waiting_model.index(next(first, -1)))
        self.verticalScrollBar().setValue(scrolled)

    def _current_line(self) -> WaitingLine | RoomLine | None:
        index = self.currentIndex()
        line = index.data(WaitingRole.LINE) if index.isValid() else None
        return line if isinstance(line, WaitingLine | RoomLine) else None

    @property
    def chosen(self) -> WaitingLine | RoomLine | None:
        """Who the keyboard is on; None while the list has no focus."""
        return self._current_line() if self.hasFocus() else None

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Headings are stepped over."""
        index = super().moveCursor(action, modifiers)
        backwards = {QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp}
        step = -1 if action in backwards else 1
        while index.isValid() and isinstance(index.data(WaitingRole.LINE), Heading):
            index = self.waiting_model.index(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    def currentChanged(self, current_: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current_, previous)
        self.chosen_changed.emit()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self._current_line() is None:
            lines = self.waiting_model.lines
            row = next((row for row, line in enumerate(lines) if not isinstance(line, Heading)), None)
            if row is not None:
                self.setCurrentIndex(self.waiting_model.index(row))
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._current_line()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and line is not None:
            self.opened.emit(line.entry.card.appointment_id)
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are commands here, not a search in the list
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(WaitingRole.LINE)
        if isinstance(line, WaitingLine | RoomLine):
            self.opened.emit(line.entry.card.appointment_id)
