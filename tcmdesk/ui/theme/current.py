"""The look in force. Like Qt's palette and style sheet it belongs to the process: one window, one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shiboken6 import isValid

from tcmdesk.ui.theme.palette import palette
from tcmdesk.ui.theme.stylesheet import stylesheet
from tcmdesk.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


FUSION: Final = "fusion"
"""Property of the application object: the style is Fusion already."""


class _InForce:
    theme: Theme | None = None


def current() -> Theme:
    """The theme in force; the default look before `apply` was called."""
    if _InForce.theme is None:
        _InForce.theme = Theme()
    return _InForce.theme


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme in force, at start or while the program runs: every widget follows."""
    _InForce.theme = theme
    # asking Qt for its style object costs 9 ms of enums, so a start with ``-style Fusion`` says so by itself
    if app.property(FUSION) is not True:
        app.setStyle("Fusion")
        app.setProperty(FUSION, True)
    app.setFont(theme.font("body"))
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))
    # After Qt has repolished everything: while it does, it gives widgets the fonts back that they had before.
    for widget in app.allWidgets():
        if isinstance(widget, Themed) and isValid(widget):
            widget.start_theming()


class Themed:
    """Mixed into a widget, before its Qt class: `apply_theme` is called whenever the look changes.

    The widget calls `start_theming` at the end of its constructor, which calls `apply_theme` a first time.
    """

    _themed_by: Theme | None = None

    def start_theming(self) -> None:
        self._themed_by = current()
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the fonts, sizes and colours that are kept, not asked for while painting, from `current()`."""


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a dynamic property that was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
