"""The doorbell: which tables others have changed, and whether the database is there at all.

MySQL and MariaDB tell each table's last commit in `information_schema.tables.update_time`, for one cheap
query and without a schema change. Its resolution is one second, and a second commit within the same second
does not move it; so a table keeps ringing while its time is within two seconds of the server's clock at
the last look. SQLite's ``PRAGMA data_version`` says only that something changed: then all tables ring.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from tcmdesk.core.db.base import Base

if TYPE_CHECKING:
    from tcmdesk.core.db.database import Database

log = logging.getLogger(__name__)

INTERVAL_SECONDS: Final = 1.5
OVERLAP: Final = dt.timedelta(seconds=2)

_SERVER_LOOK: Final = text(
    "SELECT table_name, update_time, UTC_TIMESTAMP() FROM information_schema.tables"
    " WHERE table_schema = DATABASE() AND update_time IS NOT NULL"
)
_FRESH_STATISTICS: Final = text("SET SESSION information_schema_stats_expiry = 0")

Tables = frozenset[str]
ChangeListener = Callable[[Tables], None]
StatusListener = Callable[[bool], None]


class ServerBell:
    """Compares each table's `update_time` with the look before."""

    def __init__(self) -> None:
        self._seen: dict[str, dt.datetime] | None = None
        self._looked_at: dt.datetime | None = None

    def prepare(self, connection: Connection) -> None:
        """Turn off the statistics cache of this session; MariaDB has none."""
        if not connection.dialect.is_mariadb:  # type: ignore[attr-defined]
            connection.execute(_FRESH_STATISTICS)

    def look(self, connection: Connection) -> Tables:
        """The tables that changed since the last look; none at the first."""
        rows = connection.execute(_SERVER_LOOK).all()
        times = {name: moment for name, moment, _ in rows}
        server_now = rows[0][2] if rows else None
        seen, looked_at = self._seen, self._looked_at
        self._seen, self._looked_at = times, server_now or looked_at
        if seen is None:
            return frozenset()
        return frozenset(
            name
            for name, moment in times.items()
            if moment != seen.get(name) or (looked_at is not None and moment >= looked_at - OVERLAP)
        )


class FileBell:
    """Watches SQLite's data version, which moves when another connection commits."""

    def __init__(self) -> None:
        self._version: int | None = None

    def prepare(self, connection: Connection) -> None:
        """Nothing to set."""

    def look(self, connection: Connection) -> Tables:
        """All tables when another connection has committed, else none."""
        version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        before, self._version = self._version, version
        return frozenset(Base.metadata.tables) if before is not None and version != before else frozenset()


class ChangeFeed:
    """A thread that looks every `interval` seconds and tells its subscribers, on that thread.

    When the database comes back after an absence, every table rings, because looks were missed.
    """

    def __init__(self, database: Database, *, interval: float = INTERVAL_SECONDS) -> None:
        self._database = database
        self._interval = interval
        self._listeners: list[ChangeListener] = []
        self._status_listeners: list[StatusListener] = []
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._connected: bool | None = None
        self._thread = threading.Thread(target=self._run, name="tcmdesk-feed", daemon=True)
        database.on_commit(self._ring)

    def subscribe(self, listener: ChangeListener) -> None:
        """Call `listener` with the changed tables."""
        self._listeners.append(listener)

    def subscribe_status(self, listener: StatusListener) -> None:
        """Call `listener` with True when the database answers and False when it stops to."""
        self._status_listeners.append(listener)

    def start(self) -> None:
        self._thread.start()

    def look_now(self) -> None:
        """Do not wait for the interval, as after "Retry"."""
        self._wake.set()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except SQLAlchemyError:
                self._report(connected=False)
                self._wait()

    def _watch(self) -> None:
        bell = FileBell() if self._database.embedded else ServerBell()
        with self._database.reads.connect() as connection:
            bell.prepare(connection)
            bell.look(connection)
            returned = self._connected is False
            self._report(connected=True)
            if returned:
                self._ring(frozenset(Base.metadata.tables))
            while not self._stopping.is_set():
                self._wait()
                if self._stopping.is_set():
                    return
                changed = bell.look(connection)
                if changed:
                    self._ring(changed)

    def _wait(self) -> None:
        self._wake.wait(self._interval)
        self._wake.clear()

    def _ring(self, tables: Tables) -> None:
        for listener in self._listeners:
            listener(tables)

    def _report(self, *, connected: bool) -> None:
        if connected is self._connected:
            return
        log.info("database %s", "connected" if connected else "away")
        self._connected = connected
        for listener in self._status_listeners:
            listener(connected)
