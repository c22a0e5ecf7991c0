"""Settings that every workstation and the platform share."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import CreatedAt, Flag, OneOf, ServerId, UpdatedAt

ConfigValueType = Literal["string", "number", "boolean", "json"]


class SystemConfig(Base):
    """One setting, by category and key."""

    __tablename__ = "system_configs"
    __table_args__ = (
        UniqueConstraint("category", "config_key", name="uk_category_key"),
        Index("idx_system_configs_category", "category"),
    )

    id: Mapped[ServerId]
    category: Mapped[str] = mapped_column(String(50))
    config_key: Mapped[str] = mapped_column(String(100))
    config_value: Mapped[str] = mapped_column(Text)
    value_type: Mapped[ConfigValueType] = mapped_column(OneOf(ConfigValueType), server_default="string")
    description: Mapped[str | None] = mapped_column(Text)
    is_encrypted: Mapped[Flag | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
