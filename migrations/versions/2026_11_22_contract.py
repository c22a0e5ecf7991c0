"""The schema that is shared with the telemedicine platform.

Only what is missing is made; a table that is there is never touched, whoever made it.
"""

from __future__ import annotations

from alembic import op

from tcmdesk.core.db.schema.ddl import create_missing_tables

revision = "2026_11_22_contract"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_missing_tables(op.get_bind())
