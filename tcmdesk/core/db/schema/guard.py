"""The opt-in guard: the database itself refuses a second booking of a slot, the platform's too.

The platform stores any time of day in `appointment_date` and texts such as ``09:00`` and ``09:00-10:00`` for
one slot, so the key is the doctor, the clinic's date, the first five characters of the text, and whether the
booking is alive. MySQL and SQLite hold it as a unique index over expressions. MariaDB has none; there,
triggers keep a table of our own whose unique key refuses, which holds among writers at the same moment, as a
trigger that only looks would not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, column, inspect, select, table, text
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.db.schema import guard_sql
from tcmdesk.core.db.schema.connect import is_mariadb, is_sqlite
from tcmdesk.core.db.schema.ddl import charset_of, id_collation
from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_ZONE: Final = "Asia/Shanghai"
_EPOCH: Final = dt.date(1970, 1, 1)
_CONFIGS: Final = table("system_configs", column("category"), column("config_key"), column("config_value"))


@dataclass(frozen=True, slots=True)
class DoubleBooking:
    """Living appointments of one doctor that begin at one time; `day` is the clinic's date."""

    doctor: str
    day: dt.date
    slot: str
    bookings: int


class GuardRefusedError(UserError):
    """Slots that are booked twice already stand in the way; `duplicates` lists them. Nothing was changed."""

    def __init__(self, duplicates: list[DoubleBooking]) -> None:
        super().__init__(
            "guard.duplicates",
            N_(
                "{count} slots are booked more than once, listed above. Move or cancel these bookings, then"
                " switch the guard on again. Nothing was changed."
            ),
            count=len(duplicates),
        )
        self.duplicates = tuple(duplicates)


def has_guard(connection: Connection) -> bool:
    """Whether the guard is on, completely."""
    if is_mariadb(connection):
        return _triggers(connection) >= guard_sql.MARIADB_TRIGGERS.keys()
    names = set(connection.execute(text(guard_sql.index_names(connection.dialect.name))).scalars())
    return guard_sql.INDEX in names


def add_guard(connection: Connection, report: Callable[[str], None]) -> None:
    """Switch the guard on; a run that was killed is finished by the next.

    Raises:
        GuardRefusedError: slots are booked twice already.
        UserError: the clinic's time zone has summer time, so that no fixed key exists.
    """
    minutes = refuse_double_bookings(connection)
    try:
        if is_mariadb(connection):
            _add_triggers(connection, minutes)
        elif not has_guard(connection):
            create = guard_sql.SQLITE_INDEX if is_sqlite(connection) else guard_sql.MYSQL_INDEX
            connection.exec_driver_sql(create.format(minutes=minutes))
    except IntegrityError as error:
        # booked in the moment since they were counted
        raise GuardRefusedError(find_duplicates(connection, minutes)) from error
    report("guard on")


def refuse_double_bookings(connection: Connection) -> int:
    """Make sure that the guard can be switched on.

    Returns:
        The clinic's distance from UTC in minutes.

    Raises:
        GuardRefusedError, UserError: as `add_guard`.
    """
    minutes = _offset_minutes(connection)
    duplicates = find_duplicates(connection, minutes)
    if duplicates:
        raise GuardRefusedError(duplicates)
    return minutes


def find_duplicates(connection: Connection, minutes: int) -> list[DoubleBooking]:
    """Every slot with more than one living booking.

    Args:
        minutes: the clinic's distance from UTC.
    """
    query = guard_sql.duplicates(connection.dialect.name)
    return [
        DoubleBooking(row.doctor, _EPOCH + dt.timedelta(days=int(row.day)), row.slot, row.bookings)
        for row in connection.execute(text(query), {"seconds": minutes * 60})
    ]


def _add_triggers(connection: Connection, minutes: int) -> None:
    if not inspect(connection).has_table(guard_sql.MARIADB_TABLE):
        collation = id_collation(connection) or "utf8mb4_general_ci"
        connection.exec_driver_sql(
            guard_sql.MARIADB_CREATE_TABLE.format(charset=charset_of(collation), collation=collation)
        )
    there = _triggers(connection)
    missing = [name for name in guard_sql.MARIADB_TRIGGERS if name not in there]
    for name in missing:
        connection.exec_driver_sql(guard_sql.MARIADB_TRIGGERS[name].format(seconds=minutes * 60))
    unfilled = connection.execute(text(guard_sql.MARIADB_UNFILLED)).first()
    if not missing and unfilled is None:
        return
    try:
        # what was kept while a trigger was missing may be out of date
        connection.exec_driver_sql(f"DELETE FROM {guard_sql.MARIADB_TABLE}")
        connection.exec_driver_sql(guard_sql.MARIADB_FILL.format(seconds=minutes * 60))
        connection.commit()
    except IntegrityError:
        connection.rollback()
        for name in guard_sql.MARIADB_TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        raise


def _triggers(connection: Connection) -> set[str]:
    return set(connection.execute(text(guard_sql.MARIADB_TRIGGER_NAMES)).scalars())


def _offset_minutes(connection: Connection) -> int:
    name = (
        connection.execute(
            select(_CONFIGS.c.config_value).where(
                _CONFIGS.c.category == "clinic", _CONFIGS.c.config_key == "timezone"
            )
        ).scalar()
        or DEFAULT_ZONE
    )
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(DEFAULT_ZONE)
    moments = [
        dt.datetime(year, month, 1, tzinfo=zone) for year in range(2020, 2038) for month in (1, 4, 7, 10)
    ]
    offsets = {moment.utcoffset() for moment in moments}
    if len(offsets) != 1:
        raise UserError(
            "guard.zone",
            N_("The guard needs a clinic time zone without summer time; {zone} moves its clocks."),
            zone=name,
        )
    offset = offsets.pop()
    return int(offset.total_seconds() // 60) if offset else 0
