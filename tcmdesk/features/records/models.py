"""Phrases that doctors reuse."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, Id, Ref, UpdatedAt


class CommonPhrase(Base):
    """A phrase of a doctor's, for diagnosis, advice or symptom."""

    __tablename__ = "common_phrases"

    id: Mapped[Id]
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    category: Mapped[str] = mapped_column(String(50))
    content: Mapped[str] = mapped_column(Text)
    usage_count: Mapped[Counter | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]
