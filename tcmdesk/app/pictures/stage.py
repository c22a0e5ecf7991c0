"""The main window on the demo, without a doorbell or jobs, for scenes to play on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tcmdesk.app.main_window import MainWindow
from tcmdesk.app.palette.window import Palette
from tcmdesk.app.pictures.patient_executor import PatientExecutor
from tcmdesk.core.incidents import number_of
from tcmdesk.ui.changes import ChangeBus
from tcmdesk.ui.context import UiContext
from tcmdesk.ui.messages import Messages
from tcmdesk.ui.navigator import Navigator
from tcmdesk.ui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from tcmdesk.app.look import Look
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock
    from tcmdesk.ui.findings import Search
    from tcmdesk.ui.screen import Screen

QUIET_SECONDS: Final = 0.15
"""No work for this long counts as settled; fields wait a little less before they ask."""

PATIENCE_SECONDS: Final = 15.0


class PictureStage(QObject):
    """A main window for one scene."""

    def __init__(self, prepared: Prepared, actor: Staff, look: Look, clock: Clock, size: QSize) -> None:
        from tcmdesk.core.db.feed import ChangeFeed

        super().__init__()
        self._executor = PatientExecutor()
        self._context = UiContext(
            database=prepared.database,
            executor=self._executor,
            feed=ChangeFeed(prepared.database),
            changes=ChangeBus(self),
            actor=actor,
            tr=look.tr,
            clock=clock,
            zone=prepared.zone,
            theme=look.theme,
            messages=Messages(look.tr, number_of, self),
            navigator=Navigator(self._build_screen, self),
            shortcuts=Shortcuts(self),
        )
        self._window = MainWindow(self._context, clinic=prepared.clinic)
        self._window.find_requested.connect(self._on_window_find_requested)
        self._window.resize(size)
        self._window.show()
        self._window.activateWindow()

    @property
    def context(self) -> UiContext:
        return self._context

    @property
    def window(self) -> MainWindow:
        return self._window

    def open(self, screen: str, **params: Any) -> Screen:
        """Show a screen and wait until it has loaded."""
        opened = self._context.navigator.open(screen, **params)
        self.settle()
        return opened

    def settle(self) -> None:
        """Wait until no work is under way and nothing is left to paint.

        Raises `TimeoutError` when a screen never comes to rest.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < QUIET_SECONDS:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            screen = self._context.navigator.current
            if not self._executor.idle or (screen is not None and not screen.at_rest):
                quiet_since = time.monotonic()
            if time.monotonic() > deadline:
                raise TimeoutError("a screen did not come to rest")
            time.sleep(0.005)

    def keys(self, *keys: str) -> None:
        """Press keys in whatever has the keyboard."""
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self._focused(), combination.key(), combination.keyboardModifiers())
            self.settle()

    def write(self, text: str) -> None:
        """Type a text; Chinese comes as an input method would bring it."""
        from PySide6.QtGui import QInputMethodEvent

        if text.isascii():
            QTest.keyClicks(self._focused(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self._focused(), event)
        self.settle()

    def strike(self) -> None:
        """Take the scene down."""
        self._window.hide()
        self._window.deleteLater()
        self._executor.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.deleteLater()

    def _on_window_find_requested(self, search: Search) -> None:
        Palette(self._window, (), search)

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _build_screen(self, name: str) -> Screen:
        return self._window.build_screen(name)
