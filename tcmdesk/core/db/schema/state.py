"""What is remembered about how a database was prepared.

MySQL commits after every DDL statement, so a run that is killed leaves half a schema behind. The table
`desk_schema` is written first: a half-made contract that says ``creating`` is one of ours and is finished,
one that says nothing belongs to someone else and is refused.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, inspect, select, update

STATE_TABLE: Final = "desk_schema"
_ORIGIN: Final = "contract"

_state: Final = Table(
    STATE_TABLE,
    MetaData(),
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
    mysql_engine="InnoDB",
    mariadb_engine="InnoDB",
)


class Origin(StrEnum):
    """Where the contract's tables came from."""

    CREATING = "creating"
    COMPLETING = "completing"
    CREATED = "created"
    """All made by this program: foreign keys must be there."""
    ADOPTED = "adopted"
    """Found, wholly or in part: foreign keys may be missing."""

    @property
    def unfinished(self) -> bool:
        return self in {Origin.CREATING, Origin.COMPLETING}

    @property
    def finished(self) -> Origin:
        return {Origin.CREATING: Origin.CREATED, Origin.COMPLETING: Origin.ADOPTED}.get(self, self)


def read_origin(connection: Connection) -> Origin | None:
    """Where the contract came from; None for a database that was never prepared."""
    if not inspect(connection).has_table(STATE_TABLE):
        return None
    value = connection.execute(select(_state.c.value).where(_state.c.name == _ORIGIN)).scalar()
    return None if value is None else Origin(value)


def write_origin(connection: Connection, origin: Origin) -> None:
    """Remember it; the table is made when it is missing."""
    _state.create(connection, checkfirst=True)
    found = connection.execute(update(_state).where(_state.c.name == _ORIGIN).values(value=origin.value))
    if found.rowcount == 0:
        connection.execute(delete(_state).where(_state.c.name == _ORIGIN))
        connection.execute(insert(_state).values(name=_ORIGIN, value=origin.value))
