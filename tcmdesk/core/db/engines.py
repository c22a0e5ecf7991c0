"""The two engines of a database: one for reads, one for writes.

Reads run in AUTOCOMMIT without the pool's rollback, so a screen costs one round trip; per-connection
isolation levels or `pool_pre_ping` would cost two to six. Writes run READ COMMITTED, or ``BEGIN IMMEDIATE``
on SQLite so that two writers queue instead of failing half-way.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_

READ_POOL: Final = 6  # four workers, the doorbell and a call's signals
WRITE_POOL: Final = 2
CONNECT_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 15


def parse_url(url: str | URL) -> URL:
    """Check a database URL and fill in the driver.

    Raises `UserError` for a URL that is none, of another kind of database, or incomplete.
    """
    try:
        parsed = make_url(url)
        dialect = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise UserError(
            "db.url",
            N_("This is not a database address. It looks like mysql://account:password@host:3306/clinic."),
        ) from error
    if dialect in {"mysql", "mariadb"}:
        _check_server_url(parsed)
        return parsed.set(drivername=f"{dialect}+pymysql")
    if dialect == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed
    if dialect == "sqlite":
        raise UserError(
            "db.url_memory", N_("The embedded database needs a file, as in sqlite:////path/clinic.db.")
        )
    raise UserError(
        "db.url_kind", N_("“{kind}” databases are not supported; use MySQL, MariaDB or SQLite."), kind=dialect
    )


def _check_server_url(url: URL) -> None:
    if not url.database:
        raise UserError(
            "db.url_name",
            N_("The address names no database. It looks like mysql://account:password@host:3306/clinic."),
        )
    authority = url.query.get("ssl_ca")
    if isinstance(authority, str) and not Path(authority).is_file():
        raise UserError("db.tls_file", N_("There is no CA file at {path}."), path=authority)
    if isinstance(authority, str):
        _check_authority(authority)


def _check_authority(path: str) -> None:
    try:
        ssl.create_default_context(cafile=path)
    except (ssl.SSLError, OSError) as error:
        raise UserError(
            "db.tls_file",
            N_("{path} holds no CA certificate. Ask the administrator for the right file."),
            path=path,
        ) from error


def make_read_engine(url: URL) -> Engine:
    """The engine for reads."""
    return _make(url, isolation_level="AUTOCOMMIT", pool_size=READ_POOL, immediate=False)


def make_write_engine(url: URL) -> Engine:
    """The engine for writes."""
    level = "READ COMMITTED" if url.get_backend_name() != "sqlite" else None
    return _make(url, isolation_level=level, pool_size=WRITE_POOL, immediate=True)


def _make(url: URL, *, isolation_level: str | None, pool_size: int, immediate: bool) -> Engine:
    options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 0, "hide_parameters": True}
    if isolation_level:
        options["isolation_level"] = isolation_level
    if isolation_level == "AUTOCOMMIT":
        options["skip_autocommit_rollback"] = True
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": STATEMENT_SECONDS}, **options)
        _prepare_sqlite(engine, immediate=immediate)
        return engine
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


def _prepare_sqlite(engine: Engine, *, immediate: bool) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        if immediate:
            # the driver's own BEGIN is deferred and takes the write lock too late
            connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    if immediate:

        @event.listens_for(engine, "begin")
        def _on_begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
