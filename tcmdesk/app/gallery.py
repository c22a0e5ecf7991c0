"""The developers' gallery in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.app.bootstrap import make_qt
from tcmdesk.app.look import Look
from tcmdesk.core.config import ConfigFile
from tcmdesk.ui.gallery import Gallery

if TYPE_CHECKING:
    from tcmdesk.app.launch import Launch


def show_gallery(options: Launch) -> int:
    """Show it until it is closed; returns the exit code."""
    qt = make_qt()
    qt.setQuitOnLastWindowClosed(True)
    look = Look(ConfigFile(), options)
    gallery = Gallery(look.tr)
    gallery.resize(1440, 900)
    gallery.show()
    return int(qt.exec())
