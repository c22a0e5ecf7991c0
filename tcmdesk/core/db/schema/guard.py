"""to come"""

from collections.abc import Callable

from sqlalchemy import Connection


def add_guard(connection: Connection, report: Callable[[str], None]) -> None: ...
