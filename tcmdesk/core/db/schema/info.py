"""What a database is, in a few facts; for `tcmdesk db info` and the status of the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import URL, Connection, text

from tcmdesk.core.db.base import Base, is_contract
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema.connect import is_mariadb, is_sqlite, reading
from tcmdesk.core.db.schema.doctor import read_tables
from tcmdesk.core.db.schema.guard import has_guard
from tcmdesk.core.db.schema.state import Origin, read_origin
from tcmdesk.core.db.schema.tune import TUNING
from tcmdesk.core.db.schema.version import HEAD, read_version
from tcmdesk.core.registry import load_models


@dataclass(frozen=True, slots=True)
class DatabaseInfo:
    """Facts about a database.

    `version` is None where it was never prepared; `contract_tables` counts those present, of
    `contract_total`; `tuned` lists the opt-in indexes that are there.
    """

    engine: str
    server: str
    name: str
    charset: str
    version: str | None
    head: str
    origin: Origin | None
    contract_tables: int
    contract_total: int
    foreign_keys: int
    tuned: tuple[str, ...]
    guarded: bool


def info(url: str | URL) -> DatabaseInfo:
    """Look at a database; nothing is changed.

    Raises:
        UserError, Unavailable: the database cannot be used, or cannot be reached.
    """
    with reading(parse_url(url)) as connection:
        return describe(connection)


def describe(connection: Connection) -> DatabaseInfo:
    """The facts of a connection's database."""
    load_models()
    contract = [table.name for table in Base.metadata.sorted_tables if is_contract(table)]
    tables = read_tables(connection)
    present = [name for name in contract if name in tables]
    indexes = {index for name in present for index in tables[name].names}
    return DatabaseInfo(
        engine=_engine(connection),
        server=_server(connection),
        name=connection.engine.url.database or "",
        charset=_charset(connection),
        version=read_version(connection),
        head=HEAD,
        origin=read_origin(connection),
        contract_tables=len(present),
        contract_total=len(contract),
        foreign_keys=sum(len(tables[name].foreign) for name in present),
        tuned=tuple(sorted(name for name in TUNING if name in indexes)),
        guarded="appointments" in tables and has_guard(connection),
    )


def _engine(connection: Connection) -> str:
    if is_sqlite(connection):
        return "SQLite"
    return "MariaDB" if is_mariadb(connection) else "MySQL"


def _server(connection: Connection) -> str:
    query = "SELECT sqlite_version()" if is_sqlite(connection) else "SELECT VERSION()"
    return str(connection.execute(text(query)).scalar())


def _charset(connection: Connection) -> str:
    if is_sqlite(connection):
        return "UTF-8"
    return str(connection.execute(text("SELECT @@character_set_database")).scalar())
