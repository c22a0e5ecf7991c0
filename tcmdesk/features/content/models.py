"""Articles, videos, their categories, and live streams."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, Id, Moment, OneOf, Ref, UpdatedAt, json_column

PublicationStatus = Literal["draft", "published", "archived"]
StreamStatus = Literal["scheduled", "live", "ended"]


class ContentCategory(Base):
    """A category, possibly inside another."""

    __tablename__ = "content_categories"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(50))
    description: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[Ref | None] = mapped_column(ForeignKey("content_categories.id"))
    sort_order: Mapped[Counter | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class Article(Base):
    """An article on health."""

    __tablename__ = "articles"
    __table_args__ = (
        Index("idx_articles_author_id", "author_id"),
        Index("idx_articles_status", "status"),
    )

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    author_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    category_id: Mapped[Ref | None] = mapped_column(ForeignKey("content_categories.id"))
    cover_image: Mapped[str | None] = mapped_column(String(500))
    summary: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[Any | None] = mapped_column(json_column())
    channels: Mapped[Any | None] = mapped_column(json_column())
    status: Mapped[PublicationStatus | None] = mapped_column(OneOf(PublicationStatus), server_default="draft")
    view_count: Mapped[Counter | None]
    published_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class Video(Base):
    """A video on health; `duration` in seconds."""

    __tablename__ = "videos"
    __table_args__ = (
        Index("idx_videos_author_id", "author_id"),
        Index("idx_videos_status", "status"),
    )

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    video_url: Mapped[str] = mapped_column(String(500))
    thumbnail_url: Mapped[str | None] = mapped_column(String(500))
    duration: Mapped[int | None]
    author_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    category_id: Mapped[Ref | None] = mapped_column(ForeignKey("content_categories.id"))
    tags: Mapped[Any | None] = mapped_column(json_column())
    status: Mapped[PublicationStatus | None] = mapped_column(OneOf(PublicationStatus), server_default="draft")
    view_count: Mapped[Counter | None]
    published_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class LiveStream(Base):
    """A live stream that a doctor hosts."""

    __tablename__ = "live_streams"

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    host_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    scheduled_time: Mapped[Moment]
    stream_url: Mapped[str | None] = mapped_column(String(500))
    qr_code: Mapped[str | None] = mapped_column(String(500))
    status: Mapped[StreamStatus | None] = mapped_column(OneOf(StreamStatus), server_default="scheduled")
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]
