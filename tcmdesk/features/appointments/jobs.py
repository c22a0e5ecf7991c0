"""Tells the index of people who was here, and keeps the platform from selling what cannot be given."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.db.election import run_elected
from tcmdesk.features.appointments.service import blocks, recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database

LOOK_BACK: Final = dt.timedelta(days=2)
_ACTOR: Final = System("recent-visits")
_BLOCKER: Final = System("platform-blocks")


def note_visits(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:
    """Note the visits of the last two days, on one workstation of the clinic; `db reindex` notes all."""
    now = clock.now()
    run_elected(
        database,
        "visits",
        lambda: recent.note_visits(database, _ACTOR, now - LOOK_BACK, now, stopped=stopped),
    )


def keep_blocks(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:
    """Block on the platform what it would sell of leave and longer visits, where the clinic wants it; one workstation."""
    run_elected(
        database,
        "blocks",
        lambda: blocks.keep_blocks(database, _BLOCKER, clock.now(), stopped=stopped),
    )
