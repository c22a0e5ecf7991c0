"""Our own tables: operation ledger, slots, what appointments lack, staff, and the index of people.

None has a foreign key to the contract: an adopted database may hold orphans, the platform must stay free to
delete its rows, and each insert would lock the parent row that every desk shares.
"""

from __future__ import annotations

import sqlalchemy as sa

from tcmdesk.core.db.schema.steps import create_own_table
from tcmdesk.core.db.types import UtcTimestamp, exact_text, now_on_update

revision = "2026_11_22_desk"
down_revision = "2026_11_22_contract"
branch_labels = None
depends_on = None

NOW = sa.text("CURRENT_TIMESTAMP")
ZERO = sa.text("0")


def upgrade() -> None:
    create_own_table(
        "desk_operations",
        sa.Column("op_id", sa.CHAR(36), primary_key=True),
        sa.Column("workstation", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("previous_hash", sa.CHAR(64), nullable=False),
        sa.Column("hash", sa.CHAR(64), nullable=False),
        sa.Column("actor_id", sa.CHAR(36)),
        sa.Column("actor_role", sa.String(20), nullable=False),
        sa.Column("action", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(80)),
        sa.Column("detail", sa.Text),
        sa.Column("at", UtcTimestamp, nullable=False),
        sa.UniqueConstraint("workstation", "seq", name="desk_operations_chain"),
        indexes={},
    )
    create_own_table(
        "desk_slots",
        sa.Column("resource_id", sa.CHAR(36), primary_key=True),
        sa.Column("cell", UtcTimestamp, primary_key=True),
        sa.Column("seat", sa.SmallInteger, primary_key=True, autoincrement=False, server_default=ZERO),
        sa.Column("appointment_id", sa.CHAR(36)),
        indexes={},
    )
    create_own_table(
        "desk_appointments",
        sa.Column("appointment_id", sa.CHAR(36), primary_key=True),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("starts_at", UtcTimestamp, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20)),
        sa.Column("patient_confirmed", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("overlap_kept", sa.Boolean, nullable=False, server_default=ZERO),
        sa.Column("created_by", sa.CHAR(36)),
        sa.Column("created_at", UtcTimestamp, nullable=False, server_default=NOW),
        sa.Column("updated_at", UtcTimestamp, nullable=False, server_default=now_on_update()),
        sa.Column("cancel_reason", sa.String(500)),
        sa.Column("cancelled_by", sa.CHAR(36)),
        sa.Column("cancelled_at", UtcTimestamp),
        indexes={
            "desk_appointments_starts_at": ["starts_at"],
            "desk_appointments_profile": ["profile_id"],
        },
    )
    create_own_table(
        "desk_staff",
        sa.Column("user_id", sa.CHAR(36), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, server_default="active"),
        sa.Column("created_at", UtcTimestamp, nullable=False, server_default=NOW),
        sa.Column("updated_at", UtcTimestamp, nullable=False, server_default=now_on_update()),
        indexes={},
    )
    _create_patient_index()


def _create_patient_index() -> None:
    create_own_table(
        "desk_patient_search",
        sa.Column("person_key", sa.CHAR(36), primary_key=True),
        sa.Column("user_id", sa.CHAR(36), nullable=False),
        sa.Column("profile_id", sa.CHAR(36)),
        sa.Column("name", exact_text(100), nullable=False),
        sa.Column("also_named", exact_text(100)),
        sa.Column("phone", exact_text(20), nullable=False),
        sa.Column("phone_rev", exact_text(20), nullable=False),
        sa.Column("gender", sa.Enum("male", "female", "other")),
        sa.Column("birthday", sa.Date),
        sa.Column("relationship", sa.String(50)),
        sa.Column("family", sa.SmallInteger, nullable=False),
        sa.Column("reading", sa.String(300), nullable=False),
        sa.Column("last_visit", sa.Date),
        sa.Column("staleness", sa.Integer, nullable=False),
        sa.Column("source_updated_at", UtcTimestamp),
        indexes={
            "desk_patient_search_user": ["user_id"],
            "desk_patient_search_name": ["name"],
            "desk_patient_search_phone": ["phone"],
            "desk_patient_search_phone_rev": ["phone_rev"],
            "desk_patient_search_source": ["source_updated_at"],
        },
    )
    create_own_table(
        "desk_patient_readings",
        sa.Column("person_key", sa.CHAR(36), primary_key=True),
        sa.Column("word", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("py", exact_text(200), primary_key=True),
        sa.Column("pyi", exact_text(100), nullable=False),
        sa.Column("syllables", exact_text(300), nullable=False),
        sa.Column("staleness", sa.Integer, nullable=False),
        indexes={
            "desk_patient_readings_py": ["word", "py", "staleness"],
            "desk_patient_readings_pyi": ["word", "pyi", "staleness"],
        },
    )
    create_own_table(
        "desk_patient_grams",
        sa.Column("gram", exact_text(8), primary_key=True),
        sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("staleness", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_key", sa.CHAR(36), primary_key=True),
        indexes={"desk_patient_grams_person": ["person_key"]},
    )
