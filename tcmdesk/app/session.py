"""What runs while someone is signed in: workers, the doorbell, the features' jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.ui.changes import ChangeBus

if TYPE_CHECKING:
    from tcmdesk.app.jobs import Jobs
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.executor import Executor
    from tcmdesk.core.db.feed import ChangeFeed


class Session(QObject):
    """One person at one database, from sign-in to sign-out.

    It outlives the main window, which is built anew when the language changes. A window may be shown before
    the database is there; then `prepared`, `executor` and `feed` are None until `connect_to`.
    """

    def __init__(self, actor: Staff, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actor = actor
        self.clock = clock
        self.changes = ChangeBus(self)
        self.prepared: Prepared | None = None
        self.executor: Executor | None = None
        self.feed: ChangeFeed | None = None
        self._jobs: Jobs | None = None

    def connect_to(self, prepared: Prepared) -> None:
        """Take a database over; it is closed with the session."""
        from tcmdesk.app.jobs import Jobs
        from tcmdesk.core.db.executor import Executor
        from tcmdesk.core.db.feed import ChangeFeed

        self.prepared = prepared
        self.executor = Executor(embedded=prepared.database.embedded)
        self.feed = ChangeFeed(prepared.database)
        self.changes.attach(self.feed)
        self._jobs = Jobs(prepared.database, self.clock, self.feed)

    def start(self) -> None:
        """Begin to watch and to work; after the main window is on screen."""
        if self.feed is not None and self._jobs is not None:
            self.feed.start()
            self._jobs.start()

    def close(self) -> None:
        """End every thread and close every connection, in this order."""
        if self._jobs is not None:
            self._jobs.stop()
        if self.feed is not None:
            self.feed.stop()
        if self.executor is not None:
            self.executor.close()
        if self.prepared is not None:
            self.prepared.database.close()
