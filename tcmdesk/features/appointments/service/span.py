"""What the board reads of a week and of a month. Each function is one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.columns import read_span_columns
from tcmdesk.features.appointments.queries.month import read_loads
from tcmdesk.features.appointments.queries.week import read_span
from tcmdesk.features.appointments.types import READ, DayBoard, DayLoad, DoctorColumn

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor


@requires(READ)
def span_board(
    connection: Connection, actor: Actor, doctor_id: str, first: dt.date, days: int, zone: ZoneInfo
) -> DayBoard:
    """Every appointment of one doctor on some days, with the clashes; `DayBoard.day` is the first day."""
    return read_span(connection, doctor_id, first, days, zone)


@requires(READ)
def span_doctors(
    connection: Connection, actor: Actor, first: dt.date, days: int
) -> tuple[tuple[DoctorColumn, ...], ...]:
    """The board's columns on some days: a tuple a day, each with all active doctors in the same order."""
    return read_span_columns(connection, first, days)


@requires(READ)
def span_loads(
    connection: Connection, actor: Actor, first: dt.date, days: int, zone: ZoneInfo
) -> tuple[DayLoad, ...]:
    """How much each doctor has on each day that has anything."""
    return read_loads(connection, first, days, zone)
