"""Working hours, leave, and the beds and rooms that a visit needs."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

from tcmdesk.core.db.schema.steps import add_own_columns, create_own_table
from tcmdesk.core.db.types import UtcTimestamp, now_on_update

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "2026_11_23_schedules"
down_revision = "2026_11_23_consultations"
branch_labels = None
depends_on = None

NOW = sa.text("CURRENT_TIMESTAMP")
ZERO = sa.text("0")
ONE = sa.text("1")
_HOURS = ("id", "doctor_id", "weekday", "starts", "ends", "cell", "seats", "video", "in_person")


def upgrade() -> None:
    create_own_table(
        "desk_hours",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("doctor_id", sa.CHAR(36), nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        *_session(),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("created_by", sa.CHAR(36)),
        *_stamps(),
        indexes={"desk_hours_doctor": ["doctor_id", "weekday"]},
    )
    create_own_table(
        "desk_exceptions",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("doctor_id", sa.CHAR(36)),
        sa.Column("from_day", sa.Date, nullable=False),
        sa.Column("until_day", sa.Date, nullable=False),
        *_session(),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("created_by", sa.CHAR(36)),
        *_stamps(),
        indexes={"desk_exceptions_days": ["until_day", "from_day"]},
    )
    create_own_table(
        "desk_leave_moves",
        sa.Column("exception_id", sa.CHAR(36), primary_key=True),
        sa.Column("appointment_id", sa.CHAR(36), primary_key=True),
        sa.Column("starts_at", UtcTimestamp, nullable=False),
        sa.Column("created_at", UtcTimestamp, nullable=False, server_default=NOW),
        indexes={},
    )
    create_own_table(
        "desk_resources",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("seats", sa.SmallInteger, nullable=False),
        sa.Column("department_id", sa.CHAR(36)),
        sa.Column("doctor_id", sa.CHAR(36)),
        sa.Column("active", sa.Boolean, nullable=False, server_default=ONE),
        sa.Column("place", sa.SmallInteger, nullable=False, server_default=ZERO),
        *_stamps(),
        indexes={},
    )
    create_own_table(
        "desk_visit_kinds",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("doctor_minutes", sa.SmallInteger, nullable=False),
        sa.Column("needs", sa.String(20)),
        sa.Column("resource_offset", sa.SmallInteger, nullable=False, server_default=ZERO),
        sa.Column("resource_minutes", sa.SmallInteger, nullable=False, server_default=ZERO),
        sa.Column("department_id", sa.CHAR(36)),
        sa.Column("doctor_id", sa.CHAR(36)),
        sa.Column("usual", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("active", sa.Boolean, nullable=False, server_default=ONE),
        *_stamps(),
        indexes={},
    )
    add_own_columns(
        "desk_appointments",
        sa.Column("visit_kind_id", sa.CHAR(36)),
        sa.Column("resource_id", sa.CHAR(36)),
        sa.Column("resource_from", UtcTimestamp),
        sa.Column("resource_minutes", sa.SmallInteger),
        sa.Column("extra", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("extra_reason", sa.String(200)),
    )
    _adopt_doctors_hours()


def _adopt_doctors_hours() -> None:
    """Hours of single doctors, which were settings, become rules; a setting that cannot be read stays where it is."""
    connection = op.get_bind()
    hours = sa.table("desk_hours", *(sa.column(name) for name in _HOURS))
    configs = sa.table(
        "system_configs", *(sa.column(name) for name in ("id", "category", "config_key", "config_value"))
    )
    stored = connection.execute(
        sa.select(configs.c.id, configs.c.config_key, configs.c.config_value).where(
            configs.c.category == "clinic", configs.c.config_key.like("hours:%")
        )
    ).all()
    for row in stored:
        doctor_id = row.config_key.partition(":")[2]
        try:
            sessions = list(_sessions_of(row.config_value))
        except (ValueError, TypeError, AttributeError):
            continue
        there = sa.select(hours.c.id).where(hours.c.doctor_id == doctor_id)
        if sessions and connection.execute(there).first() is None:
            connection.execute(
                sa.insert(hours),
                [
                    {
                        "id": str(uuid.uuid4()), "doctor_id": doctor_id, "weekday": weekday, "starts": starts,
                        "ends": ends, "cell": 15, "seats": 1, "video": True, "in_person": True,
                    }
                    for weekday, starts, ends in sessions
                ],
            )  # fmt: skip
        connection.execute(sa.delete(configs).where(configs.c.id == row.id))


def _sessions_of(stored: str) -> Iterator[tuple[int, int, int]]:
    week = json.loads(stored)
    for number, weekday in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        for start, end in week.get(weekday, ()):
            yield number, _minutes(start), _minutes(end)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _session() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("starts", sa.SmallInteger, nullable=False),
        sa.Column("ends", sa.SmallInteger, nullable=False),
        sa.Column("cell", sa.SmallInteger, nullable=False),
        sa.Column("seats", sa.SmallInteger, nullable=False),
        sa.Column("video", sa.Boolean, nullable=False, server_default=ONE),
        sa.Column("in_person", sa.Boolean, nullable=False, server_default=ONE),
    )


def _stamps() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", UtcTimestamp, nullable=False, server_default=NOW),
        sa.Column("updated_at", UtcTimestamp, nullable=False, server_default=now_on_update()),
    )
