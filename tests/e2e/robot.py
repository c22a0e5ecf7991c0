"""The real application in a process of its own, with a robot that presses its keys and reads its screen.

``python -m tests.e2e.robot --url URL --now ISO-TIME``: one JSON command a line on stdin, one JSON answer a line on
stdout. The robot works on the UI thread, as a person's hands and eyes do; it calls nothing inside the application.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import threading
from typing import Any

from tcmdesk.app.bootstrap import make_qt

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal  # isort: skip
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from tcmdesk.app.application import Application
from tcmdesk.app.crash import CrashHandler
from tcmdesk.app.launch import Launch
from tcmdesk.core.config import ConfigFile


class ShiftedClock:
    """The computer's clock, set to another moment."""

    def __init__(self, start: dt.datetime) -> None:
        self._shift = start - dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self._shift


class Robot(QObject):
    """Carries out commands from stdin until it is closed."""

    _told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._told.emit(line)
        self._told.emit('{"do": "quit"}')

    def _on_told(self, line: str) -> None:
        command = json.loads(line)
        try:
            answer = {"ok": getattr(self, f"do_{command.pop('do')}")(**command)}
        except Exception as error:  # noqa: BLE001  (the test is told, whatever it was)
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def do_window(self) -> str:
        """The class of the window in front."""
        return type(_window()).__name__

    def do_focus(self, name: str) -> bool:
        """Click on the field of a name."""
        target = next(
            w for w in _window().findChildren(QWidget) if w.accessibleName() == name and w.isVisible()
        )
        target.setFocus()
        return True

    def do_keys(self, keys: list[str]) -> bool:
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(_focused(), combination.key(), combination.keyboardModifiers())
        return True

    def do_write(self, text: str) -> bool:
        if text.isascii():
            QTest.keyClicks(_focused(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(_focused(), event)
        return True

    def do_texts(self) -> list[str]:
        """Every label that can be read."""
        return [
            label.text() for label in _window().findChildren(QLabel) if label.isVisible() and label.text()
        ]

    def do_items(self) -> list[str]:
        """What every visible list and table says of its items."""
        views = [view for view in _window().findChildren(QAbstractItemView) if view.isVisible()]
        return [text for view in views if view.model() for text in _texts(view.model())]

    def do_resize(self, width: int, height: int) -> bool:
        _window().resize(width, height)
        return True

    def do_keys_into_dialog(self, keys: list[str]) -> bool:
        """Press keys that open a dialog which answers only when it is closed."""
        QTimer.singleShot(0, lambda: self.do_keys(keys))
        return True

    def do_focused(self) -> str:
        """What has the keyboard: its class and accessible name."""
        focused = _focused()
        return f"{type(focused).__name__} {focused.accessibleName()}".strip()

    def do_offers(self, name: str) -> bool:
        """Whether a widget of a name is to be seen."""
        return any(w.accessibleName() == name and w.isVisible() for w in _window().findChildren(QWidget))

    def do_described(self, name: str) -> str:
        """What the widget of a name says of itself."""
        return next(
            w.accessibleDescription() for w in _window().findChildren(QWidget) if w.accessibleName() == name
        )

    def do_chosen(self) -> str:
        """What the list that has the keyboard says of its current item."""
        view = _focused()
        if not isinstance(view, QAbstractItemView):
            return ""
        index = view.currentIndex()
        text = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        return str(text or "")

    def do_near(self) -> list[str]:
        """The items of the list that stands nearest to what has the keyboard."""
        place = _focused().parentWidget()
        while place is not None:
            views = [view for view in place.findChildren(QAbstractItemView) if view.isVisible()]
            if views:
                return [text for view in views if view.model() for text in _texts(view.model())]
            place = place.parentWidget()
        return []

    def do_grab(self, path: str) -> bool:
        return _window().grab().save(path)

    def do_quit(self) -> bool:
        QApplication.quit()
        return True


def _texts(model: QAbstractItemModel) -> list[str]:
    found = []
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            index = model.index(row, column)
            text = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            if text:
                found.append(str(text))
    return found


def _window() -> QWidget:
    in_front = QApplication.activeModalWidget() or QApplication.activeWindow()
    return in_front or next(
        window for window in QApplication.topLevelWidgets() if window.isVisible() and window.isWindow()
    )


def _focused() -> QWidget:
    if QApplication.activeWindow() is None:
        # what a window manager does when a dialog closes, and this platform has none
        _window().activateWindow()
        QApplication.processEvents()
    return QApplication.focusWidget() or _window()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--now", required=True, type=dt.datetime.fromisoformat)
    parser.add_argument("--language", default="en")
    args: Any = parser.parse_args()
    qt = make_qt()
    crash = CrashHandler()
    crash.install()
    launch = Launch(url=args.url, language=args.language, mode="light", scale=1.0, remember=False)
    application = Application(launch, ConfigFile(), crash, ShiftedClock(args.now))
    robot = Robot()
    application.start()
    try:
        return qt.exec()
    finally:
        application.shut_down()
        crash.uninstall()
        robot.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
