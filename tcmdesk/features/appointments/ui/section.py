"""A labelled part of a sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.text import Text, label, note
from tcmdesk.ui.theme.current import Themed, current


class Section(Themed, QWidget):
    """A label, maybe a hint at its right, and what it is about."""

    def __init__(self, title: str, content: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        self._label = label(title, self)
        head.addWidget(self._label)
        head.addStretch(1)
        if hint:
            head.addWidget(note(hint, self))
        self._column.addLayout(head)
        self._column.addWidget(content)
        self.start_theming()

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(6))


class WarningLine(Themed, QWidget):
    """One line with a mark, its room kept while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._mark = IconView("circle-alert", "inline", "warn", parent=self)
        self._text = Text("", "small", "warn", elide=True, parent=self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self.say("")
        self.start_theming()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, *, stop: bool = False) -> None:
        """Say something, in red when it stands in the way; nothing when empty."""
        colour = "danger" if stop else "warn"
        self._text.setText(text)
        self._text.set_colour(colour)
        self._mark.set_icon("triangle-alert" if stop else "circle-alert", colour)
        self._mark.setVisible(bool(text))
        self.setAccessibleName(text)

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("field_note"))
        self._row.setSpacing(current().px(6))
