"""A sentence at the top of a pane, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.ui.theme.tokens import Colour

BannerTone = Literal["info", "warn", "danger"]

_TONES: Final[dict[BannerTone, tuple[Colour, Colour, Colour]]] = {
    "info": ("accent_text", "accent_soft", "accent_line"),
    "warn": ("warn", "warn_soft", "warn_line"),
    "danger": ("danger", "danger_soft", "danger_line"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """A translated word, what it does, and the cap of its key if it has one."""

    text: str
    run: Callable[[], None]
    key: str = ""


class Banner(Themed, QWidget):
    """Icon, one sentence, at most two actions; 40 px high. It never takes the focus.

    Screen readers are told when it appears. A sentence that is too long is cut and shown whole in the
    tooltip, so keep it short.
    """

    def __init__(
        self,
        text: str,
        tone: BannerTone = "info",
        *,
        icon: str = "",
        actions: tuple[Action, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if len(actions) > 2:
            raise ValueError("a banner has at most two actions")
        self._tone: BannerTone = tone
        ink = _TONES[tone][0]
        self._sentence = Text(text, "body", ink, elide=True, parent=self)
        self.setAccessibleName(text)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconView(icon or _default_icon(tone), "control", ink, parent=self))
        self._row.addWidget(self._sentence, 1)
        self.buttons: list[Button] = []
        for action in actions:
            button = Button(action.text, key=action.key, size="small", parent=self)
            button.clicked.connect(lambda _checked=False, run=action.run: run())
            self._row.addWidget(button)
            self.buttons.append(button)
        self.start_theming()

    @property
    def text(self) -> str:
        return self._sentence.text()

    def set_text(self, text: str) -> None:
        """Say something else, for example the next second of a countdown."""
        self._sentence.setText(text)
        self.setAccessibleName(text)

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height("banner"))
        self._row.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        self._row.setSpacing(theme.px(8))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        _, ground, edge = _TONES[self._tone]
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("card"), ground, edge)


def _default_icon(tone: BannerTone) -> str:
    return {"info": "check", "warn": "circle-alert", "danger": "triangle-alert"}[tone]
