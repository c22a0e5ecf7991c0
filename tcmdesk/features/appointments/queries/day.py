"""One day of the clinic, from one statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.board_rows import BoardRows, board_statement, read_board_rows
from tcmdesk.features.appointments.queries.cards import instant
from tcmdesk.features.appointments.queries.clashes import clashes
from tcmdesk.features.appointments.queries.platform import still_sold
from tcmdesk.features.appointments.types import AppointmentCard, DayBoard
from tcmdesk.features.schedules.service.parts import days_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY: Final = board_statement(
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
)


def bounds(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The clinic's midnights around a day, in UTC."""
    return instant(day, 0, zone), instant(day + dt.timedelta(days=1), 0, zone)


def read_day(connection: Connection, day: dt.date, zone: ZoneInfo) -> DayBoard:
    """Every appointment of a day, cancelled ones too, in order of start."""
    found = read_day_rows(connection, day, zone)
    return board_of(found, (day,), zone)


def read_day_rows(connection: Connection, day: dt.date, zone: ZoneInfo) -> BoardRows:
    """The same as rows, with the hours."""
    start, end = bounds(day, zone)
    rows = connection.execute(_DAY, {"start": start, "end": end, **days_of(day, day)}).all()
    return read_board_rows(rows, zone)


def board_of(found: BoardRows, days: tuple[dt.date, ...], zone: ZoneInfo) -> DayBoard:
    """The board of some days; what the platform would still sell is told of a single one."""
    cards = sorted((card for card in found.cards if card.starts_at is not None), key=_by_start)
    unreadable = sorted((card for card in found.cards if card.starts_at is None), key=_by_id)
    return DayBoard(
        days[0],
        tuple(cards),
        tuple(unreadable),
        clashes(cards, found.overlap_kept, found.timetable, zone),
        still_sold(found, days[0], zone) if len(days) == 1 else (),
    )


def _by_start(card: AppointmentCard) -> Any:
    return card.starts_at, card.appointment_id


def _by_id(card: AppointmentCard) -> str:
    return card.appointment_id
