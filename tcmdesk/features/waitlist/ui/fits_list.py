"""The rows of who fits: name over wish, time over what Enter does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QWidget

from tcmdesk.features.waitlist.types import Entry, Fit
from tcmdesk.features.waitlist.ui.fits_model import FitsRole, entry_of
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from tcmdesk.features.waitlist.ui.fits_model import FitsModel, Index


def row_height() -> int:
    return current().px(46)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        box = QRectF(option.rect).adjusted(theme.px(8), 1, -theme.px(8), -1)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if focused or hovered:
            paint.rounded(painter, box, theme.radius("card"), "surface" if focused else "hover")
        if focused:
            paint.focus_ring(painter, box, theme.radius("card"))
        left, right = box.left() + theme.px(8), box.right() - theme.px(8)
        upper, lower = box.center().y() - theme.px(9), box.center().y() + theme.px(9)
        line = index.data(FitsRole.LINE)
        time, action = index.data(FitsRole.TIME), index.data(FitsRole.ACTION)
        if isinstance(line, Fit):
            taken = paint.text(painter, right, upper, time, "small", "accent_text", align="right")
            below = paint.text(
                painter, right, lower, action, "small", "accent_text", bold=True, align="right"
            )
        else:
            taken = self._offer(painter, right, upper, time)
            ink = "danger" if line.clash else "text2"
            below = paint.text(painter, right, lower, action, "small", ink, align="right")
        gap = theme.px(8)
        name = index.data(FitsRole.NAME)
        paint.text(
            painter, left, upper, name, "body", "text", bold=True, max_width=right - left - taken - gap
        )
        wish = index.data(FitsRole.WISH)
        paint.text(painter, left, lower, wish, "small", "text2", max_width=right - left - below - gap)

    @staticmethod
    def _offer(painter: QPainter, right: float, middle: float, time: str) -> float:
        theme = current()
        width = paint.text(painter, right, middle, time, "small", "text", bold=True, align="right")
        edge = theme.icon("inline")
        paint.icon(painter, "hourglass", right - width - theme.px(4) - edge, middle, edge, "text2")
        return width + theme.px(4) + edge


class FitsList(Themed, QListView):
    """As high as its rows. Up and down choose, Enter or a click does what the row says.

    `chosen` brings a `Fit` to offer, or the `Entry` whose offer runs.
    """

    chosen = Signal(object)

    def __init__(self, model: FitsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        self.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        # the style sheet gives every list the ground of a table
        QPainter(self.viewport()).fillRect(event.rect(), current().colour("canvas"))
        super().paintEvent(event)

    def choose(self, entry_id: str) -> None:
        """Put the keyboard on somebody's row, if it is still there."""
        for row, line in enumerate(self._rows.lines):
            if entry_of(line).entry_id == entry_id:
                self.setCurrentIndex(self._rows.index(row))
                return

    def clipped_texts(self) -> Iterator[str]:
        """Times and actions are never cut; names and wishes give way."""
        return iter(())

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are commands of the board
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(FitsRole.LINE)
        if isinstance(line, Fit | Entry):
            self.chosen.emit(line)
