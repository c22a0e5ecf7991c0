"""Video consultations: leases, links, consent."""

from __future__ import annotations

revision = "2026_11_22_consultations"
down_revision = "2026_11_22_waitlist"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
