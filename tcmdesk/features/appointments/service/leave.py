"""A doctor falls ill or the clinic closes: what it hits, where each booking could go, and taking it back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.hit import read_hits
from tcmdesk.features.appointments.queries.openings import read_calendar
from tcmdesk.features.appointments.service import booking
from tcmdesk.features.appointments.service._alternatives import suggest
from tcmdesk.features.appointments.types import BOOK, LeaveHit, MoveAppointment
from tcmdesk.features.schedules.service import hours
from tcmdesk.features.schedules.types import LEAVE, HoursException

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

LOOK_AHEAD: Final = 21
"""Days after a leave in which other times are looked for."""


@requires(LEAVE)
def preview_leave(
    connection: Connection, actor: Actor, exception: HoursException, *, zone: ZoneInfo, now: dt.datetime
) -> tuple[LeaveHit, ...]:
    """Every coming booking that a leave or holiday hits, earliest first, with other times for each. Two statements.

    The first alternatives do not take each other's time. With the same doctor they are the next day's at a like
    time; with a colleague of the department they are as near to the old time as can be.
    """
    hits, departments = read_hits(connection, exception, zone, now)
    if not hits:
        return ()
    from_ = max(now, min(card.starts_at for card in hits if card.starts_at is not None))
    days = (exception.until_day - from_.astimezone(zone).date()).days + LOOK_AHEAD
    calendar = read_calendar(connection, from_, days, zone, now=now)
    calendar.timetable.exceptions.append(exception)
    return suggest(hits, calendar, departments, now=now, days=days)


@requires(LEAVE)
def enter_leave(database: Database, actor: Actor, exception: HoursException, *, op_id: str) -> None:
    """Write the leave or holiday; bookings stay where they are until each is moved. See `hours.add_exception`."""
    _once(
        database, actor, "enter", exception.exception_id, op_id,
        lambda uow: hours.add_exception(uow, actor, exception),
    )  # fmt: skip


@requires(LEAVE)
def undo_leave(database: Database, actor: Actor, exception: HoursException, *, op_id: str) -> None:
    """Take a leave or holiday back; what was moved stays where it is now."""
    _once(
        database, actor, "undo", exception.exception_id, op_id,
        lambda uow: hours.remove_exception(uow, actor, exception),
    )  # fmt: skip


@requires(BOOK)
def move_for_leave(
    database: Database,
    actor: Actor,
    exception_id: str,
    command: MoveAppointment,
    was_at: dt.datetime,
    *,
    op_id: str,
) -> None:
    """Move a booking out of a leave, tell the patient, and count it with the leave.

    Raises:
        Conflict, NotFound, ValidationError: as `booking.move`.
    """

    def work(uow: UnitOfWork) -> None:
        booking.move(uow, actor, command)
        hours.note_move(uow, actor, exception_id, command.appointment_id, was_at)

    _once(database, actor, "move", command.appointment_id, op_id, work)


def _once(
    database: Database,
    actor: Actor,
    verb: str,
    subject: str,
    op_id: str,
    work: Callable[[UnitOfWork], object],
) -> None:
    with suppress(AlreadyApplied):
        database.write(actor, f"appointments:leave:{verb}", work, op_id=op_id, subject=subject)
