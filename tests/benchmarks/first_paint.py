"""Runs a windowed program in this process and says when its window had been painted for the first time.

`python -m tests.benchmarks.first_paint hello` or `… tcmdesk WINDOW-CLASS ARGUMENTS…`. One JSON line goes to the file
descriptor in the environment variable below: the moment by the system-wide monotonic clock, and the memory then.

Painting is over when the next event is delivered, because Qt paints a window and hands it to the screen within one event;
an event of our own, posted at the first paint ahead of all others, is that next one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Final

if sys.argv[1:2] == ["tcmdesk"]:
    # what the program does before it imports anything of Qt; here Qt is imported before the program
    import tcmdesk.app.plain_imports  # noqa: F401

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.benchmarks.processes import PAINT_DESCRIPTOR, tree_memory

_PAINTED: Final = QEvent.Type(QEvent.registerEventType())


class FirstPaint(QObject):
    """Watches one window until its first paint.

    It filters that window's events only: a filter on the application would see thousands, and wrap each in a Python
    object, in a large window, while it saw a dozen in a small one.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() != _PAINTED:
            return super().event(event)
        painted = time.monotonic()
        line = json.dumps({"painted": painted, "memory": tree_memory(os.getpid())})
        os.write(int(os.environ[PAINT_DESCRIPTOR]), f"{line}\n".encode())
        return True


def watch(window_class: str | None) -> None:
    """Watch the first window of a class that is shown, or the first of any."""
    show = QWidget.show

    def shown(widget: QWidget) -> None:
        if window_class in {None, type(widget).__name__}:
            QWidget.show = show
            FirstPaint(widget)
        show(widget)

    QWidget.show = shown


def hello() -> int:
    """The smallest PySide6 program that shows a window."""
    application = QApplication(sys.argv[:1])
    window = QLabel("Hello, world")
    window.show()
    return application.exec()


def main() -> int:
    kind, *arguments = sys.argv[1:]
    window_class = arguments.pop(0) if kind == "tcmdesk" else None
    watch(window_class)
    if kind == "hello":
        return hello()
    from tcmdesk.__main__ import main as start

    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
