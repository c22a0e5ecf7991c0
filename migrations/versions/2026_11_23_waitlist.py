"""Who waits for an earlier time, the offers made to them, and what the desks' lists remember."""

from __future__ import annotations

import sqlalchemy as sa

from tcmdesk.core.db.schema.steps import create_own_table
from tcmdesk.core.db.types import UtcTimestamp, now_on_update

revision = "2026_11_23_waitlist"
down_revision = "2026_11_23_visits"
branch_labels = None
depends_on = None

NOW = sa.text("CURRENT_TIMESTAMP")
ZERO = sa.text("0")
ONE = sa.text("1")


def upgrade() -> None:
    _create_waitlist()
    _create_worklists()
    _create_board_tables()


def _create_waitlist() -> None:
    create_own_table(
        "desk_holds",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("resource_id", sa.CHAR(36), nullable=False),
        sa.Column("starts_at", UtcTimestamp, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("user_id", sa.CHAR(36), nullable=False),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("expires_at", UtcTimestamp, nullable=False),
        indexes={"desk_holds_starts_at": ["starts_at"], "desk_holds_expires_at": ["expires_at"]},
    )
    create_own_table(
        "desk_waitlist",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("user_id", sa.CHAR(36), nullable=False),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("doctor_id", sa.CHAR(36)),
        sa.Column("department", sa.String(100)),
        sa.Column("weekdays", sa.SmallInteger, nullable=False),
        sa.Column("window_from", sa.SmallInteger, nullable=False),
        sa.Column("window_until", sa.SmallInteger, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("visit_type", sa.String(20), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("appointment_id", sa.CHAR(36)),
        sa.Column("created_by", sa.CHAR(36)),
        sa.Column("created_at", UtcTimestamp, nullable=False, server_default=NOW),
        sa.Column("updated_at", UtcTimestamp, nullable=False, server_default=now_on_update()),
        indexes={"desk_waitlist_status": ["status", "last_day"], "desk_waitlist_user": ["user_id"]},
    )
    create_own_table(
        "desk_waitlist_offers",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("entry_id", sa.CHAR(36), nullable=False),
        sa.Column("doctor_id", sa.CHAR(36), nullable=False),
        sa.Column("starts_at", UtcTimestamp, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("expires_at", UtcTimestamp, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("made_by", sa.CHAR(36)),
        sa.Column("made_at", UtcTimestamp, nullable=False, server_default=NOW),
        sa.Column("ended_by", sa.CHAR(36)),
        sa.Column("ended_at", UtcTimestamp),
        indexes={
            "desk_waitlist_offers_entry": ["entry_id", "starts_at"],
            "desk_waitlist_offers_status": ["status", "expires_at"],
            "desk_waitlist_offers_time": ["doctor_id", "starts_at"],
        },
    )


def _create_worklists() -> None:
    create_own_table(
        "desk_inbox_marks",
        sa.Column("user_id", sa.CHAR(36), primary_key=True),
        sa.Column("seen_at", UtcTimestamp, nullable=False),
        sa.Column("seen_ids", sa.Text, nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False, server_default=ONE),
        indexes={},
    )
    create_own_table(
        "desk_list_marks",
        sa.Column("list", sa.String(20), primary_key=True),
        sa.Column("subject", sa.CHAR(36), primary_key=True),
        sa.Column("until", sa.Date),
        sa.Column("marked_by", sa.CHAR(36)),
        sa.Column("marked_at", UtcTimestamp, nullable=False, server_default=NOW),
        indexes={},
    )


def _create_board_tables() -> None:
    create_own_table(
        "desk_saved_views",
        sa.Column("user_id", sa.CHAR(36), primary_key=True),
        sa.Column("key", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        indexes={},
    )
    create_own_table(
        "desk_board_pins",
        sa.Column("user_id", sa.CHAR(36), primary_key=True),
        sa.Column("appointment_id", sa.CHAR(36), primary_key=True),
        sa.Column("pinned_at", UtcTimestamp, nullable=False),
        indexes={},
    )
