"""The way into the palette, where a search field is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext

KEY = "Ctrl K"


class SearchBox(Themed, QAbstractButton):
    """Looks like a search field; pressing it opens the palette, which has one. A narrow one says less."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (context.tr.gettext("Name, pinyin, phone"), context.tr.gettext("Find"))
        self.setText(self._words[0])
        self.setAccessibleName(context.tr.gettext("Find people, actions and screens"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._navigator = context.navigator
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._width_for(self.text()), current().height("input"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        full, short = self._words
        self.setText(full if self._width_for(full) <= self.width() else short)

    def _width_for(self, words: str) -> int:
        return round(paint.text_width(words)) + paint.key_cap_width(KEY) + current().px(50)

    def _on_clicked(self) -> None:
        self._navigator.find()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter, box = current(), QPainter(self), QRectF(self.rect())
        paint.rounded(painter, box, theme.radius("control"), "hover" if self.underMouse() else "sunken")
        middle = box.center().y()
        paint.icon(painter, "search", theme.px(9), middle, theme.icon("control"), "text3")
        cap = paint.key_cap(painter, box.right() - theme.px(8), middle, KEY, align="right")
        room = box.width() - theme.px(30) - cap - theme.px(16)
        paint.text(painter, theme.px(32), middle, self.text(), "body", "text3", max_width=room)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("control"))
