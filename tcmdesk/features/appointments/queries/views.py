"""What a person has saved about the board: views on function keys, appointments taken off it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, select

from tcmdesk.features.appointments.models import Appointment, DeskBoardPin, DeskSavedView
from tcmdesk.features.appointments.queries.cards import board_columns, card_of
from tcmdesk.features.appointments.types import BoardView, SavedView, Span

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import AppointmentCard

_VIEWS: Final = (
    select(DeskSavedView.key, DeskSavedView.name, DeskSavedView.view)
    .where(DeskSavedView.user_id == bindparam("user"))
    .order_by(DeskSavedView.key)
)
_PINS: Final = (
    board_columns()
    .join(DeskBoardPin, DeskBoardPin.appointment_id == Appointment.id)
    .where(DeskBoardPin.user_id == bindparam("user"))
    .order_by(DeskBoardPin.pinned_at, Appointment.id)
)


def read_views(connection: Connection, user_id: str) -> tuple[SavedView, ...]:
    """A person's views by key; one that cannot be read shows the day of everybody."""
    return tuple(
        SavedView(row.key, row.name, view_of(row.view))
        for row in connection.execute(_VIEWS, {"user": user_id})
    )


def read_pins(connection: Connection, user_id: str, zone: ZoneInfo) -> tuple[AppointmentCard, ...]:
    """The appointments that a person has taken off the board, in that order."""
    return tuple(card_of(row, zone) for row in connection.execute(_PINS, {"user": user_id}))


def text_of(view: BoardView) -> str:
    """A view as it is stored."""
    return json.dumps(asdict(view))


def view_of(text: str) -> BoardView:
    """The reverse of `text_of`; what it does not understand has its default."""
    try:
        stored = json.loads(text)
        return BoardView(
            Span(stored.get("span", Span.DAY)),
            str(stored.get("doctor_id", "")),
            str(stored.get("department", "")),
            min(max(float(stored.get("zoom", 1.0)), 1.0), 2.0),
            bool(stored.get("cancelled", False)),
        )
    except (ValueError, TypeError, AttributeError):
        return BoardView()
