"""The connection that changes a schema: one session, under a lock, without haste."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tcmdesk.core.db.engines import CONNECT_SECONDS
from tcmdesk.core.db.faults import translated
from tcmdesk.core.errors import Unavailable, UserError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_SECONDS: Final = 60
"""How long another run is waited for, and how long a statement waits for a table in use."""

STATEMENT_SECONDS: Final = 3600
"""An index over a large table takes minutes."""


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def is_mariadb(connection: Connection) -> bool:
    return bool(getattr(connection.dialect, "is_mariadb", False))


@contextmanager
def reading(url: URL) -> Iterator[Connection]:
    """A connection that only looks.

    Raises:
        UserError, Unavailable: the database cannot be used, or cannot be reached.
    """
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise UserError("db.no_file", N_("There is no database file at {path}."), path=url.database)
    engine = _engine(url, immediate=False)
    try:
        with engine.connect() as connection:
            yield connection
            connection.rollback()
    except DBAPIError as error:
        raise translated(error) from error
    finally:
        engine.dispose()


@contextmanager
def changing(url: URL) -> Iterator[Connection]:
    """A connection that changes the schema while no other run does.

    On MySQL and MariaDB the lock belongs to the session, so a killed run gives it up; SQLite runs the whole
    change in one transaction.

    Raises:
        UserError: the database refuses, as a read-only server or an account without the right does.
        Unavailable: it cannot be reached, or another workstation is changing it.
    """
    engine = _engine(url, immediate=True)
    try:
        with engine.connect() as connection:
            if not is_sqlite(connection):
                _lock(connection)
                _prepare_session(connection)
            yield connection
            connection.commit()
    except DBAPIError as error:
        raise translated(error) from error
    finally:
        engine.dispose()


def _lock(connection: Connection) -> None:
    name = connection.execute(select(func.database())).scalar_one()
    digest = hashlib.sha256(str(name).encode()).hexdigest()[:24]
    granted = connection.execute(select(func.get_lock(f"tcmdesk-schema-{digest}", LOCK_SECONDS))).scalar()
    if granted != 1:
        raise Unavailable(
            "schema.locked", N_("Another workstation is changing this database. Try again in a few minutes.")
        )


def _prepare_session(connection: Connection) -> None:
    """Make TIMESTAMP mean what is written, and wait for busy tables for a minute instead of a year."""
    connection.execute(text(f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}"))
    if connection.execute(text("SELECT @@explicit_defaults_for_timestamp")).scalar() != 1:
        try:
            connection.execute(text("SET SESSION explicit_defaults_for_timestamp = 1"))
        except DBAPIError as error:
            raise UserError(
                "schema.timestamps",
                N_(
                    "The server runs with explicit_defaults_for_timestamp=0, which would change appointment"
                    " times by itself. Set it to 1 and try again; nothing was created."
                ),
            ) from error


def _engine(url: URL, *, immediate: bool) -> Engine:
    options: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True}
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url,
            connect_args={
                "charset": "utf8mb4",
                "init_command": "SET time_zone='+00:00'",
                "connect_timeout": CONNECT_SECONDS,
                "read_timeout": STATEMENT_SECONDS,
                "write_timeout": STATEMENT_SECONDS,
            },
            **options,
        )
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS}, **options)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    if immediate:

        @event.listens_for(engine, "begin")
        def _on_begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
