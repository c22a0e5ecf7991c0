"""One look: tokens at a mode, a text scale and a language. Immutable; a change is a new theme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont

from tcmdesk.ui.theme import tokens as token_table

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour, Language, Mode, Tokens, TypeRole

SCALES: Final = (1.0, 1.15, 1.3)


@dataclass(frozen=True, slots=True)
class Theme:
    """What components ask for colours, fonts and sizes.

    `scale` multiplies every length (1.0, 1.15 or 1.3 by the user's setting); `motion` is False when the
    user wants no animation. Colours and fonts are the caller's own copies.
    """

    mode: Mode = "light"
    language: Language = "zh_CN"
    scale: float = 1.0
    motion: bool = True
    tokens: Tokens = field(default_factory=token_table.load, repr=False, compare=False)
    _fonts: dict[tuple[str, bool, bool], QFont] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def with_(self, **changes: object) -> Theme:
        """The same look with some fields changed."""
        return replace(self, **changes)

    def colour(self, name: Colour) -> QColor:
        """The colour of a token in this mode; `KeyError` when there is no such token."""
        rgba = self.tokens.colours[self.mode][name]
        return QColor.fromRgb(rgba.red, rgba.green, rgba.blue, round(rgba.alpha * 255))

    def px(self, length: float) -> int:
        """A length of the design (px at 100 %) in px at this scale."""
        return round(length * self.scale)

    def height(self, name: str) -> int:
        return self.px(self.tokens.height[name])

    def width(self, name: str) -> int:
        return self.px(self.tokens.width[name])

    def icon(self, name: str) -> int:
        """Edge of an icon in px: ``inline``, ``control``, ``pane_title``, ``nav`` or ``empty``."""
        return self.px(self.tokens.icon[name])

    def radius(self, name: str) -> int:
        return self.px(self.tokens.radius[name])

    def font(self, role: TypeRole = "body", *, bold: bool | None = None, serif: bool = False) -> QFont:
        """The font of a step of the type scale; `bold` overrides the step's own weight."""
        step = self.tokens.type[role]
        heavy = step.bold if bold is None else bold
        key = (role, heavy, serif)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(self.px(step.px), heavy, serif=serif)
        return QFont(self._fonts[key])

    def line_height(self, role: TypeRole) -> int:
        return self.px(self.tokens.type[role].line)

    def families(self, *, serif: bool = False) -> list[str]:
        """Font families, best first. In English a Latin font leads, or quotes and dashes come out full width."""
        if serif:
            return list(self.tokens.fonts_print)
        chinese, latin = self.tokens.fonts_chinese, self.tokens.fonts_latin
        return [*chinese, *latin] if self.language == "zh_CN" else [*latin, *chinese]

    def _make_font(self, pixels: int, heavy: bool, *, serif: bool) -> QFont:
        font = QFont()
        font.setFamilies(self.families(serif=serif))
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font
