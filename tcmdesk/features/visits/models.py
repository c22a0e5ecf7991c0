"""The day's visits and the numbers given to them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CHAR, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import ZERO, Flag, Moment, Ref, UpdatedAt


class DeskVisit(Base):
    """The day's side of an appointment, from the moment somebody says something about it.

    `number` is unique for a doctor, day and part of the day, and null for a no-show that never came. `due_at` orders
    the queue: the appointed time, or for one who came late that of the person they are put behind. `changed_by` is who
    took the last step.
    """

    __tablename__ = "desk_visits"
    __table_args__ = (
        UniqueConstraint("doctor_id", "day", "session", "number", name="desk_visits_number"),
        Index("desk_visits_day", "day", "stage"),
    )

    appointment_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    doctor_id: Mapped[Ref]
    day: Mapped[dt.date]
    session: Mapped[str] = mapped_column(String(20))
    number: Mapped[int | None] = mapped_column(SmallInteger)
    stage: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[Moment]
    late: Mapped[Flag]
    walk_in: Mapped[Flag]
    arrived_at: Mapped[Moment | None]
    called_at: Mapped[Moment | None]
    started_at: Mapped[Moment | None]
    finished_at: Mapped[Moment | None]
    call_count: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    room: Mapped[str] = mapped_column(String(50))
    changed_by: Mapped[Ref | None]
    updated_at: Mapped[UpdatedAt]


class DeskVisitNumber(Base):
    """The last number given in a doctor's part of the day, and a lock for whoever calls the next.

    A counter and not the highest number of the visits: a visit that moves to another doctor takes its row along, and
    its old number must not be given again. `calls` counts calls of "next"; raising it makes callers take turns.
    """

    __tablename__ = "desk_visit_numbers"

    doctor_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    calls: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
