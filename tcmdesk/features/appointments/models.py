"""Appointments as the platform knows them, and what the desks keep beside them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import CHAR, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import ZERO, CreatedAt, Flag, Id, Moment, OneOf, Ref, UpdatedAt, UtcTimestamp

VisitType = Literal["online_video", "offline"]
AppointmentStatus = Literal["pending", "confirmed", "completed", "cancelled"]


class Appointment(Base):
    """A visit that is planned; `time_slot` is free text where the platform wrote it."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index("idx_appointments_patient_id", "patient_id"),
        Index("idx_appointments_doctor_id", "doctor_id"),
        Index("idx_appointments_date", "appointment_date"),
        Index("idx_appointments_status", "status"),
    )

    id: Mapped[Id]
    patient_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    appointment_date: Mapped[Moment]
    time_slot: Mapped[str] = mapped_column(String(20))
    visit_type: Mapped[VisitType] = mapped_column(OneOf(VisitType))
    symptoms: Mapped[str] = mapped_column(Text)
    has_visited_before: Mapped[Flag | None]
    status: Mapped[AppointmentStatus | None] = mapped_column(
        OneOf(AppointmentStatus), server_default="pending"
    )
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class DeskSlot(Base):
    """One cell of the clinic's five-minute grid; its key is what prevents double booking.

    `resource_id` is a doctor (later a bed or a room), `cell` the cell's first moment, `seat` counts from 0 up
    to the resource's capacity, `appointment_id` is who holds it, null for a free cell. Cells are laid before
    they are claimed and never deleted while they can be booked: a claim is an update of rows that exist, and
    those lock without gaps.
    """

    __tablename__ = "desk_slots"

    resource_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    cell: Mapped[dt.datetime] = mapped_column(UtcTimestamp, primary_key=True)
    seat: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, autoincrement=False, server_default=ZERO
    )
    appointment_id: Mapped[Ref | None]


class DeskAppointment(Base):
    """What the contract's row has no column for; appointments without one came from the platform.

    `profile_id` is the family member, null for the account holder; `patient_confirmed` says that a person
    has said so, which a booking by the platform cannot. `starts_at` and `minutes` are the time the cells were
    claimed for, `resource_id`, `resource_from` and `resource_minutes` the bed or room and its time. `extra` is a booking
    beyond the doctor's hours or seats, for a reason. `source` is where it was booked (``desk``, ``platform``), `kind` the sort of visit as the
    clinic counts it. `overlap_kept` marks a clash that the clinic has looked at and lets stand.
    """

    __tablename__ = "desk_appointments"
    __table_args__ = (
        Index("desk_appointments_starts_at", "starts_at"),
        Index("desk_appointments_profile", "profile_id"),
    )

    appointment_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    profile_id: Mapped[Ref | None]
    starts_at: Mapped[Moment]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    source: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str | None] = mapped_column(String(20))
    patient_confirmed: Mapped[Flag]
    overlap_kept: Mapped[Flag]
    created_by: Mapped[Ref | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    cancel_reason: Mapped[str | None] = mapped_column(String(500))
    cancelled_by: Mapped[Ref | None]
    cancelled_at: Mapped[Moment | None]
    visit_kind_id: Mapped[Ref | None]
    resource_id: Mapped[Ref | None]
    resource_from: Mapped[Moment | None]
    resource_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    extra: Mapped[Flag]
    extra_reason: Mapped[str | None] = mapped_column(String(200))


class DeskHold(Base):
    """Time that is kept for someone who has been offered it; the row is deleted when the hold ends.

    `id` is what the cells of `desk_slots` carry while it lasts, and becomes the appointment's id when the offer
    is accepted. `expires_at` is by the database server's clock.
    """

    __tablename__ = "desk_holds"
    __table_args__ = (
        Index("desk_holds_starts_at", "starts_at"),
        Index("desk_holds_expires_at", "expires_at"),
    )

    id: Mapped[Id]
    resource_id: Mapped[Ref]
    starts_at: Mapped[Moment]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    user_id: Mapped[Ref]
    profile_id: Mapped[Ref | None]
    expires_at: Mapped[Moment]


class DeskSavedView(Base):
    """What a person wants the board to show, on a function key; `view` is JSON, see `types.SavedView`."""

    __tablename__ = "desk_saved_views"

    user_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    key: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(50))
    view: Mapped[str] = mapped_column(Text)


class DeskBoardPin(Base):
    """An appointment that a person has taken off the board to put it elsewhere; it keeps its time meanwhile."""

    __tablename__ = "desk_board_pins"

    user_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    appointment_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    pinned_at: Mapped[Moment]
