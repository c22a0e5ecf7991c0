"""Last visits: for the search's order and for the line that says when somebody was here."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Final

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.visits import last_visits_of, visited_between
from tcmdesk.features.appointments.types import READ, LastVisit
from tcmdesk.features.patients.service import index
from tcmdesk.features.patients.types import INDEX, PatientRef
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database

CHUNK: Final = 100
"""People in one transaction: about thirty milliseconds, for which others' writes on this computer wait."""


@requires(READ)
def last_visits(
    connection: Connection, actor: Actor, refs: Iterable[PatientRef], *, now: dt.datetime, zone: ZoneInfo
) -> Mapping[PatientRef, LastVisit]:
    """When each of these people was here last; who never was is left out. One statement."""
    wanted = set(refs)
    found = last_visits_of(connection, {ref.user_id for ref in wanted}, now, zone)
    return {ref: visit for ref, visit in found.items() if ref in wanted}


@requires(INDEX)
def note_visits(
    database: Database,
    actor: Actor,
    since: dt.datetime,
    until: dt.datetime,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Tell the index who was here in a stretch of time; returns for how many that was news."""
    zone = database.read(lambda connection: clinic(connection, actor)).zone
    seen = database.read(partial(visited_between, since=since, until=until, zone=zone))
    known = database.read(lambda connection: index.known_visits(connection, actor, tuple(seen)))
    news = [(ref, day) for ref, day in seen.items() if ref in known and (known[ref] or dt.date.min) < day]
    for start in range(0, len(news), CHUNK):
        if stopped():
            return start
        _note(database, actor, dict(news[start : start + CHUNK]))
    return len(news)


def _note(database: Database, actor: Actor, visits: Mapping[PatientRef, dt.date]) -> None:
    database.write(actor, "patients:index:visits", lambda uow: index.note_visits(uow, actor, visits))


@requires(INDEX)
def reindex_with_visits(
    database: Database,
    actor: Actor,
    now: dt.datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Rebuild the index of people with everybody's last visit; see `patients.service.index.reindex`."""
    zone = database.read(lambda connection: clinic(connection, actor)).zone

    def visits(connection: Connection, accounts: Sequence[str]) -> Mapping[PatientRef, dt.date]:
        found = last_visits_of(connection, accounts, now, zone)
        return {ref: visit.day for ref, visit in found.items()}

    return index.reindex(database, progress, cancelled, last_visits=visits)
