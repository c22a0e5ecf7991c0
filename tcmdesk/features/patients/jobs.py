"""Makes people findable whom the platform has registered or renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.db.election import run_elected
from tcmdesk.features.patients.service.index import index_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database


def index_people(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:  # noqa: ARG001  (all jobs are called alike)
    """Bring the index up to date, on one workstation of the clinic."""
    run_elected(database, "index", lambda: index_changes(database, stopped))
