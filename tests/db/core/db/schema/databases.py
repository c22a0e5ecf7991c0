"""Databases in the states that the schema's tests start from."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, create_engine, make_url, text

from tcmdesk.core.db.schema.ddl import contract_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Row

_INLINE_FOREIGN_KEY = re.compile(r",\n    FOREIGN KEY \(\w+\) REFERENCES \w+ \(id\)")

# the shape of the platform's first public migrations, with what tells them from the contract
OLD_PLATFORM = (
    (
        "CREATE TABLE users (id CHAR(36) PRIMARY KEY, account VARCHAR(50) UNIQUE NOT NULL, name VARCHAR(50) NOT NULL,"
        " password VARCHAR(255) NOT NULL, phone VARCHAR(20) NOT NULL, role ENUM('admin','doctor','patient') NOT NULL,"
        " status ENUM('active','inactive') NOT NULL DEFAULT 'active', created_at DATETIME NOT NULL)"
    ),
    (
        "CREATE TABLE patient_groups (id CHAR(36) PRIMARY KEY, doctor_id CHAR(36) NOT NULL,"
        " group_name VARCHAR(100) NOT NULL)"
    ),
    "CREATE TABLE patient_reviews (id CHAR(36) PRIMARY KEY, doctor_id CHAR(36) NOT NULL, rating INT NOT NULL)",
)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection that commits each statement."""
    with create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection


def run(url: str, *statements: str) -> None:
    """Run SQL as it is written."""
    with connected(url) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def rows(url: str, query: str) -> Sequence[Row[Any]]:
    with connected(url) as connection:
        return connection.execute(text(query)).all()


def make_contract(
    url: str, *, foreign_keys: bool = True, without: Sequence[str] = (), options: str = ""
) -> None:
    """The platform's tables, made by someone else.

    Without foreign keys it is what MySQL 8.0 makes of the contract, whose inline REFERENCES it ignores.
    """
    statements = []
    for table, statement in contract_statements(make_url(url).get_backend_name()):
        if table in without:
            continue
        kept = statement if foreign_keys else _INLINE_FOREIGN_KEY.sub("", statement)
        statements.append(kept + (options if kept.startswith("CREATE TABLE") else ""))
    run(url, *statements)


def table_names(url: str) -> set[str]:
    if url.startswith("sqlite"):
        return {row[0] for row in rows(url, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {row[0] for row in rows(url, "SHOW TABLES")}


def definitions(url: str, tables: set[str]) -> dict[str, str]:
    """Each table's definition as the database writes it."""
    if url.startswith("sqlite"):
        found = rows(
            url, "SELECT name, group_concat(sql, ';') FROM sqlite_master GROUP BY tbl_name ORDER BY name"
        )
        return {name: sql for name, sql in found if name in tables}
    with connected(url) as connection:
        return {
            table: connection.exec_driver_sql(f"SHOW CREATE TABLE {table}").one()[1]
            for table in sorted(tables)
        }
