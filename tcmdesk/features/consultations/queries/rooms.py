"""One room, as every change and every check of a signal finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, select

from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.consultations.models import VideoConsultation
from tcmdesk.features.consultations.queries.columns import is_open, room_columns, room_of

if TYPE_CHECKING:
    from tcmdesk.features.consultations.types import Room

_BY_ROOM: Final = room_columns().where(VideoConsultation.room_id == bindparam("room"))
_BY_ID: Final = room_columns().where(VideoConsultation.id == bindparam("id"))
_OPEN_OF: Final = (
    room_columns()
    .where(VideoConsultation.appointment_id == bindparam("appointment"), is_open())
    .order_by(VideoConsultation.created_at, VideoConsultation.id)
    .limit(1)
)

_APPOINTMENT: Final = select(Appointment.id).where(Appointment.id == bindparam("id")).with_for_update()


def lock_appointment(connection: Connection, appointment_id: str) -> None:
    """Hold an appointment's row to the end of the transaction."""
    connection.execute(_APPOINTMENT, {"id": appointment_id})


def read_room(connection: Connection, room_id: str) -> Room | None:
    """The room, or None when there is none of this name."""
    row = connection.execute(_BY_ROOM, {"room": room_id}).one_or_none()
    return None if row is None else room_of(row)


def read_row(connection: Connection, consultation_id: str, *, lock: bool = False) -> Any:
    """Everything that rules ask about a consultation, or None; `lock` holds the row to the end of the transaction."""
    statement = _BY_ID.with_for_update(of=VideoConsultation) if lock else _BY_ID
    return connection.execute(statement, {"id": consultation_id}).one_or_none()


def read_open_of(connection: Connection, appointment_id: str) -> Room | None:
    """The open consultation of an appointment, whoever made it."""
    row = connection.execute(_OPEN_OF, {"appointment": appointment_id}).one_or_none()
    return None if row is None else room_of(row)
