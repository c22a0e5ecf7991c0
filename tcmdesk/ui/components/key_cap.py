"""The cap of a key beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current


class KeyCap(Themed, QWidget):
    """A key (``N``, ``Ctrl K``, ``⏎``) as the user finds it on the keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.start_theming()

    @property
    def key(self) -> str:
        return self._key

    def apply_theme(self) -> None:
        self.setFixedSize(QSize(round(paint.key_cap_width(self._key)), current().height("kbd") + 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.key_cap(QPainter(self), 0, self.height() / 2, self._key)
