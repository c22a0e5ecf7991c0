"""Keeps the index of people in step with the tables of people, which the platform writes too."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from tcmdesk.core.actor import Actor, System
from tcmdesk.core.db.ledger import was_applied
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.patients.queries import index, people
from tcmdesk.features.patients.queries.phones import digits
from tcmdesk.features.patients.types import INDEX, PatientRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.patients.queries.index import Person

CHUNK: Final = 400
"""Accounts in one transaction; others' bookings on this computer wait for it."""

OVERLAP: Final = dt.timedelta(seconds=10)
"""A row carries the time of its statement and is seen from its commit on: look back that far."""

COMPLETE: Final = str(uuid.uuid5(uuid.NAMESPACE_URL, "tcmdesk:patients:index:1"))
"""The operation that says, once in a database, that everybody has been indexed by the rules of this number.

Rules that find more or other texts in a name get the next number, and every clinic's index is made anew.
"""

_INDEXER: Final = System("patient-index")


class LastVisits(Protocol):
    """The last visits of the people of some accounts; the appointments, above this feature, know them."""

    def __call__(self, connection: Connection, accounts: Sequence[str]) -> Mapping[PatientRef, dt.date]: ...


def _unknown(connection: Connection, accounts: Sequence[str]) -> Mapping[PatientRef, dt.date]:
    return {}


@requires(INDEX)
def index_accounts(uow: UnitOfWork, actor: Actor, account_ids: Sequence[str]) -> int:
    """Index everybody of some accounts inside a transaction; returns how many differed from before."""
    return _write(partial(_differences, account_ids=account_ids, visits={}), uow)


@requires(INDEX)
def note_visits(uow: UnitOfWork, actor: Actor, visits: Mapping[PatientRef, dt.date]) -> None:
    """Note people's last visits, which decide the order among equal hits."""
    index.write_last_visit(uow, [(ref.profile_id or ref.user_id, day) for ref, day in visits.items()])


@requires(INDEX)
def known_visits(
    connection: Connection, actor: Actor, refs: Sequence[PatientRef]
) -> Mapping[PatientRef, dt.date | None]:
    """What the index has of these people's last visits; who is not indexed is left out."""
    accounts = sorted({ref.user_id for ref in refs})
    found: dict[PatientRef, dt.date | None] = {}
    for start in range(0, len(accounts), CHUNK):
        for person in people.indexed_of(connection, accounts[start : start + CHUNK]).values():
            found[PatientRef(person.user_id, person.profile_id)] = person.last_visit
    return {ref: found[ref] for ref in refs if ref in found}


@public("derived data: whoever may write to the database may bring its index up to date")
def index_changes(database: Database, stopped: Callable[[], bool] = lambda: False) -> int:
    """Index who was registered or renamed since the last time; returns how many people were written.

    Where the index was never finished, that is done first, from where it was stopped.
    """
    since = database.read(people.watermark)
    if since is None or not database.read(partial(was_applied, op_id=COMPLETE)):
        return reindex(database, cancelled=stopped)
    changed = database.read(partial(people.accounts_changed_since, since=since - OVERLAP))
    written = 0
    for start in range(0, len(changed), CHUNK):
        differences = partial(_differences, account_ids=changed[start : start + CHUNK], visits={})
        # most of what the overlap shows is indexed already: the transaction is for what is not
        if database.read(differences):
            written += database.write(_INDEXER, "patients:index:update", partial(_write, differences))
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
        chunk = database.read(partial(people.accounts_after, after=after, count=CHUNK))
        if not chunk:
            written += _remove_orphans(database)
            _note_complete(database)
            break
        visits = database.read(partial(last_visits, accounts=chunk))
        differences = partial(_differences, account_ids=chunk, visits=visits)
        if database.read(differences):
            written += database.write(_INDEXER, "patients:index:rebuild", partial(_write, differences))
        after, done = chunk[-1], done + len(chunk)
        progress(min(done, total), total)
    return written


def _note_complete(database: Database) -> None:
    if not database.read(partial(was_applied, op_id=COMPLETE)):
        database.write(_INDEXER, "patients:index:complete", lambda _uow: None, op_id=COMPLETE)


def _remove_orphans(database: Database) -> int:
    keys = database.read(people.orphans)
    if keys:
        database.write(_INDEXER, "patients:index:clean", lambda uow: index.remove_people(uow, keys))
    return len(keys)


@dataclass(frozen=True, slots=True)
class _Differences:
    """People to be written, and the keys of those whose old rows go."""

    new: list[Person]
    gone: list[str]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def _write(differences: Callable[[Connection], _Differences], uow: UnitOfWork) -> int:
    found = differences(uow.connection)
    if found.gone:
        index.remove_people(uow, found.gone)
    index.write_people(uow, found.new)
    return len({*found.gone, *(person.key for person in found.new)})


def _differences(
    connection: Connection, account_ids: Sequence[str], visits: Mapping[PatientRef, dt.date]
) -> _Differences:
    indexed = people.indexed_of(connection, account_ids)
    current: dict[str, Person] = {}
    for person in people.people_of(connection, account_ids):
        before = indexed.get(person.key)
        day = visits.get(PatientRef(person.user_id, person.profile_id), before.last_visit if before else None)
        current[person.key] = replace(person, phone=digits(person.phone), last_visit=day)
    return _Differences(
        new=[person for key, person in current.items() if indexed.get(key) != person],
        gone=[key for key, person in indexed.items() if current.get(key) != person],
    )
