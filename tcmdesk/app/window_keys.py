"""The main window's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.ui import panes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcmdesk.app.main_window import MainWindow
    from tcmdesk.ui.components.rail import RailItem


def add_keys(window: MainWindow, items: Sequence[RailItem]) -> None:
    """Register them; a screen's key is the one its rail item shows."""
    context = window.context
    _, add, navigator = context.tr.gettext, context.shortcuts.add, context.navigator
    for item in items:
        if item.key:
            add(window, item.key, item.title, lambda name=item.name: navigator.open(name), rank=200)
    add(window, "Ctrl+K", _("Find"), navigator.find, rank=45)
    for key in ("F6", "Ctrl+F6"):
        add(window, key, _("Next pane"), lambda: panes.focus_next(window.panes()), rank=210)
    add(window, "Shift+F6", _("Previous pane"), lambda: panes.focus_next(window.panes(), back=True), rank=211)
    add(window, "Alt+Left", _("Back"), navigator.back, rank=220)
    add(window, "Alt+Right", _("Forward"), navigator.forward, rank=221)
    add(window, "Ctrl+Z", _("Undo"), window.undo, rank=150)
    for key in ("F5", "Ctrl+R"):
        add(window, key, _("Try again"), window.retry, rank=151)
    add(window, "?", _("All keys"), window.show_overview, rank=900)
