"""One doctor's week, from one statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.board_rows import board_statement, read_board_rows
from tcmdesk.features.appointments.queries.day import board_of, bounds
from tcmdesk.features.schedules.service.parts import days_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import DayBoard

_WEEK: Final = board_statement(
    Appointment.doctor_id == bindparam("doctor"),
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
)


def read_span(connection: Connection, doctor_id: str, first: dt.date, days: int, zone: ZoneInfo) -> DayBoard:
    """Every appointment of a doctor on some days, cancelled ones too, in order of start; `day` is the first."""
    span = tuple(first + dt.timedelta(days=number) for number in range(days))
    start, end = bounds(first, zone)[0], bounds(span[-1], zone)[1]
    parameters = {"doctor": doctor_id, "start": start, "end": end, **days_of(first, span[-1])}
    return board_of(read_board_rows(connection.execute(_WEEK, parameters).all(), zone), span, zone)
