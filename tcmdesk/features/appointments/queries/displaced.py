"""Bookings that new hours have no room for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.board_rows import board_statement, read_board_rows
from tcmdesk.features.appointments.queries.hours import seats_of, within_hours
from tcmdesk.features.appointments.queries.intervals import most_at_once, overlaps
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.schedules.service.parts import days_of
from tcmdesk.features.schedules.types import Displaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.queries.intervals import Span
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.schedules.service.parts import Timetable

_OPEN: Final = frozenset({Status.PENDING, Status.CONFIRMED})
_AHEAD: Final = board_statement(
    Appointment.doctor_id == bindparam("doctor"),
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.status.is_distinct_from(Status.CANCELLED.value),
)


def read_displaced(
    connection: Connection,
    doctor_id: str,
    before: Timetable,
    after: Timetable,
    now: dt.datetime,
    zone: ZoneInfo,
) -> tuple[Displaced, ...]:
    """A doctor's coming bookings that had room before and have none after, earliest first.

    Of several at once those stay that were there first in time; the others are listed.
    """
    start = now - dt.timedelta(days=1)
    parameters = {"doctor": doctor_id, "start": start, **days_of(now.date(), now.date())}
    found = read_board_rows(connection.execute(_AHEAD, parameters).all(), zone)
    coming = [
        card
        for card in found.cards
        if card.status in _OPEN and card.starts_at is not None and card.starts_at > now and not card.extra
    ]
    coming.sort(key=_order)
    had_room = {card.appointment_id for card in _with_room(coming, before, zone)}
    has_room = {card.appointment_id for card in _with_room(coming, after, zone)}
    return tuple(
        Displaced(card.appointment_id, card.patient_name, card.starts_at, card.minutes)
        for card in coming
        if card.starts_at is not None and card.appointment_id in had_room - has_room
    )


def _with_room(
    cards: list[AppointmentCard], timetable: Timetable, zone: ZoneInfo
) -> Iterator[AppointmentCard]:
    placed: dict[dt.date, list[Span]] = defaultdict(list)
    for card in cards:
        start, end = card.starts_at, card.ends_at
        if start is None or end is None:
            continue
        day = start.astimezone(zone).date()
        hours = timetable.day(card.doctor_id, day)
        others = [span for span in placed[day] if overlaps(start, end, *span)]
        if within_hours(hours, start, end, zone) and most_at_once(others, start, end) < seats_of(
            hours, start, end, zone
        ):
            placed[day].append((start, end))
            yield card


def _order(card: AppointmentCard) -> tuple[dt.datetime, str]:
    return card.starts_at or dt.datetime.max.replace(tzinfo=dt.UTC), card.appointment_id
