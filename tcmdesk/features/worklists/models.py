"""What the desks' lists remember."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CHAR, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import CreatedAt, FlagOn, Moment, Ref


class InboxMark(Base):
    """How far a member of staff has read the platform's bookings, and whether new ones make a sound.

    Rows have a resolution of one second: `seen_ids` is a JSON list of the bookings made in the very second of
    `seen_at` that were seen, so that another one of that second still counts as new.
    """

    __tablename__ = "desk_inbox_marks"

    user_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    seen_at: Mapped[Moment]
    seen_ids: Mapped[str] = mapped_column(Text)
    sound: Mapped[FlagOn]


class ListMark(Base):
    """A row that someone put off or took off a list for good (`until` null).

    `subject` is a person's key (the family profile, else the account) in the recall list, an appointment's id
    in the list of those who did not come. From `until` on the row is listed again.
    """

    __tablename__ = "desk_list_marks"

    list: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    until: Mapped[dt.date | None]
    marked_by: Mapped[Ref | None]
    marked_at: Mapped[CreatedAt]
