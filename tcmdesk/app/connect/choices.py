"""The three ways to begin, as large radio buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

HEIGHT: Final = 84


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to begin: a translated name and a line about it."""

    name: str
    icon: str
    title: str
    detail: str


class _Card(Themed, QRadioButton):
    def __init__(self, choice: Choice, key: str, parent: QWidget) -> None:
        super().__init__(choice.title, parent)
        self._choice, self._key = choice, key
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.start_theming()

    def set_choice(self, choice: Choice) -> None:
        self._choice = choice
        self.setText(choice.title)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.detail)

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(current().px(240), current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(160), current().px(HEIGHT))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def clipped_texts(self) -> list[str]:
        """What does not fit, for the check of pictures."""
        left, right = current().px(86), current().px(16)
        cap = round(paint.key_cap_width(self._key)) + right
        texts = ((self._choice.title, "subheading", cap), (self._choice.detail, "small", right))
        return [
            text for text, role, aside in texts if paint.text_width(text, role) > self.width() - left - aside
        ]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        on, box = self.isChecked(), QRectF(self.rect())
        paint.rounded(
            painter, box, theme.radius("card"), "surface", "accent" if on else "line", width=2 if on else 1
        )
        if self.underMouse() and not on:
            paint.rounded(painter, box.adjusted(1, 1, -1, -1), theme.radius("card"), "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        tile = QRectF(theme.px(16), (self.height() - theme.px(40)) / 2, theme.px(40), theme.px(40))
        paint.rounded(painter, tile, theme.radius("card"), "accent_soft" if on else "sunken")
        edge = theme.icon("nav")
        ink = "accent_text" if on else "text2"
        paint.icon(painter, self._choice.icon, tile.center().x() - edge / 2, tile.center().y(), edge, ink)
        left, middle = tile.right() + theme.px(14), self.height() / 2
        paint.text(painter, left, middle - theme.px(11), self._choice.title, "subheading")
        paint.text(painter, left, middle + theme.px(11), self._choice.detail, "small", "text2")
        paint.key_cap(painter, self.width() - theme.px(14), theme.px(22), self._key, align="right")


class Choices(QWidget):
    """One of several, one below the other. `chosen` carries the name."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._names = [choice.name for choice in choices]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(12))
        for at, choice in enumerate(choices):
            card = _Card(choice, f"Alt {at + 1}", self)
            self._group.addButton(card, at)
            column.addWidget(card)
        self._group.idToggled.connect(self._on_group_id_toggled)

    def choose(self, name: str) -> None:
        """Check one."""
        self._group.button(self._names.index(name)).setChecked(True)

    def set_texts(self, choices: Sequence[Choice], name: str) -> None:
        """The same choices in another language."""
        self.setAccessibleName(name)
        for card, choice in zip(self._group.buttons(), choices, strict=True):
            card.set_choice(choice)

    def _on_group_id_toggled(self, at: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self._names[at])
