"""Working hours, what differs from them, and the beds, rooms and kinds of visit of the clinic."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CHAR, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import ZERO, CreatedAt, Flag, FlagOn, Moment, Ref, UpdatedAt


class DeskHours(Base):
    """One session of a doctor's week; `starts` and `ends` are wall-clock minutes, `weekday` 0 is Monday."""

    __tablename__ = "desk_hours"
    __table_args__ = (Index("desk_hours_doctor", "doctor_id", "weekday"),)

    id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    doctor_id: Mapped[Ref]
    weekday: Mapped[int] = mapped_column(SmallInteger)
    starts: Mapped[int] = mapped_column(SmallInteger)
    ends: Mapped[int] = mapped_column(SmallInteger)
    cell: Mapped[int] = mapped_column(SmallInteger)
    seats: Mapped[int] = mapped_column(SmallInteger)
    video: Mapped[FlagOn]
    in_person: Mapped[FlagOn]
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    created_by: Mapped[Ref | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class DeskException(Base):
    """What differs from the week on some days; `doctor_id` is null for the whole clinic."""

    __tablename__ = "desk_exceptions"
    __table_args__ = (Index("desk_exceptions_days", "until_day", "from_day"),)

    id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    doctor_id: Mapped[Ref | None]
    from_day: Mapped[dt.date]
    until_day: Mapped[dt.date]
    starts: Mapped[int] = mapped_column(SmallInteger)
    ends: Mapped[int] = mapped_column(SmallInteger)
    cell: Mapped[int] = mapped_column(SmallInteger)
    seats: Mapped[int] = mapped_column(SmallInteger)
    video: Mapped[FlagOn]
    in_person: Mapped[FlagOn]
    reason: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[Ref | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class DeskLeaveMove(Base):
    """A booking that left its time because of a leave; `starts_at` is when it would have been."""

    __tablename__ = "desk_leave_moves"

    exception_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    appointment_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    starts_at: Mapped[Moment]
    created_at: Mapped[CreatedAt]


class DeskResource(Base):
    """A bed or a room; its cells lie in `desk_slots` under its id."""

    __tablename__ = "desk_resources"

    id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    kind: Mapped[str] = mapped_column(String(20))
    seats: Mapped[int] = mapped_column(SmallInteger)
    department_id: Mapped[Ref | None]
    doctor_id: Mapped[Ref | None]
    active: Mapped[FlagOn]
    place: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class DeskVisitKind(Base):
    """A sort of visit, with the minutes it takes of the doctor and of a bed or room."""

    __tablename__ = "desk_visit_kinds"

    id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    doctor_minutes: Mapped[int] = mapped_column(SmallInteger)
    needs: Mapped[str | None] = mapped_column(String(20))
    resource_offset: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    resource_minutes: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    department_id: Mapped[Ref | None]
    doctor_id: Mapped[Ref | None]
    usual: Mapped[Flag]
    active: Mapped[FlagOn]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
