"""Small marks: levels of a check, chips with a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour

Tone = Literal["neutral", "accent", "warn", "danger"]
LevelName = Literal["blocked", "stop", "sign", "note", "fixed"]

_TONES: Final[dict[Tone, tuple[Colour, Colour]]] = {
    "neutral": ("text2", "sunken"),
    "accent": ("accent_text", "accent_soft"),
    "warn": ("warn", "warn_soft"),
    "danger": ("danger", "danger_soft"),
}


@dataclass(frozen=True, slots=True)
class LevelLook:
    """How a level of a safety check is shown; `word` is a msgid."""

    icon: str
    word: str
    ink: Colour
    ground: Colour


LEVELS: Final[dict[LevelName, LevelLook]] = {
    "blocked": LevelLook("octagon-x", N_("Blocked"), "danger_fg", "danger"),
    "stop": LevelLook("octagon-alert", N_("Stop"), "danger", "danger_soft"),
    "sign": LevelLook("pen-line", N_("Sign"), "warn", "warn_soft"),
    "note": LevelLook("info", N_("Note"), "text2", "sunken"),
    "fixed": LevelLook("check", N_("Fixed"), "text3", "sunken"),
}


class _Mark(Themed, QWidget):
    """A word on a ground, as wide as it needs to be."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.apply_theme()
        self.update()


class Level(_Mark):
    """The level of a safety check: icon and word, 20 px high. `text` is its translated word."""

    def __init__(self, level: LevelName, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = LEVELS[level]
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        wide = paint.text_width(self._text, "small", bold=True) + theme.px(28)
        self.setFixedSize(QSize(round(wide), theme.height("level")))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, look = current(), self._look
        painter = QPainter(self)
        middle = self.height() / 2
        paint.rounded(painter, QRectF(self.rect()), theme.radius("kbd"), look.ground)
        paint.icon(painter, look.icon, theme.px(5), middle, theme.px(13), look.ink)
        paint.text(painter, theme.px(22), middle, self._text, "small", look.ink, bold=True)


class Chip(_Mark):
    """A fact in a rounded mark: ``Acupuncture``, ``Waiting 34 min``. Not a control."""

    def __init__(
        self, text: str, tone: Tone = "neutral", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._tone: Tone = tone
        self._icon = icon
        self.start_theming()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def apply_theme(self) -> None:
        theme = current()
        wide = paint.text_width(self._text, "small") + theme.px(16)
        if self._icon:
            wide += theme.icon("inline") + theme.px(4)
        self.setFixedSize(QSize(round(wide), theme.px(22)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current()
        ink, ground = _TONES[self._tone]
        painter = QPainter(self)
        middle, x = self.height() / 2, float(theme.px(8))
        paint.rounded(painter, QRectF(self.rect()), middle, ground)
        if self._icon:
            x += paint.icon(painter, self._icon, x, middle, theme.icon("inline"), ink) + theme.px(4)
        paint.text(painter, x, middle, self._text, "small", ink)
