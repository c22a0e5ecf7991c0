"""A clinic's database: reads in one round trip, writes exactly once.

Both methods block and belong on a worker thread (`core.db.executor`).
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from tcmdesk.core.clock import Clock, SystemClock
from tcmdesk.core.db import ledger
from tcmdesk.core.db.engines import make_read_engine, make_write_engine, parse_url
from tcmdesk.core.db.faults import Fault, classify, translated
from tcmdesk.core.db.ledger import ChainHead, Ledger, OperationRecord
from tcmdesk.core.db.unit_of_work import PrepareFirst, UnitOfWork
from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import URL, Connection

    from tcmdesk.core.actor import Actor

T = TypeVar("T")
log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.02
LONGEST_PAUSE: Final = 1.0
GIVE_UP_SECONDS: Final = 12.0


class _RowExistsError(Exception):
    """The ledger has a row of this operation, or of another at this place of the chain."""

    def __init__(self, reason: IntegrityError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Database:
    """The two engines of one database and the workstation's ledger.

    Args:
        url: ``mysql://…``, ``mariadb://…`` or ``sqlite:///file``; TLS by ``?ssl_ca=…``, then verified.
        workstation: name of this workstation's chain in the ledger.
        give_up_seconds: how long a write is retried while the server is away.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        workstation: str,
        clock: Clock | None = None,
        give_up_seconds: float = GIVE_UP_SECONDS,
    ) -> None:
        self.url = parse_url(url)
        self.reads = make_read_engine(self.url)
        self.writes = make_write_engine(self.url)
        self.clock: Clock = clock or SystemClock()
        self.ledger = Ledger(workstation)
        self.give_up_seconds = give_up_seconds
        self._listeners: list[Callable[[frozenset[str]], None]] = []

    @property
    def embedded(self) -> bool:
        """Whether the database is a file on this computer."""
        return self.url.get_backend_name() == "sqlite"

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the tables of every committed write, on the worker's thread."""
        self._listeners.append(listener)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query; a connection that turns out to be dead is replaced once.

        Raises:
            Unavailable: the server cannot be reached.
        """
        try:
            try:
                with self.reads.connect() as connection:
                    return query(connection)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                with self.reads.connect() as connection:
                    return query(connection)
        except DBAPIError as error:
            raise translated(error) from error

    def write(
        self,
        actor: Actor,
        action: str,
        work: Callable[[UnitOfWork], T],
        *,
        op_id: str | None = None,
        subject: str | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> T:
        """Run `work` in one transaction, applied exactly once however often it has to be tried.

        Args:
            action: what the audit says was done, as ``area:thing:action``.
            op_id: identity of the operation; a dialog keeps it over its own retries.
            subject: id of the row it is about.
            detail: what was asked, for the audit; JSON-able.

        Raises:
            AlreadyApplied: `op_id` was committed by an earlier call.
            UserError: `work` refused; nothing is written.
            Unavailable: the server stayed away; the operation may be tried again with the same `op_id`.
        """
        record = OperationRecord(op_id or uuid7(), action, subject, detail)
        with self.ledger.lock:
            unit, result = self._apply(actor, record, work)
        self._committed(unit)
        return result

    def _apply(
        self, actor: Actor, record: OperationRecord, work: Callable[[UnitOfWork], T]
    ) -> tuple[UnitOfWork, T]:
        deadline = time.monotonic() + self.give_up_seconds
        pause = FIRST_PAUSE
        # of an attempt that reached COMMIT, whose reply may have been lost
        outcome: tuple[UnitOfWork, T] | None = None
        prepared = False
        while True:
            try:
                with self.writes.connect() as connection:
                    if not self.ledger.knows_head:
                        self.ledger.read_head(connection)
                        connection.rollback()
                    try:
                        with connection.begin():
                            unit = UnitOfWork(connection, actor, self.clock.now(), record.op_id)
                            head = self._enter(record, unit)
                            outcome = unit, work(unit)
                        self.ledger.advance(head)
                        return outcome
                    except PrepareFirst as wanted:
                        # once at least: a slow first attempt is no reason to give up
                        if prepared and time.monotonic() > deadline:
                            raise
                        prepared = True
                        with connection.begin():
                            wanted.prepare(connection)
                    except _RowExistsError as error:
                        self.ledger.forget_head()
                        if ledger.was_applied(connection, record.op_id):
                            return _applied_before(outcome)
                        # another process of this workstation wrote to the chain meanwhile
                        if time.monotonic() > deadline:
                            raise error.reason from error
            except DBAPIError as error:
                fault = classify(error)
                if fault in {Fault.LOST, Fault.AWAY}:
                    self.ledger.forget_head()
                if fault in {Fault.BUG, Fault.REFUSED} or time.monotonic() + pause > deadline:
                    raise translated(error) from error
                log.info("write %s: %s, trying again", record.action, fault.name)
                time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  (jitter, no secret)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _enter(self, record: OperationRecord, unit: UnitOfWork) -> ChainHead:
        try:
            return self.ledger.insert(unit.connection, record, unit.actor, unit.now)
        except IntegrityError as error:
            raise _RowExistsError(error) from error

    def close(self) -> None:
        """Close every connection."""
        self.reads.dispose()
        self.writes.dispose()

    def _committed(self, unit: UnitOfWork) -> None:
        for callback in unit.afterwards:
            try:
                callback()
            except Exception:
                log.exception("after the commit of an operation")
        for listener in self._listeners:
            listener(frozenset(unit.touched))


def _applied_before(outcome: tuple[UnitOfWork, T] | None) -> tuple[UnitOfWork, T]:
    if outcome is None:
        raise AlreadyApplied("operation.applied", N_("This was already saved."))
    return outcome
