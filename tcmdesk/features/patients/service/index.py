"""Keeps the index of people in step with the tables of people, which the platform writes too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from tcmdesk.core.actor import Actor, System
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.unit_of_work import UnitOfWork
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.patients.queries import index, people
from tcmdesk.features.patients.queries.index import Person
from tcmdesk.features.patients.types import INDEX, PatientRef

CHUNK: Final = 400
"""Accounts in one transaction; others' bookings on this computer wait for it."""

OVERLAP: Final = dt.timedelta(seconds=10)
"""A row carries the time of its statement and is seen from its commit on: look back that far."""

_INDEXER: Final = System("patient-index")

LastVisits = Callable[[Connection, Sequence[str]], Mapping[PatientRef, dt.date]]
"""The last visits of the people of some accounts; the appointments know them, and are above this feature."""


def _unknown(_connection: Connection, _accounts: Sequence[str]) -> Mapping[PatientRef, dt.date]:
    return {}


@requires(INDEX)
def index_accounts(uow: UnitOfWork, actor: Actor, account_ids: Sequence[str]) -> int:
    """Index everybody of some accounts inside a transaction; returns how many differed from before."""
    return _write(uow, account_ids, {})


@requires(INDEX)
def note_visits(uow: UnitOfWork, actor: Actor, visits: Mapping[PatientRef, dt.date]) -> None:
    """Note people's last visits, which decide the order among equal hits."""
    index.write_last_visit(uow, [(ref.profile_id or ref.user_id, day) for ref, day in visits.items()])


@public("derived data: whoever may write to the database may bring its index up to date")
def index_changes(database: Database) -> int:
    """Index who was registered or renamed since the last time; returns how many people were written."""
    since = database.read(people.watermark)
    if since is None:
        return reindex(database)
    changed = database.read(lambda connection: people.accounts_changed_since(connection, since - OVERLAP))
    written = 0
    for start in range(0, len(changed), CHUNK):
        chunk = changed[start : start + CHUNK]
        # most of what the overlap shows is indexed already: the transaction is for what is not
        if database.read(lambda connection, chunk=chunk: any(_differences(connection, chunk, {}))):
            written += database.write(
                _INDEXER, "patients:index:update", lambda uow, chunk=chunk: _write(uow, chunk, {})
            )
    return written


@public("derived data: whoever may write to the database may bring its index up to date")
def reindex(
    database: Database,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    last_visits: LastVisits = _unknown,
) -> int:
    """Go through every account and index what differs; it may be stopped and run again.

    `progress` hears of accounts done and in all. Returns how many people were written.
    """
    total = database.read(people.count_accounts)
    done, written, after = 0, 0, ""
    while not cancelled():
        chunk = database.read(lambda connection, after=after: people.accounts_after(connection, after, CHUNK))
        if not chunk:
            written += _remove_orphans(database)
            break
        visits = database.read(lambda connection, chunk=chunk: last_visits(connection, chunk))
        written += database.write(
            _INDEXER,
            "patients:index:rebuild",
            lambda uow, chunk=chunk, visits=visits: _write(uow, chunk, visits),
        )
        after, done = chunk[-1], done + len(chunk)
        progress(min(done, total), total)
    return written


def _remove_orphans(database: Database) -> int:
    keys = database.read(people.orphans)
    if keys:
        database.write(_INDEXER, "patients:index:clean", lambda uow: index.remove_people(uow, keys))
    return len(keys)


def _write(uow: UnitOfWork, account_ids: Sequence[str], visits: Mapping[PatientRef, dt.date]) -> int:
    new, gone = _differences(uow.connection, account_ids, visits)
    if gone:
        index.remove_people(uow, gone)
    index.write_people(uow, new)
    return len(new) + len(gone)


def _differences(
    connection: Connection, account_ids: Sequence[str], visits: Mapping[PatientRef, dt.date]
) -> tuple[list[Person], list[str]]:
    """Who has to be indexed anew, and the keys of those who are no patients any more."""
    indexed = people.indexed_of(connection, account_ids)
    current: dict[str, Person] = {}
    for person in people.people_of(connection, account_ids):
        before = indexed.get(person.key)
        day = visits.get(PatientRef(person.user_id, person.profile_id), before.last_visit if before else None)
        current[person.key] = replace(person, last_visit=day)
    new = [
        person
        for key, person in current.items()
        if key not in indexed or indexed[key] != replace(person, phone=index.bare(person.phone))
    ]
    return new, [key for key in indexed if key not in current]
