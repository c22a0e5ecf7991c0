"""Widgets beside or below each other, with gaps that follow the text scale."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtWidgets import QBoxLayout, QWidget

from tcmdesk.ui.theme.current import Themed, current

# Left, top, right, bottom, px at 100 %.
Margins = tuple[int, int, int, int]
NONE: Final[Margins] = (0, 0, 0, 0)


class _Box(Themed, QWidget):
    _direction: QBoxLayout.Direction

    def __init__(
        self,
        *widgets: QWidget,
        spacing: int = 8,
        margins: Margins = NONE,
        rest: Literal["end", "share", "equal"] = "share",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._spacing, self._margins = spacing, margins
        self.box = QBoxLayout(self._direction, self)
        for widget in widgets:
            self.box.addWidget(widget, int(rest == "equal"))
        if rest == "end":
            self.box.addStretch(1)
        self.start_theming()

    def apply_theme(self) -> None:
        px = current().px
        left, top, right, bottom = self._margins
        self.box.setSpacing(px(self._spacing))
        self.box.setContentsMargins(px(left), px(top), px(right), px(bottom))


class Row(_Box):
    """Side by side. `spacing` and `margins` are px at 100 %; `rest` says who gets spare room: ``end`` no one, ``share`` those that want it, ``equal`` all alike."""

    _direction = QBoxLayout.Direction.LeftToRight


class Column(_Box):
    """One below the other. `spacing` and `margins` are px at 100 %; `rest` as for `Row`."""

    _direction = QBoxLayout.Direction.TopToBottom
