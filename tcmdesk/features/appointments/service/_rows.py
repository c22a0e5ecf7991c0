"""The statements that write an appointment's two rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, update

from tcmdesk.core.actor import actor_id
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.types import AppointmentCard, AppointmentVersion, Source

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.queries.current import Current

TIME: Final = ("doctor_id", "appointment_date", "time_slot", "status")
"""Columns that a move, a cancellation or a confirmation depends on."""

WORDS: Final = ("visit_type", "symptoms", "has_visited_before")
"""Columns that an edit writes."""


def update_as_read(
    uow: UnitOfWork, appointment_id: str, version: AppointmentVersion, columns: tuple[str, ...], **values: Any
) -> bool:
    """Write `values` if every one of `columns` is still as it was read; returns whether it was.

    Null equals null here. `updated_at` cannot stand in for the comparison: it has a resolution of one second.
    """
    conditions = [getattr(Appointment, name).is_not_distinct_from(getattr(version, name)) for name in columns]
    found = uow.execute(
        update(Appointment).where(Appointment.id == appointment_id, *conditions).values(**values)
    )
    # rows found, not rows changed: the driver is told to count those (CLIENT.FOUND_ROWS)
    return bool(found.rowcount)


def differs(card: AppointmentCard, version: AppointmentVersion, columns: tuple[str, ...]) -> bool:
    """Whether a card shows other values in `columns` than were read."""
    return any(getattr(card.version, name) != getattr(version, name) for name in columns)


def insert_desk_row(uow: UnitOfWork, appointment_id: str, **values: Any) -> None:
    """Write our row of an appointment that has none."""
    uow.execute(
        insert(DeskAppointment).values(
            appointment_id=appointment_id, created_by=actor_id(uow.actor), created_at=uow.now, **values
        )
    )


def write_desk_row(uow: UnitOfWork, current: Current, **values: Any) -> None:
    """Change our row of an appointment, or adopt one that came from the platform."""
    card = current.card
    if current.held_from is not None:
        uow.execute(
            update(DeskAppointment)
            .where(DeskAppointment.appointment_id == card.appointment_id)
            .values(**values)
        )
        return
    # of an unreadable time its date is kept; it does not agree with the text and so never counts
    adopted: dict[str, Any] = {
        "profile_id": card.ref.profile_id,
        "starts_at": card.starts_at or card.version.appointment_date,
        "minutes": card.minutes,
        "source": Source.PLATFORM.value,
        "kind": card.kind.value,
        "patient_confirmed": False,
    }
    insert_desk_row(uow, card.appointment_id, **(adopted | values))
