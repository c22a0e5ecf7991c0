"""Panes: areas that meet at 1 px lines and fill the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour

Side = Literal["left", "right", "top", "bottom"]


class Pane(Themed, QWidget):
    """A ground with lines at the edges where it meets its neighbours."""

    def __init__(
        self, ground: Colour = "surface", *, lines: tuple[Side, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground: Colour = ground
        self._lines = lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), current().colour(self._ground))
        for side in self._lines:
            x = self.width() - 1 if side == "right" else 0
            y = self.height() - 1 if side == "bottom" else 0
            vertical = side in {"left", "right"}
            paint.separator(painter, x, y, self.height() if vertical else self.width(), vertical=vertical)


class Card(Themed, QWidget):
    """A thing one can move, open or choose: 8 px corners and a 1 px edge. Never a card in a card."""

    def __init__(
        self, ground: Colour = "surface", edge: Colour = "line", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground: Colour = ground
        self._edge: Colour = edge

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("card"), self._ground, self._edge)


class PaneHead(Pane):
    """The head of a pane: icon, title, and at the right a quiet text or controls.

    `height` is the name of a height token: ``pane_head`` (44), or the neighbour's to stand level with it.
    """

    def __init__(
        self,
        title: str,
        *,
        icon: str = "",
        aside: str = "",
        height: str = "pane_head",
        ground: Colour = "canvas",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground, lines=("bottom",), parent=parent)
        self._height = height
        self._title = Text(title, "heading", parent=self)
        self._aside = Text(aside, "small", "text2", parent=self)
        self._row = QHBoxLayout(self)
        if icon:
            self._row.addWidget(IconView(icon, "pane_title", parent=self))
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._aside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    @property
    def aside(self) -> str:
        """The quiet text at the right."""
        return self._aside.text()

    def set_aside(self, text: str) -> None:
        self._aside.setText(text)

    def add_control(self, control: QWidget) -> None:
        """Put a control at the right end."""
        self._row.addWidget(control)

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height(self._height))
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(8))


class SidePanel(Pane):
    """A panel beside the work: a line towards its neighbour, a head, and a body to fill.

    `width` is the name of a width token. Put widgets into `body` (a vertical layout without margins).
    """

    def __init__(
        self,
        width: str,
        head: PaneHead,
        *,
        side: Side = "left",
        ground: Colour = "canvas",
        parent: QWidget | None = None,
    ) -> None:
        """`side` is where its line stands: ``left`` for a panel at the right of the window."""
        super().__init__(ground, lines=(side,), parent=parent)
        self._width = width
        self._side = side
        self.head = head
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._column.addLayout(self.body, 1)
        self.setAccessibleName(head.findChild(Text).text())
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedWidth(current().width(self._width))
        self._column.setContentsMargins(int(self._side == "left"), 0, int(self._side == "right"), 0)


class TopBar(Pane):
    """The bar above a screen, 56 px: what is shown at the left, search and actions at the right.

    `free` is the room between them, where passing messages stand without moving anything.
    """

    def __init__(self, *, ground: Colour = "surface", parent: QWidget | None = None) -> None:
        super().__init__(ground, lines=("bottom",), parent=parent)
        self.left = QHBoxLayout()
        self.right = QHBoxLayout()
        self.free = QWidget(self)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self.left)
        self._row.addWidget(self.free, 1)
        self._row.addLayout(self.right)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height("top_bar"))
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        for layout in (self._row, self.left, self.right):
            layout.setSpacing(theme.px(6))
