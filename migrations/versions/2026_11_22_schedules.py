"""Working hours, leave, and the beds and rooms that a visit needs."""

from __future__ import annotations

revision = "2026_11_22_schedules"
down_revision = "2026_11_22_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
