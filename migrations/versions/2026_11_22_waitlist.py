"""Who waits for an earlier time, and the offers made to them."""

from __future__ import annotations

revision = "2026_11_22_waitlist"
down_revision = "2026_11_22_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
