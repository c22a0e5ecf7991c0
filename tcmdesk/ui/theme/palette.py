"""Qt's palette from tokens: what Fusion draws by itself has our colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

if TYPE_CHECKING:
    from tcmdesk.ui.theme.theme import Theme
    from tcmdesk.ui.theme.tokens import Colour

_Role = QPalette.ColorRole

ROLES: dict[QPalette.ColorRole, Colour] = {
    _Role.Window: "canvas",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "canvas",
    _Role.Text: "text",
    _Role.PlaceholderText: "text3",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "danger",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "accent_fg",
    _Role.Accent: "accent",
    _Role.Link: "accent_text",
    _Role.LinkVisited: "accent_text",
    _Role.ToolTipBase: "text",
    _Role.ToolTipText: "surface",
    _Role.Light: "surface",
    _Role.Midlight: "line_soft",
    _Role.Mid: "line",
    _Role.Dark: "field_line",
    _Role.Shadow: "text3",
}
DISABLED: dict[QPalette.ColorRole, Colour] = {
    _Role.WindowText: "text3",
    _Role.Text: "text3",
    _Role.ButtonText: "text3",
    _Role.Base: "sunken",
    _Role.Button: "sunken",
}


def palette(theme: Theme) -> QPalette:
    """The palette of a theme, with its disabled group."""
    made = QPalette()
    for role, colour in ROLES.items():
        made.setColor(role, theme.colour(colour))
    for role, colour in DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour(colour))
    return made
