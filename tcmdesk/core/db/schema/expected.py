"""What the tables should be like, from the models.

MySQL and MariaDB index every foreign key by themselves, so those indexes are expected there.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, Dialect, Index, Table, UniqueConstraint
from sqlalchemy.dialects.mysql.base import MySQLDialect
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.schema.autogenerate import rendered_default
from tcmdesk.core.db.schema.facts import ColumnFacts, TableFacts, Tables, plain_condition
from tcmdesk.core.registry import load_models

_SERVER_TYPES: Final = {"integer": "int", "bool": "tinyint(1)"}
_ON_UPDATE: Final = " ON UPDATE CURRENT_TIMESTAMP"
_COLLATED: Final = re.compile(r" character set (?P<charset>\w+) collate (?P<collation>\w+)$", re.IGNORECASE)


def expected_tables(dialect: Dialect) -> Tables:
    """Every table of the models as this dialect's database should report it."""
    load_models()
    return {name: _table(table, dialect) for name, table in Base.metadata.tables.items()}


def foreign_key_columns(table: str) -> frozenset[str]:
    """The columns of a table that refer to another."""
    return frozenset(key.parent.name for key in Base.metadata.tables[table].foreign_keys)


def _table(table: Table, dialect: Dialect) -> TableFacts:
    facts = TableFacts()
    facts.columns = {column.name: _column(column, dialect) for column in table.columns}
    facts.unique.add(",".join(column.name for column in table.primary_key))
    facts.foreign = {
        f"{key.parent.name}->{key.column.table.name}.{key.column.name}" for key in table.foreign_keys
    }
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            facts.unique.add(",".join(column.name for column in constraint.columns))
        elif isinstance(constraint, CheckConstraint):
            facts.checks.add(plain_condition(str(constraint.sqltext)))
    for index in table.indexes:
        facts.indexes.add(_signature(index))
    if isinstance(dialect, MySQLDialect):
        _add_implicit_indexes(table, facts)
    return facts


def _column(column: Column[Any], dialect: Dialect) -> ColumnFacts:
    compiled = column.type.compile(dialect=dialect)
    collated = _COLLATED.search(compiled)
    bare = _COLLATED.sub("", compiled)
    server = isinstance(dialect, MySQLDialect)
    default = rendered_default(column, dialect)
    return ColumnFacts(
        type=_server_type(bare) if server else bare.lower(),
        nullable=bool(column.nullable),
        default=default.removesuffix(_ON_UPDATE) if default else None,
        on_update=bool(default and default.endswith(_ON_UPDATE)),
        charset="utf8mb4" if server and _is_text(bare) else None,
        collation=collated["collation"] if collated else None,
    )


def _server_type(compiled: str) -> str:
    if compiled.startswith("ENUM"):
        return "enum" + compiled.removeprefix("ENUM")
    name = compiled.lower().replace(", ", ",")
    return _SERVER_TYPES.get(name, name.replace("numeric", "decimal"))


def _is_text(compiled: str) -> bool:
    return compiled.startswith(("CHAR", "VARCHAR", "TEXT", "ENUM"))


def _signature(index: Index) -> str:
    return ",".join(_index_part(expression) for expression in index.expressions)


def _index_part(expression: Any) -> str:
    if isinstance(expression, UnaryExpression) and expression.modifier is operators.desc_op:
        return f"{expression.element.name} desc"
    return str(expression.name)


def _add_implicit_indexes(table: Table, facts: TableFacts) -> None:
    leading = {signature.split(",", maxsplit=1)[0] for signature in facts.indexes | facts.unique}
    facts.indexes |= {key.parent.name for key in table.foreign_keys if key.parent.name not in leading}
