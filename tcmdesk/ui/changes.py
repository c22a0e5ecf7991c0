"""Changes reach screens on the UI thread, gathered over one turn of the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from tcmdesk.core.db.feed import ChangeFeed, Tables


class ChangeBus(QObject):
    """Carries the doorbell's news from its thread to the screens.

    `changed` brings the union of the tables that rang; `connected_changed` whether the database answers.
    """

    changed = Signal(frozenset)
    connected_changed = Signal(bool)
    _rang = Signal(object)
    _status = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.connected = True
        self._pending: set[str] = set()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(0)
        self._flush.timeout.connect(self._on_flush_timeout)
        self._rang.connect(self._on_rang, Qt.ConnectionType.QueuedConnection)
        self._status.connect(self._on_status, Qt.ConnectionType.QueuedConnection)

    def attach(self, feed: ChangeFeed) -> None:
        """Listen to a feed."""
        feed.subscribe(self._rang.emit)
        feed.subscribe_status(self._status.emit)

    def _on_rang(self, tables: Tables) -> None:
        self._pending |= tables
        self._flush.start()

    def _on_flush_timeout(self) -> None:
        tables, self._pending = frozenset(self._pending), set()
        self.changed.emit(tables)

    def _on_status(self, connected: bool) -> None:
        if connected is not self.connected:
            self.connected = connected
            self.connected_changed.emit(connected)
