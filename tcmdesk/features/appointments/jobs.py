"""Tells the index of people who was here, so that the search shows recent visitors first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.db.election import run_elected
from tcmdesk.features.appointments.service import recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database

LOOK_BACK: Final = dt.timedelta(days=2)
_ACTOR: Final = System("recent-visits")


def note_visits(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:
    """Note the visits of the last two days, on one workstation of the clinic; `db reindex` notes all."""
    now = clock.now()
    run_elected(
        database,
        "visits",
        lambda: recent.note_visits(database, _ACTOR, now - LOOK_BACK, now, stopped=stopped),
    )
