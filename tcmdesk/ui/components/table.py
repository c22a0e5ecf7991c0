"""Tables: no vertical lines, quiet heads, the selected row tinted with a bar at its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from tcmdesk.ui import paint
from tcmdesk.ui.columns import CellRole
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QEvent, QPersistentModelIndex
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from tcmdesk.ui.models import PagedTableModel

PAD = 16


class _Head(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current().height("table_row"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = current(), self.model()
        painter.fillRect(rect, theme.colour("surface"))
        paint.separator(painter, rect.left(), rect.bottom(), rect.width())
        title = model.headerData(section, Qt.Orientation.Horizontal)
        flags = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        pad = theme.px(PAD)
        if flags & Qt.AlignmentFlag.AlignRight:
            paint.text(
                painter, rect.right() + 1 - pad, rect.center().y(), title, "small", "text3", align="right"
            )
        else:
            paint.text(painter, rect.left() + pad, rect.center().y(), title, "small", "text3")


class TableDelegate(QStyledItemDelegate):
    """Paints a cell by the model's roles (`ui.columns.CellRole`)."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = current(), QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, index, selected=selected)
        if index.data(CellRole.LOADING):
            bar = QRectF(
                rect.left() + theme.px(PAD), rect.center().y() - theme.px(4), rect.width() * 0.4, theme.px(8)
            )
            paint.rounded(painter, bar, theme.px(4), "tile")
            return
        words = index.data() or ""
        bold = bool(index.data(CellRole.BOLD))
        ink = index.data(CellRole.COLOUR) or "text2"
        if selected and ink == "text3":
            ink = "text2"
        pad = theme.px(PAD)
        room, middle = rect.width() - 2 * pad, rect.center().y()
        icon_name = index.data(CellRole.ICON)
        flags = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if flags is not None and flags & Qt.AlignmentFlag.AlignRight:
            paint.text(
                painter,
                rect.right() - pad,
                middle,
                words,
                "body",
                ink,
                bold=bold,
                align="right",
                max_width=room,
            )
            return
        x = rect.left() + pad
        if icon_name:
            step = paint.icon(painter, icon_name, x, middle, theme.icon("inline"), ink) + theme.px(6)
            x, room = x + step, room - step
        paint.text(painter, x, middle, words, "body", ink, bold=bold, max_width=room)

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex, *, selected: bool
    ) -> None:
        theme = current()
        first, last = index.column() == 0, index.column() == index.model().columnCount() - 1
        if selected:
            painter.fillRect(rect, theme.colour("sel"))
            if first:
                painter.fillRect(
                    QRectF(rect.left(), rect.top(), theme.px(3), rect.height()), theme.colour("accent")
                )
        elif index.row() == self._table.hovered_row:
            painter.fillRect(rect, theme.colour("hover"))
        left = rect.left() + (theme.px(PAD) if first else 0)
        right = rect.right() - (theme.px(PAD) if last else 0)
        painter.fillRect(QRectF(left, rect.bottom() - 1, right - left, 1), theme.colour("line_soft"))


class Table(Themed, QTableView):
    """A table of a `PagedTableModel`. One row is selected at a time; Enter or a double click activates it.

    Tab leaves the table; the arrow keys move inside. `compact` rows are 30 px high instead of 34.
    """

    def __init__(
        self, model: PagedTableModel, *, name: str, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self._row_token = "herb_row" if compact else "table_row"
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(TableDelegate(self))
        self.setModel(model)
        self.start_theming()

    def apply_theme(self) -> None:
        self.verticalHeader().setMinimumSectionSize(current().height(self._row_token))
        self.verticalHeader().setDefaultSectionSize(current().height(self._row_token))
        self.horizontalHeader().setFixedHeight(current().height("table_row"))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        columns = self.model().columns
        fixed = [current().px(column.width) if column.width else 0 for column in columns]
        shares = sum(1 for column in columns if not column.width)
        left = max(0, self.viewport().width() - sum(fixed))
        for at, width in enumerate(fixed):
            self.setColumnWidth(at, width or left // max(1, shares))
        if not shares and columns:
            self.setColumnWidth(len(columns) - 1, fixed[-1] + left)

    def clipped_texts(self) -> Iterator[str]:
        """Cells in view whose words do not fit, in columns that are not meant to be cut."""
        theme, model = current(), self.model()
        rows = range(max(0, self.rowAt(0)), self._last_row() + 1)
        for row in rows:
            for at, column in enumerate(model.columns):
                index = model.index(row, at)
                words = index.data() or ""
                need = paint.text_width(words, "body", bold=column.bold) + 2 * theme.px(PAD)
                need += theme.icon("inline") + theme.px(6) if index.data(CellRole.ICON) else 0
                if not column.elide and need > self.columnWidth(at) + 1:
                    yield words

    def _last_row(self) -> int:
        last = self.rowAt(self.viewport().height() - 1)
        return last if last >= 0 else self.model().rowCount() - 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current_row = self.currentIndex().row()
        if self.hasFocus() and current_row >= 0:
            top = self.rowViewportPosition(current_row)
            box = QRectF(0, top, self.viewport().width(), self.rowHeight(current_row))
            paint.focus_ring(QPainter(self.viewport()), box, current().radius("kbd"))
