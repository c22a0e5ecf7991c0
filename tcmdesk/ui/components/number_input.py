"""A whole number with steps up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSpinBox, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


class NumberInput(Themed, QSpinBox):
    """A whole number from `low` to `high`; arrow keys and the two arrows step by `step`, `unit` stands behind it.

    The wheel changes it only while it has the focus: scrolling a page must not alter numbers.
    """

    def __init__(
        self,
        value: int = 0,
        *,
        low: int = 0,
        high: int = 999,
        step: int = 1,
        unit: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(f" {unit}" if unit else "")
        self.setValue(value)
        self.setAccessibleName(name)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("input"))
        self.setFont(current().font("body"))
        # the style sheet's padding does not reach the inner editor
        self.lineEdit().setTextMargins(current().px(8), 0, 0, 0)

    def sizeHint(self) -> QSize:
        # Qt keeps its own hint from an earlier font when the text scale changes.
        widest = max(
            paint.text_width(f"{number}{self.suffix()}") for number in (self.minimum(), self.maximum())
        )
        return QSize(round(widest) + current().px(48), current().height("input"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = current(), QPainter(self)
        edge = theme.px(12)
        x, middle = self.width() - edge - theme.px(6), self.height() / 2
        for icon, offset, limit in (("chevron-up", -1, self.maximum()), ("chevron-down", 1, self.minimum())):
            usable = self.isEnabled() and self.value() != limit
            paint.icon(painter, icon, x, middle + offset * theme.px(6), edge, "text2" if usable else "line")
