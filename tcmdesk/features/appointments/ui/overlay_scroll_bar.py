"""A scroll bar that lies over its content: when it comes or goes, no column changes its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar

from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QAbstractScrollArea


class OverlayScrollBar(QScrollBar):
    """Shows and moves a hidden vertical scroll bar. Keys and wheel stay with the content."""

    def __init__(self, source: QScrollBar, parent: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._source = source
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        source.rangeChanged.connect(self._on_source_range_changed)
        source.valueChanged.connect(self.setValue)
        self.valueChanged.connect(source.setValue)
        self._on_source_range_changed(source.minimum(), source.maximum())

    def place(self, content: QRect) -> None:
        """Lie along the right edge of the content."""
        wide = current().px(8)
        self.setGeometry(content.right() + 1 - wide, content.top(), wide, content.height())
        self.setPageStep(self._source.pageStep())

    def _on_source_range_changed(self, least: int, most: int) -> None:
        self.setRange(least, most)
        self.setPageStep(self._source.pageStep())
        self.setSingleStep(self._source.singleStep())
        self.setVisible(most > least)
