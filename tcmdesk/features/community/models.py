"""Circles of patients, their posts, likes and comments."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, FlagOn, Id, OneOf, Ref, UpdatedAt, json_column

MemberRole = Literal["owner", "moderator", "member"]
PostStatus = Literal["active", "deleted"]


class Circle(Base):
    """A circle; its counters are kept in the same transaction as what they count."""

    __tablename__ = "circles"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(String(50))
    creator_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    member_count: Mapped[Counter | None]
    post_count: Mapped[Counter | None]
    is_active: Mapped[FlagOn | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class CircleMember(Base):
    """An account in a circle."""

    __tablename__ = "circle_members"
    __table_args__ = (UniqueConstraint("circle_id", "user_id", name="uk_circle_user"),)

    id: Mapped[Id]
    circle_id: Mapped[Ref] = mapped_column(ForeignKey("circles.id"))
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    role: Mapped[MemberRole | None] = mapped_column(OneOf(MemberRole), server_default="member")
    joined_at: Mapped[CreatedAt | None]


class CirclePost(Base):
    """A post in a circle."""

    __tablename__ = "circle_posts"

    id: Mapped[Id]
    circle_id: Mapped[Ref] = mapped_column(ForeignKey("circles.id"))
    author_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    images: Mapped[Any | None] = mapped_column(json_column())
    likes: Mapped[Counter | None]
    comments: Mapped[Counter | None]
    status: Mapped[PostStatus | None] = mapped_column(OneOf(PostStatus), server_default="active")
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class PostLike(Base):
    """One account's like of a post."""

    __tablename__ = "post_likes"
    __table_args__ = (UniqueConstraint("post_id", "user_id", name="uk_post_user"),)

    id: Mapped[Id]
    post_id: Mapped[Ref] = mapped_column(ForeignKey("circle_posts.id"))
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[CreatedAt | None]


class PostComment(Base):
    """A comment on a post."""

    __tablename__ = "post_comments"

    id: Mapped[Id]
    post_id: Mapped[Ref] = mapped_column(ForeignKey("circle_posts.id"))
    author_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    content: Mapped[str] = mapped_column(Text)
    status: Mapped[PostStatus | None] = mapped_column(OneOf(PostStatus), server_default="active")
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]
