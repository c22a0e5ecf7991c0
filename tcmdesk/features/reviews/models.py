"""Patients' reviews of doctors."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, Flag, FlagOn, Id, Moment, Ref, UpdatedAt


class Review(Base):
    """A patient's review of one appointment, 1 to 5."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("rating >= 1 AND rating <= 5"),
        Index("idx_reviews_doctor_id", "doctor_id"),
        Index("idx_reviews_patient_id", "patient_id"),
        Index("idx_reviews_rating", "rating"),
    )

    id: Mapped[Id]
    appointment_id: Mapped[Ref] = mapped_column(ForeignKey("appointments.id"), unique=True)
    patient_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    rating: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)
    is_anonymous: Mapped[Flag | None]
    is_visible: Mapped[FlagOn | None]
    doctor_reply: Mapped[str | None] = mapped_column(Text)
    doctor_reply_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class ReviewTag(Base):
    """A tag that reviews can carry."""

    __tablename__ = "review_tags"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(50), unique=True)
    usage_count: Mapped[Counter | None]
    created_at: Mapped[CreatedAt | None]


class ReviewTagMapping(Base):
    """A tag on a review."""

    __tablename__ = "review_tag_mappings"
    __table_args__ = (UniqueConstraint("review_id", "tag_id", name="uk_review_tag"),)

    id: Mapped[Id]
    review_id: Mapped[Ref] = mapped_column(ForeignKey("reviews.id"))
    tag_id: Mapped[Ref] = mapped_column(ForeignKey("review_tags.id"))
    created_at: Mapped[CreatedAt | None]
