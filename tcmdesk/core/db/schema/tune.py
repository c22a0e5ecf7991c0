"""Opt-in indexes on contract tables; each speeds up a screen without changing what the platform sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.db.schema.connect import is_sqlite
from tcmdesk.core.db.schema.doctor import read_tables
from tcmdesk.core.db.schema.expected import expected_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

TUNING: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "desk_appointments_doctor_day": ("appointments", ("doctor_id", "appointment_date", "time_slot")),
    "desk_appointments_updated_at": ("appointments", ("updated_at",)),
    "desk_users_role_name": ("users", ("role", "name")),
    "desk_reviews_created_at": ("reviews", ("created_at",)),
    "desk_prescriptions_doctor_day": ("prescriptions", ("doctor_id", "prescription_date")),
}
"""Names with their table and columns. Measured gains on a million appointments: 12, 44, 291 (prefix search),
64 and 4 times."""


def add_indexes(connection: Connection, report: Callable[[str], None]) -> list[str]:
    """Make those that are missing.

    Returns:
        The names of the indexes made.
    """
    quote = connection.dialect.identifier_preparer.quote
    tables = read_tables(connection)
    made = []
    for name, (table, columns) in TUNING.items():
        if name in tables[table].names:
            continue
        connection.exec_driver_sql(f"CREATE INDEX {name} ON {table} ({', '.join(map(quote, columns))})")
        made.append(name)
        report(f"index {name}")
    if not is_sqlite(connection):
        _restore_implied_indexes(connection)
    return made


def _restore_implied_indexes(connection: Connection) -> None:
    """Make again what the server dropped: it gives up a foreign key's own index for a longer one."""
    actual = read_tables(connection)
    expected = expected_tables(connection.dialect)
    for name in sorted({table for table, _ in TUNING.values()}):
        with_key = {key.split("->")[0] for key in actual[name].foreign}
        for columns in sorted((expected[name].indexes - actual[name].indexes) & with_key):
            connection.exec_driver_sql(f"CREATE INDEX {columns} ON {name} ({columns})")
