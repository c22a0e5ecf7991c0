"""A list of titled rows beside the board; the row with the keyboard says what Enter does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from tcmdesk.features.appointments.ui.side_model import Line, Row, SideModel, SideRole, Title
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from tcmdesk.ui.theme.tokens import Colour


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        theme = current()
        return QSize(0, theme.px(40 if isinstance(index.data(SideRole.LINE), Title) else 32))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(SideRole.LINE)
        box = QRectF(option.rect)
        if isinstance(line, Title):
            self._title(painter, box, line, first=index.row() == 0)
        else:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._row(painter, box, line, focused=focused, chosen=chosen, hovered=hovered)

    @staticmethod
    def _title(painter: QPainter, box: QRectF, title: Title, *, first: bool) -> None:
        theme = current()
        paint.separator(painter, box.left(), box.top() + (0 if first else theme.px(4)), box.width())
        middle = box.top() + theme.px(24)
        paint.text(painter, box.left() + theme.px(16), middle, title.word, "body", bold=True)
        if title.key:
            paint.key_cap(painter, box.right() - theme.px(16), middle, title.key, align="right")

    @staticmethod
    def _row(
        painter: QPainter, outer: QRectF, row: Row, *, focused: bool, chosen: bool, hovered: bool
    ) -> None:
        theme = current()
        box = outer.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if chosen:
            paint.rounded(painter, box, theme.radius("card"), "surface", "line")
        elif hovered:
            paint.rounded(painter, box, theme.radius("card"), "hover")
        if focused:
            paint.focus_ring(painter, box, theme.radius("card"))
        middle, left, right = box.center().y(), box.left() + theme.px(10), box.right() - theme.px(10)
        if row.icon:
            left += paint.icon(painter, row.icon, left, middle, theme.icon("inline"), "text2") + theme.px(8)
            right -= paint.text(
                painter, right, middle, row.last, "body", bold=True, align="right"
            ) + theme.px(8)
            paint.text(painter, left, middle, row.first, "body", "text2", max_width=right - left)
            return
        if chosen and row.action:
            right -= paint.key_cap(painter, right, middle, "⏎", align="right") + theme.px(5)
            right -= paint.text(
                painter, right, middle, row.action, "small", "accent_text", bold=True, align="right"
            ) + theme.px(8)
        column = min(theme.px(72), box.width() * 0.34)
        paint.text(painter, left, middle, row.first, "small", "text2", max_width=column - theme.px(6))
        left += column
        left += paint.text(painter, left, middle, row.middle, "body", bold=True, max_width=right - left)
        left += theme.px(12)
        if right - left >= paint.text_width(row.last, "small"):
            paint.text(painter, left, middle, row.last, "small", "text3")


class SideList(Themed, QListView):
    """Arrows choose, Enter or a click opens: `opened` brings the `Row`. Titles are stepped over."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, ground: Colour = "surface") -> None:
        super().__init__(parent)
        self._ground = ground
        self._touched = False
        self.side_model = SideModel(self)
        self.setModel(self.side_model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        self.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), current().colour(self._ground))
        painter.end()
        super().paintEvent(event)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines; the chosen one stays chosen, else the first row is."""
        kept, scrolled = self.current_row if self._touched else None, self.verticalScrollBar().value()
        self.side_model.show_lines(lines)
        rows = [at for at, line in enumerate(lines) if isinstance(line, Row)]
        same = (at for at in rows if kept is not None and lines[at].key == kept.key)
        at = next(same, None)
        self._touched = at is not None
        if at is None and rows:
            at = rows[0]
        if at is not None:
            self.setCurrentIndex(self.side_model.index(at))
        self.verticalScrollBar().setValue(scrolled)

    @property
    def current_row(self) -> Row | None:
        line = self.currentIndex().data(SideRole.LINE) if self.currentIndex().isValid() else None
        return line if isinstance(line, Row) else None

    def step(self, by: int) -> None:
        """Choose another row."""
        rows = [at for at, line in enumerate(self.side_model.lines) if isinstance(line, Row)]
        if rows:
            here = rows.index(self.currentIndex().row()) if self.currentIndex().row() in rows else -1
            to = min(max(here + by, 0), len(rows) - 1)
            self._touched = True
            self.setCurrentIndex(self.side_model.index(rows[to]))
            self.scrollTo(self.currentIndex())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        self._touched = True
        index = super().moveCursor(action, modifiers)
        backwards = {QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp}
        step = -1 if action in backwards else 1
        while index.isValid() and isinstance(index.data(SideRole.LINE), Title):
            index = self.side_model.index(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    def currentChanged(self, current_: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current_, previous)
        if self.current_row is not None:
            self.chosen.emit(self.current_row)

    def take(self) -> None:
        """Open the chosen row."""
        if self.current_row is not None:
            self.opened.emit(self.current_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are commands here, not a search in the list
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        line: Any = index.data(SideRole.LINE)
        if isinstance(line, Row):
            self.opened.emit(line)
