"""The developers' gallery in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.app.bootstrap import make_qt
from tcmdesk.app.look import Look
from tcmdesk.core.config import ConfigFile
from tcmdesk.core.registry import load, load_features
from tcmdesk.ui.gallery import Gallery

if TYPE_CHECKING:
    from tcmdesk.app.launch import Launch
    from tcmdesk.core.i18n import Translator

AFTER_INPUTS: Final = 2
"""Where the features' sections stand in the left column."""


def full_gallery(tr: Translator) -> Gallery:
    """The kit's components, and those that features show of their own."""
    gallery = Gallery(tr)
    for feature in load_features():
        if feature.samples is not None:
            title, widget = load(feature.samples)(tr)
            gallery.add_section(title, widget, at=AFTER_INPUTS)
    return gallery


def show_gallery(options: Launch) -> int:
    """Show it until it is closed; returns the exit code."""
    qt = make_qt()
    qt.setQuitOnLastWindowClosed(True)
    look = Look(ConfigFile(), options)
    gallery = full_gallery(look.tr)
    gallery.resize(1440, 900)
    gallery.show()
    return int(qt.exec())
