"""Appointments of people who are here, for the features of the front desk. Each function is one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries import present
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.types import READ, AttendedCard

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def here(connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo) -> tuple[AttendedCard, ...]:
    """Open appointments of those who have come on a day and not gone, in no order."""
    return present.read_present(connection, day, zone)


@requires(READ)
def attended(connection: Connection, actor: Actor, appointment_id: str) -> AttendedCard:
    """One appointment.

    Raises:
        NotFound: it is gone.
    """
    found = present.read_attended(connection, appointment_id)
    if found is None:
        raise rules.gone()
    return found


@requires(READ)
def of_doctor(
    connection: Connection, actor: Actor, doctor_id: str, day: dt.date, zone: ZoneInfo
) -> tuple[AttendedCard, ...]:
    """A doctor's appointments of a day but for cancelled ones, by time; those without a readable one come last."""
    return present.read_of_doctor(connection, doctor_id, day, zone)


@requires(READ)
def hold(uow: UnitOfWork, actor: Actor, appointment_id: str) -> AttendedCard:
    """One appointment, which stays as it is until the transaction ends. Two statements.

    Raises:
        NotFound: it is gone.
    """
    found = present.hold(uow, appointment_id)
    if found is None:
        raise rules.gone()
    return found
