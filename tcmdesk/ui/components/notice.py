"""A few lines that say what happened and what to do, where there is room for more than a banner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.ui.components.banner import Action, BannerTone
    from tcmdesk.ui.theme.tokens import Colour

_TONES: Final[dict[BannerTone, tuple[str, Colour, Colour, Colour]]] = {
    "info": ("circle-check", "accent_text", "accent_soft", "accent_line"),
    "warn": ("triangle-alert", "warn", "warn_soft", "warn_line"),
    "danger": ("circle-alert", "danger", "danger_soft", "danger_line"),
}


class Notice(Themed, QWidget):
    """Icon and wrapped words, with at most two actions below. Hidden while there is nothing to say.

    It never takes the focus; screen readers are told when it appears.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: BannerTone = "danger"
        self._icon = IconView("circle-alert", "control", "danger", parent=self)
        self._text = Text("", "body", "danger", wrap=True, parent=self)
        self.buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._words = QHBoxLayout()
        self._words.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words.addWidget(self._text, 1)
        self._column.addLayout(self._words)
        self._actions = QHBoxLayout()
        self._column.addLayout(self._actions)
        self.hide()
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(6))
        self._words.setSpacing(theme.px(8))
        self._actions.setSpacing(theme.px(8))
        self._actions.setContentsMargins(theme.icon("control") + theme.px(8), 0, 0, 0)

    @property
    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, tone: BannerTone = "danger", actions: tuple[Action, ...] = ()) -> None:
        """Show a translated sentence in the place of the one before."""
        icon, ink, _, _ = _TONES[tone]
        self._tone = tone
        self._icon.set_icon(icon, ink)
        self._text.set_colour(ink)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._set_actions(actions)
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Nothing to say any more."""
        self._set_actions(())
        self.hide()

    def _set_actions(self, actions: tuple[Action, ...]) -> None:
        for button in self.buttons:
            self._actions.removeWidget(button)
            button.hide()
            button.deleteLater()
        while self._actions.count():
            self._actions.takeAt(0)
        self.buttons = []
        for action in actions:
            button = Button(action.text, key=action.key, size="small", parent=self)
            button.clicked.connect(lambda _checked=False, run=action.run: run())
            self._actions.addWidget(button)
            self.buttons.append(button)
        if actions:
            self._actions.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        _, _, ground, edge = _TONES[self._tone]
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("control"), ground, edge)
