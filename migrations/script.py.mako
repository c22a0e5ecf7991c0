"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
${imports if imports else ""}
from tcmdesk.core.db.schema.steps import create_own_table

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Use `create_own_table` for what Alembic proposes here: every step must bear to be run again."""
    ${upgrades if upgrades else "pass"}
