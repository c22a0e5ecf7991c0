"""What the day board and the booking panel read. Each function is one statement where it does not say more."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING

from tcmdesk.core.errors import NotFound
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.columns import read_columns
from tcmdesk.features.appointments.queries.current import read_current
from tcmdesk.features.appointments.queries.day import read_day
from tcmdesk.features.appointments.queries.elsewhere import patient_elsewhere
from tcmdesk.features.appointments.queries.hours import closure_at, within_hours
from tcmdesk.features.appointments.queries.offered import read_offered
from tcmdesk.features.appointments.queries.openings import Wanted, read_calendar
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.types import (
    READ,
    AppointmentCard,
    BookAppointment,
    BookingWarning,
    DayBoard,
    DoctorColumn,
    MoveAppointment,
    Offered,
    Opening,
    PartOfDay,
    VisitType,
)
from tcmdesk.features.schedules.types import ExceptionKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.features.schedules.types import DoctorDay


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
    visit_kind_id: str | None = None,
) -> tuple[Opening, ...]:
    """Free starts of a doctor, from an instant on, over a number of clinic days.

    Starts at which no bed or room is free are left out; `visit_kind_id` as in `find_openings`.

    Raises:
        NotFound: there is no such doctor.
    """
    calendar = read_calendar(connection, from_, days, zone, doctor_id=doctor_id)
    if not calendar.doctors:
        raise NotFound("appointments.doctor", N_("This doctor no longer works here. Choose another one."))
    return tuple(calendar.openings(Wanted(from_, days, minutes, visit_kind_id=visit_kind_id)))


@requires(READ)
def find_openings(
    connection: Connection,
    actor: Actor,
    *,
    zone: ZoneInfo,
    from_: dt.datetime,
    days: int = 14,
    doctor_id: str | None = None,
    department_id: str | None = None,
    part_of_day: PartOfDay | None = None,
    minutes: int | None = None,
    visit_type: VisitType | None = None,
    visit_kind_id: str | None = None,
    limit: int = 200,
) -> tuple[Opening, ...]:
    """Free starts of a doctor, of a department's doctors, or of anyone, earliest first.

    Args:
        minutes: how long the visit is; None is each doctor's own cell length.
        visit_kind_id: the kind that a bed or room has to be free for; None is what is usual for each doctor, ``""``
            none.
        limit: the most that are returned.
    """
    calendar = read_calendar(connection, from_, days, zone, doctor_id=doctor_id, department_id=department_id)
    wanted = Wanted(from_, days, minutes, part_of_day, visit_type, visit_kind_id)
    return tuple(islice(calendar.openings(wanted), limit))


@requires(READ)
def offered(connection: Connection, actor: Actor, doctor_id: str) -> Offered:
    """What a doctor's visits may be, and the beds and rooms that he may use. One statement."""
    return read_offered(connection, doctor_id)


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
    calendar = read_calendar(connection, start, 1, zone, doctor_id=command.doctor_id)
    if calendar.doctors:
        found += _about_hours(calendar.timetable.day(command.doctor_id, day), start, end, zone)
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


def _about_hours(
    hours: DoctorDay, start: dt.datetime, end: dt.datetime, zone: ZoneInfo
) -> Iterator[BookingWarning]:
    closure = closure_at(hours, start, end, zone)
    if closure is not None and closure.kind is ExceptionKind.HOLIDAY:
        yield BookingWarning(
            "appointments.holiday", N_("The clinic is closed then: {reason}."), (("reason", closure.reason),)
        )
    elif closure is not None:
        yield BookingWarning(
            "appointments.leave", N_("The doctor is on leave then: {reason}."), (("reason", closure.reason),)
        )
    elif not within_hours(hours, start, end, zone):
        yield BookingWarning("appointments.outside_hours", N_("This is outside the doctor's working hours."))
