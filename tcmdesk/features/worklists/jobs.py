"""Confirms what the clinic's rule allows, as soon as the platform has booked it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.db.election import run_elected
from tcmdesk.features.worklists.service.autoconfirm import confirm_by_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database

_ACTOR: Final = System("auto-confirm")


def auto_confirm(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:  # noqa: ARG001  (all jobs are called alike)
    """One round, on one workstation of the clinic."""
    run_elected(database, "auto_confirm", lambda: confirm_by_rule(database, _ACTOR))
