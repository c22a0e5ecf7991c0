"""Appointments that were cancelled a moment ago."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, TextClause, bindparam, text

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.cards import board_columns, card_of
from tcmdesk.features.appointments.types import AppointmentCard, Status

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY: Final = dt.timedelta(days=1)
_FREED: Final = (
    board_columns()
    .add_columns(Appointment.updated_at)
    .where(
        # the date may carry any time of its day
        Appointment.appointment_date > bindparam("from", type_=UtcTimestamp),
        Appointment.status == Status.CANCELLED.value,
    )
    .order_by(Appointment.updated_at, Appointment.id)
)


def _since(dialect: str, minutes: int) -> TextClause:
    # `updated_at` is kept by the server, so it is compared with the server's clock
    if dialect == "sqlite":
        return text(f"appointments.updated_at >= datetime('now', '-{minutes:d} minutes')")
    return text(f"appointments.updated_at >= CURRENT_TIMESTAMP - INTERVAL {minutes:d} MINUTE")


def read_freed(
    connection: Connection, minutes: int, now: dt.datetime, zone: ZoneInfo
) -> tuple[tuple[AppointmentCard, dt.datetime], ...]:
    """Those of the last `minutes` whose time is still to come, with when they were cancelled, first ones first."""
    chosen = _FREED.where(_since(connection.dialect.name, minutes))
    rows = connection.execute(chosen, {"from": now - _DAY}).all()
    found = ((card_of(row, zone), row.updated_at) for row in rows)
    return tuple((card, at) for card, at in found if card.starts_at is not None and card.starts_at > now)
