"""A window that shows a call, and what keeps its thread busy: a table that scrolls and redraws, paints of 100 ms, a long
call into C that holds the interpreter."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final

from tcmdesk.app.bootstrap import make_qt

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QObject, Qt, QTimer, Signal  # isort: skip
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from tcmdesk.features.consultations.ui.picture import Picture
from tcmdesk.media.protocol import Stream

if TYPE_CHECKING:
    from tcmdesk.media.client import MediaClient
    from tests.support.calls import Party

ROWS: Final = 50_000
BLOCK_SECONDS: Final = 0.1
SIZE: Final = (352, 264)


def application() -> QApplication:
    return QApplication.instance() or make_qt()  # type: ignore[return-value]


def run_for(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class _Bridge(QObject):
    frame_ready = Signal(str)


class Panel:
    """The call's picture as the program paints it. Closed, it is not there and takes nothing."""

    def __init__(self, party: Party) -> None:
        self._client: MediaClient = party.client
        self._bridge = _Bridge()
        self._bridge.frame_ready.connect(self._on_frame_ready, Qt.ConnectionType.QueuedConnection)
        self.shown = 0
        self._picture: Picture | None = None
        # the party was made without a window; from here on it has one
        party.client._supervisor._on_frame = self._bridge.frame_ready.emit

    def open(self) -> None:
        self._picture = Picture()
        self._picture.resize(*SIZE)
        self._picture.show()
        self._client.show_size(Stream.REMOTE, *SIZE)
        self._client.show_size(Stream.LOCAL, SIZE[0] // 4, SIZE[1] // 4)
        for stream in Stream:
            self._on_frame_ready(stream)

    def close(self) -> None:
        if self._picture is not None:
            self._picture.close()
            self._picture.deleteLater()
            self._picture = None

    def _on_frame_ready(self, stream: str) -> None:
        if self._picture is not None:
            self._picture.take(Stream(stream), self._client.frames(Stream(stream)))
            self.shown += 1


class Stress:
    """Work on the window's thread: what a bad screen does at its worst."""

    def __init__(self) -> None:
        self._model = _Rows()
        self._view = QTableView()
        self._view.setModel(self._model)
        self._view.resize(900, 600)
        self._slow = _Slow()
        self._slow.resize(200, 200)
        self._at = 0
        self._numbers = [random.random() for _ in range(200_000)]
        self._timers = [
            _every(33, self._scroll),
            _every(200, self._model.change),
            _every(1000, self._slow.update),
            _every(1300, lambda: sorted(self._numbers)),
        ]

    def start(self) -> None:
        self._view.show()
        self._slow.show()
        for timer in self._timers:
            timer.start()

    def stop(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._view.hide()
        self._slow.hide()

    def _scroll(self) -> None:
        self._at = (self._at + 37) % (ROWS - 1000)
        self._view.verticalScrollBar().setValue(self._at)


class _Slow(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        painter = QPainter(self)
        line = 0
        while time.perf_counter() - began < BLOCK_SECONDS:
            painter.drawLine(0, line % 200, 200, (line * 7) % 200)
            line += 1


class _Rows(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else ROWS

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 8

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return f"row {index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    def change(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(ROWS - 1, 7))


def _every(milliseconds: int, work: object) -> QTimer:
    timer = QTimer()
    timer.setInterval(milliseconds)
    timer.timeout.connect(work)
    return timer
