"""Tables of an SQLite file, from its pragmas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.db.schema.autogenerate import normal_default
from tcmdesk.core.db.schema.facts import ColumnFacts, TableFacts, Tables, plain_condition

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_TABLES: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)
_CHECK: Final = re.compile(r"CHECK \((.*?)\)(?=,|\n)", re.DOTALL)


def read_tables(connection: Connection) -> Tables:
    """Every table of the file."""
    return {row.name: _table(connection, row.name, row.sql) for row in connection.exec_driver_sql(_TABLES)}


def _table(connection: Connection, name: str, definition: str) -> TableFacts:
    table = TableFacts()
    primary: list[Row[Any]] = []
    for row in _pragma(connection, "table_info", name):
        table.columns[row.name] = ColumnFacts(
            type=row.type.lower(),
            nullable=not row.notnull,
            default=normal_default(row.dflt_value),
        )
        if row.pk:
            primary.append(row)
    table.unique.add(",".join(row.name for row in sorted(primary, key=lambda row: row.pk)))
    for index in _pragma(connection, "index_list", name):
        parts = [row for row in _pragma(connection, "index_xinfo", index.name) if row.key]
        signature = ",".join((row.name or "(expression)") + (" desc" if row.desc else "") for row in parts)
        (table.unique if index.unique else table.indexes).add(signature)
        table.names[index.name] = signature
    for row in _pragma(connection, "foreign_key_list", name):
        key = row._mapping  # noqa: SLF001  (public in spite of its name; "from" and "to" are no attributes)
        table.foreign.add(f"{key['from']}->{key['table']}.{key['to']}")
    table.checks = {plain_condition(condition) for condition in _CHECK.findall(definition)}
    return table


def _pragma(connection: Connection, name: str, argument: str) -> list[Row[Any]]:
    return list(connection.exec_driver_sql(f'PRAGMA {name}("{argument}")'))
