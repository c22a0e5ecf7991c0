"""The guard's statements for each engine; ``{minutes}`` and ``{seconds}`` are the clinic's distance from UTC.

None depends on the session's time zone: UNIX_TIMESTAMP reads the column's own value, and MySQL's index casts
at ``+00:00``.
"""

from __future__ import annotations

from typing import Final

INDEX: Final = "desk_appointments_guard"

MYSQL_INDEX: Final = (
    f"CREATE UNIQUE INDEX {INDEX} ON appointments (doctor_id,"
    " (DATE(CAST(appointment_date AT TIME ZONE '+00:00' AS DATETIME) + INTERVAL {minutes} MINUTE)),"
    " (LEFT(time_slot, 5)), ((CASE WHEN status = 'cancelled' THEN NULL ELSE 1 END)))"
)
SQLITE_INDEX: Final = (
    f"CREATE UNIQUE INDEX {INDEX} ON appointments"
    " (doctor_id, date(appointment_date, '{minutes:+d} minutes'), substr(time_slot, 1, 5))"
    " WHERE status IS NULL OR status <> 'cancelled'"
)

MARIADB_TABLE: Final = "desk_booking_guard"
MARIADB_CREATE_TABLE: Final = (
    f"CREATE TABLE {MARIADB_TABLE} ("
    "appointment_id CHAR(36) NOT NULL PRIMARY KEY, doctor_id CHAR(36) NOT NULL, day INT NOT NULL,"
    f" slot VARCHAR(5) NOT NULL, UNIQUE {INDEX} (doctor_id, day, slot)"
    ") ENGINE=InnoDB DEFAULT CHARSET={charset} COLLATE={collation}"
)
_KEY: Final = (
    "{row}.id, {row}.doctor_id, FLOOR((UNIX_TIMESTAMP({row}.appointment_date) + {{seconds}}) / 86400),"
    " LEFT({row}.time_slot, 5)"
)
_ALIVE: Final = "({row}.status IS NULL OR {row}.status <> 'cancelled')"
_INSERT_NEW: Final = (
    f"IF {_ALIVE.format(row='NEW')} THEN INSERT INTO {MARIADB_TABLE} (appointment_id, doctor_id, day, slot)"
    f" VALUES ({_KEY.format(row='NEW')}); END IF;"
)
_SAME_KEY: Final = (
    "OLD.id <=> NEW.id AND OLD.doctor_id <=> NEW.doctor_id AND OLD.appointment_date <=> NEW.appointment_date"
    " AND OLD.time_slot <=> NEW.time_slot AND (OLD.status <=> 'cancelled') = (NEW.status <=> 'cancelled')"
)
_DELETE_OLD: Final = f"DELETE FROM {MARIADB_TABLE} WHERE appointment_id = OLD.id;"

MARIADB_TRIGGERS: Final = {
    "desk_guard_insert": (
        f"CREATE TRIGGER desk_guard_insert AFTER INSERT ON appointments FOR EACH ROW BEGIN {_INSERT_NEW} END"
    ),
    "desk_guard_update": (
        "CREATE TRIGGER desk_guard_update AFTER UPDATE ON appointments FOR EACH ROW"
        f" BEGIN IF NOT ({_SAME_KEY}) THEN {_DELETE_OLD} {_INSERT_NEW} END IF; END"
    ),
    "desk_guard_delete": (
        f"CREATE TRIGGER desk_guard_delete AFTER DELETE ON appointments FOR EACH ROW BEGIN {_DELETE_OLD} END"
    ),
}
MARIADB_TRIGGER_NAMES: Final = (
    "SELECT trigger_name FROM information_schema.triggers"
    " WHERE trigger_schema = DATABASE() AND event_object_table = 'appointments'"
)
MARIADB_FILL: Final = (
    f"INSERT INTO {MARIADB_TABLE} (appointment_id, doctor_id, day, slot) SELECT {_KEY.format(row='a')}"
    f" FROM appointments a WHERE {_ALIVE.format(row='a')}"
)

MARIADB_UNFILLED: Final = (
    f"SELECT a.id FROM appointments a LEFT JOIN {MARIADB_TABLE} g ON g.appointment_id = a.id"
    f" WHERE g.appointment_id IS NULL AND {_ALIVE.format(row='a')} LIMIT 1"
)

_SERVER_DAY: Final = "FLOOR((UNIX_TIMESTAMP(a.appointment_date) + :seconds) / 86400)"
_SQLITE_DAY: Final = "(CAST(strftime('%s', a.appointment_date) AS INTEGER) + :seconds) / 86400"


def duplicates(dialect: str) -> str:
    """The query for slots with more than one living booking."""
    sqlite = dialect == "sqlite"
    day = _SQLITE_DAY if sqlite else _SERVER_DAY
    slot = "substr(a.time_slot, 1, 5)" if sqlite else "LEFT(a.time_slot, 5)"
    return (
        f"SELECT COALESCE(MAX(u.name), a.doctor_id) AS doctor, {day} AS day, {slot} AS slot,"
        " COUNT(*) AS bookings FROM appointments a LEFT JOIN doctors d ON d.id = a.doctor_id"
        f" LEFT JOIN users u ON u.id = d.user_id WHERE {_ALIVE.format(row='a')}"
        f" GROUP BY a.doctor_id, {day}, {slot} HAVING COUNT(*) > 1 ORDER BY day, slot, doctor"
    )


def index_names(dialect: str) -> str:
    """The query for the names of the indexes on `appointments`."""
    if dialect == "sqlite":
        return "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'appointments'"
    return (
        "SELECT DISTINCT index_name FROM information_schema.statistics"
        " WHERE table_schema = DATABASE() AND table_name = 'appointments'"
    )
