"""What runs while someone is signed in: workers, the doorbell, the features' jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.ui.changes import ChangeBus

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock


class Session(QObject):
    """One person at one database, from sign-in to sign-out.

    It outlives the main window, which is built anew when the language changes.
    """

    def __init__(self, prepared: Prepared, actor: Staff, clock: Clock, parent: QObject | None = None) -> None:
        from tcmdesk.app.jobs import Jobs
        from tcmdesk.core.db.executor import Executor
        from tcmdesk.core.db.feed import ChangeFeed

        super().__init__(parent)
        self.prepared = prepared
        self.database = prepared.database
        self.actor = actor
        self.clock = clock
        self.executor = Executor(embedded=self.database.embedded)
        self.feed = ChangeFeed(self.database)
        self.changes = ChangeBus(self)
        self.changes.attach(self.feed)
        self.jobs = Jobs(self.database, clock, self.feed)

    @property
    def zone(self) -> ZoneInfo:
        return self.prepared.zone

    def start(self) -> None:
        """Begin to watch and to work; after the main window is on screen."""
        self.feed.start()
        self.jobs.start()

    def close(self) -> None:
        """End every thread and close every connection, in this order."""
        self.jobs.stop()
        self.feed.stop()
        self.executor.close()
        self.database.close()
