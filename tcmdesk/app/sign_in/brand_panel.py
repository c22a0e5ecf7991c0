"""The left side of the sign-in window: the clinic's name and the day over the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from tcmdesk.app.sign_in.branch import paint_branch
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WIDTH: Final = 400


class BrandPanel(Themed, QWidget):
    """Painted; a screen reader hears the clinic's name and the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clinic = self._product = self._day = self._claim = ""
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedWidth(current().px(WIDTH))

    def set_texts(self, *, clinic: str, product: str, day: str, claim: str) -> None:
        """Translated; `clinic` is empty until one is known, then the product stands in its place."""
        self._clinic, self._product, self._day, self._claim = clinic, product, day, claim
        self.setAccessibleName(f"{clinic or product}, {day}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        paint_branch(painter, QRectF(self.rect()))
        theme = current()
        margin, mark = theme.px(40), theme.px(40)
        paint.seal(painter, QRectF(margin, margin, mark, mark), "brand_fg", "brand")
        left, room = margin + mark + theme.px(14), self.width() - 2 * margin - mark - theme.px(14)
        middle = margin + mark / 2
        name = self._clinic or self._product
        if self._clinic:
            paint.text(
                painter, left, middle - theme.px(9), name, "heading", "brand_fg", bold=True, max_width=room
            )
            paint.text(
                painter, left, middle + theme.px(12), self._product, "small", "brand_soft", max_width=room
            )
        else:
            paint.text(painter, left, middle, name, "heading", "brand_fg", bold=True, max_width=room)
        foot = self.height() - theme.px(40)
        paint.text(painter, margin, foot - theme.px(22), self._day, "heading", "brand_fg", bold=True)
        paint.text(painter, margin, foot, self._claim, "small", "brand_soft")
