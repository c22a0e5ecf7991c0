"""Ends offers that have run out, and offers cancelled times to who waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.db.election import run_elected
from tcmdesk.features.waitlist.service import automatic

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database

_ACTOR: Final = System("waitlist")


def keep_offers(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:  # noqa: ARG001  (all jobs are called alike)
    """One round, on one workstation of the clinic."""

    def work() -> None:
        automatic.end_run_out(database, _ACTOR)
        if not stopped():
            automatic.offer_cancelled(database, _ACTOR)

    run_elected(database, "waitlist", work)
