"""One transaction, as services see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, Delete, Executable, Insert, Table, Update

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor


class PrepareFirst(Exception):
    """Something must be committed before this transaction can run.

    The transaction is rolled back, `prepare` runs in one of its own, and the work begins again. It has to be
    idempotent: two workstations may prepare the same thing at once.
    """

    def __init__(self, prepare: Callable[[Connection], None]) -> None:
        super().__init__()
        self.prepare = prepare


class UnitOfWork:
    """A running write transaction.

    Services execute statements with it and never commit; `Database.write` does, after the ledger's row.
    """

    def __init__(self, connection: Connection, actor: Actor, now: dt.datetime, op_id: str) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.op_id = op_id
        self.touched: set[str] = set()
        self.afterwards: list[Callable[[], None]] = []

    @property
    def dialect(self) -> str:
        """``mysql``, ``mariadb`` or ``sqlite``."""
        return self.connection.dialect.name

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a Core statement and remember which table it changes."""
        if isinstance(statement, Insert | Update | Delete) and isinstance(statement.table, Table):
            self.touched.add(statement.table.name)
        return self.connection.execute(statement, parameters)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run `callback` on the worker once the transaction is safe."""
        self.afterwards.append(callback)
