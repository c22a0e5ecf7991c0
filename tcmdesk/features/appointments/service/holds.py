"""Keeping a time for someone who has been offered it.

A hold claims the cells of the grid as an appointment does, under its own id, so that the same key keeps everybody
else out. Its row in `desk_holds` says for whom and until when; who deletes the row decides what becomes of the
time, so of several desks only one can. The locks are taken in one order: cells, then the hold's row.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.appointments.queries import cells, holds
from tcmdesk.features.appointments.queries.briefing import read_briefing, read_sold
from tcmdesk.features.appointments.queries.current import read_several
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.service import _admission as admission
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.service import booking
from tcmdesk.features.appointments.service._claims import single_seats, take
from tcmdesk.features.appointments.types import BOOK, READ, BookAppointment, Booked, Hold, HoldTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

LONGEST_HOLD: Final = 24 * 60
"""Minutes."""


@requires(READ)
def holds_on(
    connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo, *, now: dt.datetime
) -> tuple[Hold, ...]:
    """The time that is kept on a clinic's day, earliest first. One statement."""
    return holds.read_live(connection, *bounds(day, zone), now)


@requires(BOOK)
def hold(uow: UnitOfWork, actor: Actor, command: HoldTime) -> Hold:
    """Claim a time for someone, for `command.keep_minutes` from now by the server's clock.

    Raises:
        Conflict: ``appointments.slot_taken``, ``appointments.held``, or ``appointments.closed`` in a leave.
        NotFound: doctor, account or family member.
        ValidationError: time, length, or how long it is kept.
    """
    if not 1 <= command.keep_minutes <= LONGEST_HOLD:
        raise ValidationError(
            "appointments.keep",
            N_("Keep a time for 1 to {most} minutes."),
            field="keep_minutes",
            most=LONGEST_HOLD,
        )
    start, end = rules.interval(command.starts_at, command.minutes)
    rules.refuse_past(end, uow.now)
    seats = admission.seats_for(uow, command.doctor_id, command.patient, start, end, extra=False)
    take(uow, command.doctor_id, start, end, command.hold_id, seats=seats)
    briefing = read_briefing(uow.connection, command.doctor_id, command.patient, start)
    if briefing is None or not briefing.profile_found:
        raise NotFound(
            "appointments.unknown", N_("The doctor or the patient no longer exists. Choose both again.")
        )
    in_the_way = briefing.overlapping(start, end, besides=command.hold_id)
    if in_the_way:
        raise rules.taken(tuple(current.card for current in read_several(uow.connection, in_the_way)))
    admission.refuse_closed_time(briefing, start, end)
    until = holds.server_now(uow.connection, uow.now) + dt.timedelta(minutes=command.keep_minutes)
    kept = Hold(
        command.hold_id, command.doctor_id, start, command.minutes, command.patient, briefing.patient_name, until
    )  # fmt: skip
    holds.write(uow, kept)
    return kept


@requires(BOOK)
def take_over(uow: UnitOfWork, actor: Actor, command: BookAppointment) -> Booked:
    """Book the time that is held under the appointment's id, for as long as it is held.

    Raises:
        Conflict: ``appointments.hold_over``, or what `booking.book` raises.
        NotFound: doctor, account or family member.
        ValidationError: time, length or text.
    """
    start, end = rules.interval(command.starts_at, command.minutes)
    seats = admission.seats_for(uow, command.doctor_id, command.patient, start, end, extra=False)
    take(uow, command.doctor_id, start, end, command.appointment_id, seats=seats)
    if not holds.end(uow, command.appointment_id, live=True):
        raise over()
    booked = booking.book(uow, actor, command)
    single_seats(uow, command.doctor_id, start, end, command.appointment_id)
    return booked


@requires(BOOK)
def release(uow: UnitOfWork, actor: Actor, held: Hold, *, expired: bool = False) -> None:
    """Give the cells back and end a hold; with `expired` only one whose time has run out.

    Raises:
        Conflict: ``appointments.hold_over``: it has ended before, or it has not yet expired.
    """
    start, end = rules.interval(held.starts_at, held.minutes)
    # cells before the hold's row, as in every claim; raising gives them their holder again
    cells.free(uow, held.doctor_id, start, end, held.hold_id)
    if not holds.end(uow, held.hold_id, live=False if expired else None):
        raise over()


@public("makes an error; reads nothing")
def over() -> Conflict:
    """A hold has ended meanwhile."""
    return Conflict("appointments.hold_over", N_("This time is no longer kept. Make a new offer."))


@requires(READ)
def expired_holds(connection: Connection, actor: Actor, *, now: dt.datetime) -> tuple[Hold, ...]:
    """Holds whose time has run out and that nobody has ended yet."""
    return holds.read_expired(connection, now)


@requires(READ)
def server_now(connection: Connection, actor: Actor, *, now: dt.datetime) -> dt.datetime:
    """The present moment by the clock that counts for holds: the server's, of an embedded file this computer's."""
    return holds.server_now(connection, now)


@requires(READ)
def sold_meanwhile(
    connection: Connection, actor: Actor, kept: Sequence[Hold], zone: ZoneInfo
) -> frozenset[str]:
    """Ids of the holds whose time has an appointment of somebody else: the platform asks for no cell.

    One statement; none when nothing is kept.
    """
    return read_sold(connection, kept, zone) if kept else frozenset()
