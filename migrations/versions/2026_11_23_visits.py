"""Arrival, numbers and calls of a day."""

from __future__ import annotations

import sqlalchemy as sa

from tcmdesk.core.db.schema.steps import create_own_table
from tcmdesk.core.db.types import UtcTimestamp, now_on_update

revision = "2026_11_23_visits"
down_revision = "2026_11_23_staff"
branch_labels = None
depends_on = None

ZERO = sa.text("0")


def upgrade() -> None:
    create_own_table(
        "desk_visits",
        sa.Column("appointment_id", sa.CHAR(36), primary_key=True),
        sa.Column("doctor_id", sa.CHAR(36), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("session", sa.String(20), nullable=False),
        sa.Column("number", sa.SmallInteger),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("due_at", UtcTimestamp, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("walk_in", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("arrived_at", UtcTimestamp),
        sa.Column("called_at", UtcTimestamp),
        sa.Column("started_at", UtcTimestamp),
        sa.Column("finished_at", UtcTimestamp),
        sa.Column("call_count", sa.SmallInteger, nullable=False, server_default=ZERO),
        sa.Column("room", sa.String(50), nullable=False),
        sa.Column("changed_by", sa.CHAR(36)),
        sa.Column("updated_at", UtcTimestamp, nullable=False, server_default=now_on_update()),
        sa.UniqueConstraint("doctor_id", "day", "session", "number", name="desk_visits_number"),
        indexes={"desk_visits_day": ["day", "stage"]},
    )
    create_own_table(
        "desk_visit_numbers",
        sa.Column("doctor_id", sa.CHAR(36), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("session", sa.String(20), primary_key=True),
        sa.Column("last", sa.SmallInteger, nullable=False, server_default=ZERO),
        sa.Column("calls", sa.SmallInteger, nullable=False, server_default=ZERO),
        indexes={},
    )
