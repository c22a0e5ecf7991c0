"""Video consultations: links and sessions of patients, leases of rooms, consent, licence, earlier diagnoses."""

from __future__ import annotations

import sqlalchemy as sa

from tcmdesk.core.db.schema.steps import create_own_table
from tcmdesk.core.db.types import UtcTimestamp

revision = "2026_11_23_consultations"
down_revision = "2026_11_22_desk"
branch_labels = None
depends_on = None

ZERO = sa.text("0")


def upgrade() -> None:
    _create_visits()
    _create_ways_in()
    _create_licence()


def _create_visits() -> None:
    create_own_table(
        "desk_video_visits",
        sa.Column("consultation_id", sa.CHAR(36), primary_key=True),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("consent_version", sa.String(20)),
        sa.Column("consented_at", UtcTimestamp),
        sa.Column("identity_stated_at", UtcTimestamp),
        sa.Column("identity_checked_at", UtcTimestamp),
        sa.Column("identity_checked_by", sa.CHAR(36)),
        sa.Column("entered_at", UtcTimestamp),
        sa.Column("seen_at", UtcTimestamp),
        sa.Column("left_at", UtcTimestamp),
        sa.Column("admitted_at", UtcTimestamp),
        sa.Column("admitted_by", sa.CHAR(36)),
        indexes={},
    )
    create_own_table(
        "desk_video_leases",
        sa.Column("room_id", sa.String(100), primary_key=True),
        sa.Column("workstation", sa.String(64), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        indexes={},
    )
    create_own_table(
        "desk_video_diagnoses",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("user_id", sa.CHAR(36), nullable=False),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("diagnosed_on", sa.Date, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("filed_by", sa.CHAR(36)),
        sa.Column("filed_at", UtcTimestamp, nullable=False),
        indexes={"desk_video_diagnoses_person": ["user_id", "profile_id"]},
    )


def _create_ways_in() -> None:
    create_own_table(
        "desk_video_links",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("consultation_id", sa.CHAR(36), nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("issued_by", sa.CHAR(36)),
        sa.Column("issued_at", UtcTimestamp, nullable=False),
        sa.Column("expires_at", UtcTimestamp, nullable=False),
        sa.Column("opened_at", UtcTimestamp),
        sa.Column("revoked_at", UtcTimestamp),
        indexes={"desk_video_links_consultation": ["consultation_id"]},
    )
    create_own_table(
        "desk_video_sessions",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("consultation_id", sa.CHAR(36), nullable=False),
        sa.Column("link_id", sa.CHAR(36), nullable=False),
        sa.Column("user_id", sa.CHAR(36), nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("opened_at", UtcTimestamp, nullable=False),
        sa.Column("expires_at", UtcTimestamp, nullable=False),
        sa.Column("ended_at", UtcTimestamp),
        indexes={"desk_video_sessions_consultation": ["consultation_id"]},
    )


def _create_licence() -> None:
    create_own_table(
        "desk_video_licences",
        sa.Column("id", sa.CHAR(36), primary_key=True),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("licence_no", sa.String(100), nullable=False),
        sa.Column("approval_no", sa.String(100), nullable=False),
        sa.Column("names_internet_diagnosis", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("switched_on", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("entered_by", sa.CHAR(36)),
        sa.Column("entered_at", UtcTimestamp, nullable=False),
        indexes={},
    )
    create_own_table(
        "desk_video_doctors",
        sa.Column("doctor_id", sa.CHAR(36), primary_key=True),
        sa.Column("eligible", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("registration", sa.String(200), nullable=False),
        sa.Column("checked_by", sa.CHAR(36)),
        sa.Column("checked_at", UtcTimestamp, nullable=False),
        indexes={},
    )
