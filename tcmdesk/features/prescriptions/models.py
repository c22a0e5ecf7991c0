"""Prescriptions as patients see them, and doctors' templates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, Id, Ref, UpdatedAt, json_column


class Prescription(Base):
    """A released prescription; patients see the row from the moment it exists."""

    __tablename__ = "prescriptions"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    patient_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    patient_name: Mapped[str] = mapped_column(String(100))
    diagnosis: Mapped[str] = mapped_column(Text)
    medicines: Mapped[Any] = mapped_column(json_column())
    instructions: Mapped[str] = mapped_column(Text)
    prescription_date: Mapped[CreatedAt | None]
    created_at: Mapped[CreatedAt | None]


class PrescriptionTemplate(Base):
    """A doctor's prescription to start from."""

    __tablename__ = "prescription_templates"

    id: Mapped[Id]
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    name: Mapped[str] = mapped_column(String(100))
    diagnosis: Mapped[str] = mapped_column(Text)
    medicines: Mapped[Any] = mapped_column(json_column())
    instructions: Mapped[str] = mapped_column(Text)
    usage_count: Mapped[Counter | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]
