"""Where the call display stands: filling a second screen, or in a window while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

WINDOW_SIZE: Final = QSize(960, 600)


def second_screen(screens: Sequence[QScreen], main: QScreen | None) -> QScreen | None:
    """The screen for patients: the first that is not the desk's; None when there is only one."""
    return next((screen for screen in screens if screen is not main), None)


class DisplayPlace(QObject):
    """Puts a window on the second screen and keeps it there as screens come and go.

    `lost` says that the screen was unplugged and the window goes on at the desk, `found` that it is back.
    """

    lost = Signal()
    found = Signal()

    def __init__(self, window: QWidget, desk: QWidget) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._screen: QScreen | None = None
        self._wants_screen = True
        application = QGuiApplication.instance()
        application.screenRemoved.connect(self.on_screen_removed)
        application.screenAdded.connect(self.on_screen_added)

    @property
    def on_second_screen(self) -> bool:
        return self._screen is not None

    def show(self) -> None:
        """Show the window where it belongs."""
        screen = second_screen(QGuiApplication.screens(), self._desk_screen())
        if screen is not None:
            self._fill(screen)
            return
        self._window.resize(WINDOW_SIZE)
        self._window.showNormal()
        self._window.raise_()

    def toggle_full_screen(self) -> None:
        """F11: by hand, on whatever screen it stands."""
        if self._window.isFullScreen():
            self._wants_screen = False
            self._screen = None
            self._window.showNormal()
            self._window.resize(WINDOW_SIZE)
        else:
            self._wants_screen = True
            self._window.showFullScreen()

    def _desk_screen(self) -> QScreen | None:
        return self._desk.window().screen() or QGuiApplication.primaryScreen()

    def _fill(self, screen: QScreen) -> None:
        self._screen = screen
        self._window.setScreen(screen)
        self._window.setGeometry(screen.geometry())
        self._window.showFullScreen()

    def on_screen_removed(self, screen: QScreen) -> None:
        """The display's screen is unplugged: go on in a window."""
        if screen is not self._screen:
            return
        self._screen = None
        left = [other for other in QGuiApplication.screens() if other is not screen]
        place = self._desk_screen()
        if place is None or place is screen:
            place = left[0] if left else None
        self._window.showNormal()
        if place is not None:
            self._window.setScreen(place)
            self._window.move(place.availableGeometry().topLeft())
        self._window.resize(WINDOW_SIZE)
        self.lost.emit()

    def on_screen_added(self, screen: QScreen) -> None:
        """A screen is there again: fill it."""
        wanted = self._screen is None and self._wants_screen and self._window.isVisible()
        if wanted and screen is not self._desk_screen():
            self._fill(screen)
            self.found.emit()
