"""Tables of a MySQL or MariaDB database, from `information_schema`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Row, text

from tcmdesk.core.db.schema.autogenerate import normal_default
from tcmdesk.core.db.schema.connect import is_mariadb
from tcmdesk.core.db.schema.facts import ColumnFacts, TableFacts, Tables, plain_condition

if TYPE_CHECKING:
    from collections.abc import Sequence

# MySQL returns these names in upper case unless they are given anew
_COLUMNS: Final = text(
    "SELECT table_name AS tbl, column_name AS col, column_type AS type, is_nullable AS nullable,"
    " column_default AS dflt, extra AS extra, character_set_name AS charset, collation_name AS collation"
    " FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"
)
_INDEXES: Final = text(
    "SELECT table_name AS tbl, index_name AS name, non_unique AS shared, column_name AS col, collation AS sort"
    " FROM information_schema.statistics WHERE table_schema = DATABASE()"
    " ORDER BY table_name, index_name, seq_in_index"
)
_FOREIGN_KEYS: Final = text(
    "SELECT table_name AS tbl, constraint_name AS name, column_name AS col, referenced_table_name AS ref_table,"
    " referenced_column_name AS ref_column FROM information_schema.key_column_usage"
    " WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"
)
_MYSQL_CHECKS: Final = text(
    "SELECT t.table_name AS tbl, c.check_clause AS clause FROM information_schema.check_constraints c"
    " JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema"
    " AND t.constraint_name = c.constraint_name AND t.constraint_type = 'CHECK'"
    " WHERE c.constraint_schema = DATABASE()"
)
_MARIADB_CHECKS: Final = text(
    "SELECT table_name AS tbl, check_clause AS clause FROM information_schema.check_constraints"
    " WHERE constraint_schema = DATABASE()"
)
_DISPLAY_WIDTH: Final = re.compile(r"^(smallint|int|bigint)\(\d+\)")
_JSON_CHECK: Final = re.compile(r"^json_valid(\w+)$")


def read_tables(connection: Connection) -> Tables:
    """Every table of the connection's database."""
    tables: Tables = defaultdict(TableFacts)
    json_columns: set[tuple[str, str]] = set()
    for row in connection.execute(_MARIADB_CHECKS if is_mariadb(connection) else _MYSQL_CHECKS):
        condition = plain_condition(row.clause)
        json_check = _JSON_CHECK.match(condition)
        if json_check and is_mariadb(connection):
            json_columns.add((row.tbl, json_check[1]))
        else:
            tables[row.tbl].checks.add(condition)
    for row in connection.execute(_COLUMNS):
        tables[row.tbl].columns[row.col] = _column(row, is_json=(row.tbl, row.col) in json_columns)
    parts: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_INDEXES):
        parts[row.tbl, row.name].append(row)
    for (table, name), rows in parts.items():
        _add_index(tables[table], name, rows)
    for row in connection.execute(_FOREIGN_KEYS):
        tables[row.tbl].foreign.add(f"{row.col}->{row.ref_table}.{row.ref_column}")
    return dict(tables)


def _column(row: Row[Any], *, is_json: bool) -> ColumnFacts:
    column_type = _DISPLAY_WIDTH.sub(r"\1", row.type)
    if is_json and column_type == "longtext":
        column_type = "json"
    return ColumnFacts(
        type=column_type,
        nullable=row.nullable == "YES",
        default=normal_default(row.dflt),
        on_update="on update" in row.extra.lower(),
        charset=None if column_type == "json" else row.charset,
        collation=None if column_type == "json" else row.collation,
    )


def _add_index(table: TableFacts, name: str, rows: Sequence[Row[Any]]) -> None:
    # a functional part has no column
    signature = ",".join((row.col or "(expression)") + (" desc" if row.sort == "D" else "") for row in rows)
    (table.indexes if int(rows[0].shared) else table.unique).add(signature)
    table.names[name] = signature
