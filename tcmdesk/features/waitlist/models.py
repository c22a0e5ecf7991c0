"""Who waits for an earlier time, and what they were offered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import CreatedAt, Flag, Id, Moment, Ref, UpdatedAt


class WaitlistEntry(Base):
    """One wish for a time.

    `weekdays` has a bit a day, Monday lowest. `window_from` and `window_until` are minutes after the clinic's
    midnight between which the visit must lie. `first_day` and `last_day` are clinic days, both included.
    Without a doctor any of `department` will do, and without either any of the clinic.
    """

    __tablename__ = "desk_waitlist"
    __table_args__ = (
        Index("desk_waitlist_status", "status", "last_day"),
        Index("desk_waitlist_user", "user_id"),
    )

    id: Mapped[Id]
    user_id: Mapped[Ref]
    profile_id: Mapped[Ref | None]
    doctor_id: Mapped[Ref | None]
    department: Mapped[str | None] = mapped_column(String(100))
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    window_from: Mapped[int] = mapped_column(SmallInteger)
    window_until: Mapped[int] = mapped_column(SmallInteger)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    visit_type: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500))
    urgent: Mapped[Flag]
    status: Mapped[str] = mapped_column(String(20))
    appointment_id: Mapped[Ref | None]
    created_by: Mapped[Ref | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class WaitlistOffer(Base):
    """A time that was offered; its id is the hold's, and the appointment's once it is accepted.

    `expires_at` and `made_at` are by the database server's clock. A `held` offer whose `expires_at` has passed
    is over, whether or not a desk has noticed.
    """

    __tablename__ = "desk_waitlist_offers"
    __table_args__ = (
        Index("desk_waitlist_offers_entry", "entry_id", "starts_at"),
        Index("desk_waitlist_offers_status", "status", "expires_at"),
        Index("desk_waitlist_offers_time", "doctor_id", "starts_at"),
    )

    id: Mapped[Id]
    entry_id: Mapped[Ref]
    doctor_id: Mapped[Ref]
    starts_at: Mapped[Moment]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    expires_at: Mapped[Moment]
    status: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[Ref | None]
    made_at: Mapped[CreatedAt]
    ended_by: Mapped[Ref | None]
    ended_at: Mapped[Moment | None]
