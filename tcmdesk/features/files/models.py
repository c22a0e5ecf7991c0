"""Uploaded files."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import CreatedAt, Flag, Moment, OneOf, Ref, ServerId

FileType = Literal["image", "video", "document", "audio", "other"]
UploadStatus = Literal["uploading", "completed", "failed", "deleted"]


class FileUpload(Base):
    """A file; `file_size` in bytes, `width` and `height` in pixels."""

    __tablename__ = "file_uploads"
    __table_args__ = (
        Index("idx_file_uploads_user_id", "user_id"),
        Index("idx_file_uploads_related", "related_type", "related_id"),
        Index("idx_file_uploads_status", "status"),
    )

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    file_type: Mapped[FileType] = mapped_column(OneOf(FileType))
    file_name: Mapped[str] = mapped_column(String(255))
    file_path: Mapped[str] = mapped_column(String(500))
    file_url: Mapped[str] = mapped_column(String(500))
    file_size: Mapped[int] = mapped_column(BigInteger)
    mime_type: Mapped[str | None] = mapped_column(String(100))
    related_type: Mapped[str | None] = mapped_column(String(50))
    related_id: Mapped[Ref | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbnail_url: Mapped[str | None] = mapped_column(String(500))
    is_public: Mapped[Flag | None]
    status: Mapped[UploadStatus] = mapped_column(OneOf(UploadStatus), server_default="uploading")
    error_message: Mapped[str | None] = mapped_column(Text)
    bucket_name: Mapped[str | None] = mapped_column(String(100))
    object_key: Mapped[str | None] = mapped_column(String(500))
    etag: Mapped[str | None] = mapped_column(String(100))
    uploaded_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment | None]
    deleted_at: Mapped[Moment | None]


Index("idx_file_uploads_uploaded_at", FileUpload.uploaded_at.desc())
