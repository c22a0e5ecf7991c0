"""One worker of many: work that every workstation could do, and only one should."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.db.database import Database


def run_elected(database: Database, name: str, work: Callable[[], object]) -> bool:
    """Run `work` unless another workstation is running it; returns whether it was run here.

    The election is a named lock of the server (GET_LOCK), which falls with the connection that holds it. The
    embedded database has one workstation, which always wins.
    """
    if database.embedded:
        work()
        return True
    with database.reads.connect() as connection:
        lock = {"name": _lock_name(database, name)}
        if not connection.execute(text("SELECT GET_LOCK(:name, 0)"), lock).scalar_one():
            return False
        try:
            work()
        finally:
            if not connection.invalidated:
                connection.execute(text("SELECT RELEASE_LOCK(:name)"), lock)
    return True


def _lock_name(database: Database, name: str) -> str:
    # names are the server's, which may hold several clinics, and at most 64 characters
    return f"tcmdesk.{name}.{hashlib.sha256(str(database.url.database).encode()).hexdigest()[:16]}"
