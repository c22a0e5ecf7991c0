"""A picture of an icon beside a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour


class IconView(Themed, QWidget):
    """An icon of one of the sizes ``inline``, ``control``, ``pane_title``, ``nav`` or ``empty``.

    It says nothing to a screen reader: the word beside it does. Give `name` when it stands alone.
    """

    def __init__(
        self,
        icon: str,
        size: str = "control",
        colour: Colour = "text2",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._size, self._colour = icon, size, colour
        self.setAccessibleName(name)
        if name:
            self.setToolTip(name)
        self.start_theming()

    def set_icon(self, icon: str, colour: Colour | None = None) -> None:
        self._icon = icon
        self._colour = colour or self._colour
        self.update()

    def apply_theme(self) -> None:
        edge = current().icon(self._size)
        self.setFixedSize(QSize(edge, edge))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        edge = current().icon(self._size)
        paint.icon(QPainter(self), self._icon, 0, self.height() / 2, edge, self._colour)
