"""The contract's tables from their frozen SQL."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import Connection, inspect, text

from tcmdesk.core import paths
from tcmdesk.core.db.schema.connect import is_sqlite

_CREATE: Final = re.compile(r"CREATE (?:TABLE (?P<table>\w+)|INDEX \w+ ON (?P<on>\w+)) ")
_ID_COLLATIONS: Final = text(
    "SELECT table_name AS `table`, collation_name AS collation FROM information_schema.columns"
    " WHERE table_schema = DATABASE() AND column_name = 'id' AND collation_name IS NOT NULL"
    " ORDER BY table_name"
)


def contract_statements(dialect: str) -> list[tuple[str, str]]:
    """The statements that make the contract, in an order that satisfies the foreign keys.

    Args:
        dialect: ``sqlite``, or any other for MySQL and MariaDB.

    Returns:
        Pairs of table name and statement.
    """
    name = "sqlite" if dialect == "sqlite" else "mysql"
    script = (paths.migrations() / "contract" / f"{name}.sql").read_text(encoding="utf-8")
    code = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    statements = [part.strip() for part in code.split(";\n") if part.strip()]
    return [(_table_of(statement), statement.removesuffix(";")) for statement in statements]


def _table_of(statement: str) -> str:
    match = _CREATE.match(statement)
    if match is None:
        raise ValueError(f"not a CREATE statement: {statement[:60]}")
    return match["table"] or match["on"]


def create_missing_tables(connection: Connection) -> list[str]:
    """Make the contract's tables that are not there; those that are stay untouched.

    Where a part of the contract exists, new columns take over its collation: a foreign key or a join between
    two collations is an error (3780, 1267).

    Returns:
        The names of the tables made.
    """
    present = set(inspect(connection).get_table_names())
    options = "" if is_sqlite(connection) else _table_options(connection)
    made: list[str] = []
    for table, statement in contract_statements(connection.dialect.name):
        if table in present:
            continue
        if statement.startswith("CREATE TABLE"):
            connection.exec_driver_sql(statement + options)
            made.append(table)
        else:
            connection.exec_driver_sql(statement)
    return made


def id_collation(connection: Connection) -> str | None:
    """The collation of the contract's ids, `users.id` first; None while no such table exists."""
    names = {table for table, _ in contract_statements(connection.dialect.name)}
    found = {row.table: row.collation for row in connection.execute(_ID_COLLATIONS) if row.table in names}
    return found.get("users") or next(iter(found.values()), None)


def charset_of(collation: str) -> str:
    """The character set that a collation belongs to: the first word of its name."""
    return collation.split("_", maxsplit=1)[0]


def _table_options(connection: Connection) -> str:
    collation = id_collation(connection)
    return f" DEFAULT CHARSET={charset_of(collation)} COLLATE={collation}" if collation else ""
