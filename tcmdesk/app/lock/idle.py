"""Notices that nobody has touched the desk for a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once after `seconds` without a key, the mouse or a finger in any window of the program.

    It listens at the windows, which hear of each touch once, and not at the application, which hears of every
    event there is. Both clocks count: the steady one stops while a laptop sleeps, the other one does not.
    """

    idle = Signal()

    def __init__(self, seconds: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.touch()

    @property
    def seconds(self) -> float:
        return self._seconds

    def set_seconds(self, seconds: float) -> None:
        """Another patience, counted from the last touch."""
        self._seconds = seconds
        if self._timer.isActive():
            self._wait()

    def start(self) -> None:
        """Begin to wait; the present counts as a touch."""
        self.touch()
        QGuiApplication.instance().focusWindowChanged.connect(self._on_focus_window_changed)
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        self._wait()

    def stop(self) -> None:
        """Wait no longer."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        QGuiApplication.instance().focusWindowChanged.disconnect(self._on_focus_window_changed)
        for window in self._watched:
            if isValid(window):
                window.removeEventFilter(self)
        self._watched.clear()

    def touch(self) -> None:
        """Somebody is there."""
        self._steady, self._wall = time.monotonic(), time.time()

    @property
    def quiet_seconds(self) -> float:
        """How long nobody has touched anything."""
        return max(time.monotonic() - self._steady, time.time() - self._wall)

    def _wait(self) -> None:
        self._timer.start(max(0, round((self._seconds - self.quiet_seconds) * 1000)) + 1)

    def _watch(self, window: QWindow) -> None:
        self._watched = [known for known in self._watched if isValid(known)]
        if window not in self._watched:
            self._watched.append(window)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            self._watch(window)

    def _on_timer_timeout(self) -> None:
        if self.quiet_seconds < self._seconds:
            self._wait()
            return
        self.touch()
        self._wait()
        self.idle.emit()
