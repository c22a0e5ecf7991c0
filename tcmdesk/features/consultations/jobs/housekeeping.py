"""Closes the rooms of those who did not come, and takes old signals away."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.db.election import run_elected
from tcmdesk.features.consultations.service import ending, opening, signals

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

SILENCE: Final = dt.timedelta(minutes=2)
"""A patient who was there so recently is late, not absent."""

_ACTOR: Final = System("video-rooms")


def keep_rooms(database: Database, clock: Clock, stopped: Callable[[], bool]) -> None:
    """Mark no-shows and sweep, on one workstation of the clinic."""
    run_elected(database, "video-rooms", lambda: _keep(database, clock.now(), stopped))


def _keep(database: Database, now: dt.datetime, stopped: Callable[[], bool]) -> None:
    signals.sweep(database, _ACTOR)
    patience = database.read(lambda connection: opening.no_show_after(connection, _ACTOR))
    absent = database.read(
        lambda connection: ending.overdue(connection, _ACTOR, due=now - patience, silent=now - SILENCE)
    )
    for consultation_id in absent:
        if stopped():
            return
        if database.write(
            _ACTOR, "consultations:visit:no_show", partial(_close, consultation_id), subject=consultation_id
        ):
            log.info("no-show: %s", consultation_id)


def _close(consultation_id: str, uow: UnitOfWork) -> bool:
    return ending.no_show(uow, _ACTOR, consultation_id)
