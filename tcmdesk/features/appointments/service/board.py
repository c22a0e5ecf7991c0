"""What the day board and the booking panel read. Each function is one statement where it does not say more."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tcmdesk.core.errors import NotFound
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.cards import instant
from tcmdesk.features.appointments.queries.columns import read_columns
from tcmdesk.features.appointments.queries.current import read_current
from tcmdesk.features.appointments.queries.day import read_day
from tcmdesk.features.appointments.queries.openings import (
    free_starts,
    patient_elsewhere,
    read_hours_and_busy,
)
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.types import (
    READ,
    AppointmentCard,
    BookAppointment,
    BookingWarning,
    DayBoard,
    DoctorColumn,
    MoveAppointment,
    Opening,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor


@requires(READ)
def day_board(connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo) -> DayBoard:
    """Every appointment of a clinic's day with its clashes; what cannot be placed is in `unreadable`."""
    return read_day(connection, day, zone)


@requires(READ)
def board_doctors(connection: Connection, actor: Actor, day: dt.date) -> tuple[DoctorColumn, ...]:
    """The board's columns: active doctors with the hours of that day."""
    return read_columns(connection, day)


@requires(READ)
def appointment(connection: Connection, actor: Actor, appointment_id: str, zone: ZoneInfo) -> AppointmentCard:
    """One appointment with its whole text, as an edit starts from it.

    Raises:
        NotFound: it is gone.
    """
    current = read_current(connection, appointment_id)
    if current is None:
        raise rules.gone()
    return current.card


@requires(READ)
def openings(
    connection: Connection,
    actor: Actor,
    doctor_id: str,
    *,
    from_: dt.datetime,
    days: int,
    minutes: int,
    zone: ZoneInfo,
) -> tuple[Opening, ...]:
    """Free starts of a doctor on the board's grid, from an instant on, over a number of clinic days.

    Raises:
        NotFound: there is no such doctor.
    """
    found = read_hours_and_busy(connection, doctor_id, from_.astimezone(zone).date(), days, zone)
    if found is None:
        raise NotFound("appointments.doctor", N_("This doctor no longer works here. Choose another one."))
    hours, busy = found
    return tuple(free_starts(doctor_id, hours, busy, from_=from_, days=days, minutes=minutes, zone=zone))


@requires(READ)
def warnings(
    connection: Connection,
    actor: Actor,
    command: BookAppointment | MoveAppointment,
    *,
    zone: ZoneInfo,
    now: dt.datetime,
) -> tuple[BookingWarning, ...]:
    """What to look at before booking or moving; nothing of it forbids to. Two statements, three for a move."""
    start = command.starts_at.astimezone(dt.UTC)
    end = start + dt.timedelta(minutes=command.minutes)
    day = start.astimezone(zone).date()
    found: list[BookingWarning] = []
    if start < now < end:
        found.append(BookingWarning("appointments.begun", N_("This time has already begun.")))
    doctor = read_hours_and_busy(connection, command.doctor_id, day, 1, zone)
    if doctor is not None and not any(
        instant(day, session.start, zone) <= start and end <= instant(day, session.end, zone)
        for session in doctor[0].on(day)
    ):
        found.append(
            BookingWarning("appointments.outside_hours", N_("This is outside the doctor's working hours."))
        )
    if isinstance(command, BookAppointment):
        patient = command.patient
    else:
        patient = appointment(connection, actor, command.appointment_id, zone).ref
    elsewhere = patient_elsewhere(connection, patient, start, end, zone, besides=command.appointment_id)
    found += [
        BookingWarning(
            "appointments.elsewhere",
            N_("The patient is already booked with {doctor} at {time}."),
            (("doctor", doctor_name), ("time", f"{starts_at.astimezone(zone):%H:%M}")),
        )
        for starts_at, doctor_name in elsewhere
    ]
    return tuple(found)
