"""The desktop's start: as little as possible before the first window, the rest behind it."""

from __future__ import annotations

import sys

from tcmdesk.app import plain_imports  # noqa: F401  isort: skip  (first, for its effect)

from PySide6.QtWidgets import QApplication

from tcmdesk.app.application import Application
from tcmdesk.app.crash import CrashHandler
from tcmdesk.app.launch import Launch
from tcmdesk.core import paths
from tcmdesk.core.clock import FollowingClock, SystemClock
from tcmdesk.core.config import ConfigFile
from tcmdesk.ui.theme.current import FUSION

__all__ = ["Launch", "launch", "make_qt"]


def make_qt() -> QApplication:
    """Qt's application object, named for the desktop's task bars."""
    qt = QApplication([sys.argv[0], "-style", "Fusion"])
    qt.setProperty(FUSION, True)
    qt.setApplicationName(paths.APP)
    qt.setDesktopFileName(paths.APP)
    qt.setQuitOnLastWindowClosed(False)
    return qt


def launch(options: Launch) -> int:
    """Run the application until it is closed; returns the exit code."""
    qt = make_qt()
    crash = CrashHandler()
    crash.install()
    application = Application(options, ConfigFile(), crash, options.clock or FollowingClock(SystemClock()))
    application.start()
    try:
        return int(qt.exec())
    finally:
        application.shut_down()
        crash.uninstall()
