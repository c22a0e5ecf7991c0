"""A doctor's hours against instants: sessions are wall-clock, appointments are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.appointments.queries.cards import instant
from tcmdesk.features.appointments.queries.intervals import overlaps

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.features.schedules.types import Closure, DoctorDay, Session


def span_of(hours: DoctorDay, part: Session | Closure, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """When a part of a day begins and ends; on a day when the clocks change it may be an hour longer or shorter."""
    return instant(hours.day, part.start, zone), instant(hours.day, part.end, zone)


def within_hours(hours: DoctorDay, start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether an interval lies in the open hours; it may go on from one session into the next without a break."""
    reached = start
    for session in hours.sessions:
        since, until = span_of(hours, session, zone)
        if since <= reached < until:
            reached = until
    return reached >= end


def closure_at(hours: DoctorDay, start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> Closure | None:
    """The first leave or holiday that an interval touches; one that an extra session opens again does not count."""
    if within_hours(hours, start, end, zone):
        return None
    for closure in hours.closures:
        if overlaps(start, end, *span_of(hours, closure, zone)):
            return closure
    return None


def seats_of(hours: DoctorDay, start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> int:
    """How many may be booked at once in an interval; 1 outside the hours."""
    seats = [
        session.seats for session in hours.sessions if overlaps(start, end, *span_of(hours, session, zone))
    ]
    return min(seats, default=1)
