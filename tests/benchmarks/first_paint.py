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
    """Watches an application until the first paint of a window of a class, or of any."""

    def __init__(self, application: QApplication, window_class: str | None) -> None:
        super().__init__(application)
        self._application = application
        self._window_class = window_class
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_window(watched):
            self._application.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def _is_window(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget) or not watched.isWindow():
            return False
        return self._window_class in {None, type(watched).__name__}

    def event(self, event: QEvent) -> bool:
        if event.type() != _PAINTED:
            return super().event(event)
        painted = time.monotonic()
        line = json.dumps({"painted": painted, "memory": tree_memory(os.getpid())})
        os.write(int(os.environ[PAINT_DESCRIPTOR]), f"{line}\n".encode())
        return True


def hello() -> int:
    """The smallest PySide6 program that shows a window."""
    application = QApplication(sys.argv[:1])
    window = QLabel("Hello, world")
    window.show()
    return application.exec()


def main() -> int:
    kind, *arguments = sys.argv[1:]
    window_class = arguments.pop(0) if kind == "tcmdesk" else None
    construct = QApplication.__init__

    def constructed(application: QApplication, *args: object) -> None:
        construct(application, *args)
        FirstPaint(application, window_class)

    QApplication.__init__ = constructed
    if kind == "hello":
        return hello()
    from tcmdesk.__main__ import main as start

    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
