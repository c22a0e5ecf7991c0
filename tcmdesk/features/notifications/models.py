"""Messages to people, what they want to be told, and what was sent."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import (
    EMPTY_OBJECT,
    CreatedAt,
    Flag,
    FlagOn,
    Moment,
    OneOf,
    Ref,
    ServerId,
    UpdatedAt,
    json_column,
)

NotificationType = Literal[
    "appointment_reminder",
    "appointment_confirmed",
    "appointment_cancelled",
    "prescription_ready",
    "doctor_reply",
    "system_announcement",
    "review_reply",
    "live_stream_reminder",
    "group_message",
]
NotificationStatus = Literal["unread", "read", "deleted"]


class Notification(Base):
    """A message to an account."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("idx_notifications_user_id", "user_id"),
        Index("idx_notifications_status", "status"),
        Index("idx_notifications_user_status", "user_id", "status"),
    )

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    type: Mapped[NotificationType] = mapped_column(OneOf(NotificationType))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    related_id: Mapped[Ref | None]
    status: Mapped[NotificationStatus] = mapped_column(OneOf(NotificationStatus), server_default="unread")
    metadata_: Mapped[Any | None] = mapped_column("metadata", json_column(), server_default=EMPTY_OBJECT)
    created_at: Mapped[CreatedAt]
    read_at: Mapped[Moment | None]


Index("idx_notifications_created_at", Notification.created_at.desc())


class NotificationSetting(Base):
    """Whether and how an account wants one type of message."""

    __tablename__ = "notification_settings"
    __table_args__ = (UniqueConstraint("user_id", "notification_type", name="uk_user_notification_type"),)

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    notification_type: Mapped[NotificationType] = mapped_column(OneOf(NotificationType))
    enabled: Mapped[FlagOn]
    email_enabled: Mapped[Flag]
    sms_enabled: Mapped[Flag]
    push_enabled: Mapped[FlagOn]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class SmsLog(Base):
    """A text message and what became of it."""

    __tablename__ = "sms_logs"

    id: Mapped[ServerId]
    user_id: Mapped[Ref | None] = mapped_column(ForeignKey("users.id"))
    phone: Mapped[str] = mapped_column(String(20))
    template_code: Mapped[str] = mapped_column(String(50))
    template_params: Mapped[Any | None] = mapped_column(json_column(), server_default=EMPTY_OBJECT)
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    error_message: Mapped[str | None] = mapped_column(Text)
    provider: Mapped[str | None] = mapped_column(String(50))
    created_at: Mapped[CreatedAt]
    sent_at: Mapped[Moment | None]


class EmailLog(Base):
    """An e-mail and what became of it."""

    __tablename__ = "email_logs"

    id: Mapped[ServerId]
    user_id: Mapped[Ref | None] = mapped_column(ForeignKey("users.id"))
    email: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    error_message: Mapped[str | None] = mapped_column(Text)
    provider: Mapped[str | None] = mapped_column(String(50))
    created_at: Mapped[CreatedAt]
    sent_at: Mapped[Moment | None]


class PushToken(Base):
    """A device that takes push messages."""

    __tablename__ = "push_tokens"

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    device_type: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(Text)
    device_info: Mapped[Any | None] = mapped_column(json_column(), server_default=EMPTY_OBJECT)
    active: Mapped[FlagOn]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
