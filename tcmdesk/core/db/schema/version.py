"""Which revision a database has, without Alembic: start-up asks this with one statement."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, column, inspect, select, table

VERSION_TABLE: Final = "desk_alembic_version"
"""The platform's own migrations keep theirs in ``alembic_version`` or elsewhere."""

HEAD: Final = "2026_11_23_waitlist"
"""The revision this program works with."""

_VERSION: Final = table(VERSION_TABLE, column("version_num"))


def read_version(connection: Connection) -> str | None:
    """The database's revision; None when this program has never prepared it."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()
