"""Arrival, numbers and calls of a day."""

from __future__ import annotations

revision = "2026_11_22_visits"
down_revision = "2026_11_22_schedules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
