"""Runs the features' background jobs, one after the other, on a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tcmdesk.core.errors import Unavailable
from tcmdesk.core.incidents import number_of
from tcmdesk.core.registry import load_features

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.feed import ChangeFeed

log = logging.getLogger(__name__)


class _Job:
    """A job and when it is next due."""

    def __init__(self, spec: Any) -> None:
        self.name: str = spec.name
        self.wakes_on: frozenset[str] = spec.wakes_on
        self.every: float | None = spec.every_seconds
        self._path: str = spec.path
        self.rung = True  # once at the start
        self.due = time.monotonic() + self.every if self.every else None

    def run(self, database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:
        self.rung = False
        if self.every:
            self.due = time.monotonic() + self.every
        module, _, function = self._path.partition(":")
        getattr(import_module(module), function)(database, clock, stopped)


class Jobs:
    """Each job runs once at the start, then when one of its tables rings or its time has come.

    A job that fails waits for its next bell; while the database is away that is when it is back.
    """

    def __init__(self, database: Database, clock: Clock, feed: ChangeFeed) -> None:
        self._database = database
        self._clock = clock
        self._jobs = [_Job(spec) for feature in load_features() for spec in feature.jobs]
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="tcmdesk-jobs", daemon=True)
        feed.subscribe(self._on_feed_rang)

    def start(self) -> None:
        """Begin; does nothing when no feature has a job."""
        if self._jobs:
            self._wake.set()
            self._thread.start()

    def stop(self) -> None:
        """Wait for the job that runs, and run no other."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _on_feed_rang(self, tables: frozenset[str]) -> None:
        touched = [job for job in self._jobs if job.wakes_on & tables]
        for job in touched:
            job.rung = True
        if touched:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._patience())
            self._wake.clear()
            for job in self._jobs:
                if self._stopping:
                    return
                if job.rung or (job.due is not None and job.due <= time.monotonic()):
                    self._run_one(job)

    def _patience(self) -> float | None:
        dues = [job.due for job in self._jobs if job.due is not None]
        return max(0.0, min(dues) - time.monotonic()) if dues else None

    def _run_one(self, job: _Job) -> None:
        try:
            job.run(self._database, self._clock, lambda: self._stopping)
        except Unavailable as error:
            log.info("job %s waits: %s", job.name, error)
        except Exception as error:  # noqa: BLE001  (a job's fault must not end the others)
            log.warning("job %s ended by fault %s", job.name, number_of(error))
