"""Failed sign-ins, and what else the clinic keeps about its staff."""

from __future__ import annotations

revision = "2026_11_22_staff"
down_revision = "2026_11_22_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
