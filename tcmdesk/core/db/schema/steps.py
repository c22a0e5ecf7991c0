"""Steps of a revision that may be run again.

MySQL commits every DDL statement at once; when a run is killed, the next one meets some of its work already
done. Each step therefore looks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import Column, Connection, Constraint, inspect

from tcmdesk.core.db.base import OWN_PREFIX
from tcmdesk.core.db.schema.connect import is_sqlite
from tcmdesk.core.db.schema.ddl import charset_of, id_collation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def create_own_table(
    name: str, *elements: Column[Any] | Constraint, indexes: Mapping[str, Sequence[str]]
) -> None:
    """Make a table of ours, and each of its indexes, where it is missing.

    Its text takes the collation of the contract's ids, because our tables are joined with theirs.

    Args:
        indexes: names with their columns, as in ``{"desk_visits_doctor": ["doctor_id", "day"]}``.
    """
    if not name.startswith(OWN_PREFIX):
        raise ValueError(f"{name}: revisions only add tables that start with {OWN_PREFIX}")
    connection = op.get_bind()
    inspector = inspect(connection)
    if not inspector.has_table(name):
        op.create_table(name, *elements, **_options(connection))
    there = {index["name"] for index in inspect(connection).get_indexes(name)}
    for index, columns in indexes.items():
        if index not in there:
            op.create_index(index, name, list(columns))


def add_own_columns(name: str, *columns: Column[Any]) -> None:
    """Give a table of ours the columns it lacks; text takes the table's own collation."""
    if not name.startswith(OWN_PREFIX):
        raise ValueError(f"{name}: revisions only change tables that start with {OWN_PREFIX}")
    there = {column["name"] for column in inspect(op.get_bind()).get_columns(name)}
    for column in columns:
        if column.name not in there:
            op.add_column(name, column)


def _options(connection: Connection) -> dict[str, Any]:
    if is_sqlite(connection):
        return {}
    options = {"engine": "InnoDB"}
    collation = id_collation(connection)
    if collation:
        options |= {"charset": charset_of(collation), "collate": collation}
    return {f"{dialect}_{key}": value for dialect in ("mysql", "mariadb") for key, value in options.items()}
