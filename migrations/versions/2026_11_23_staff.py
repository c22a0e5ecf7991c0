"""Failed sign-ins, so that every workstation counts the same ones."""

from __future__ import annotations

import sqlalchemy as sa

from tcmdesk.core.db.schema.steps import create_own_table
from tcmdesk.core.db.types import UtcTimestamp

revision = "2026_11_23_staff"
down_revision = "2026_11_23_schedules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_own_table(
        "desk_sign_ins",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("failures", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("tried_at", UtcTimestamp, nullable=False, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.Column("locked_until", UtcTimestamp),
        indexes={"desk_sign_ins_tried_at": ["tried_at"]},
    )
