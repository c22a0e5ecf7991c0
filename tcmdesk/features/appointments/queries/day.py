"""One day of the clinic, from one statement."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.cards import board_columns, card_of, instant
from tcmdesk.features.appointments.queries.intervals import overlapping_runs
from tcmdesk.features.appointments.types import AppointmentCard, Clash, DayBoard, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

_Taken = tuple[dt.datetime, dt.datetime, str]
_OPEN: Final = frozenset({Status.PENDING, Status.CONFIRMED})
_DAY: Final = board_columns().where(
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
)


def bounds(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The clinic's midnights around a day, in UTC."""
    return instant(day, 0, zone), instant(day + dt.timedelta(days=1), 0, zone)


def read_day(connection: Connection, day: dt.date, zone: ZoneInfo) -> DayBoard:
    """Every appointment of a day, cancelled ones too, in order of start."""
    start, end = bounds(day, zone)
    return board_of(connection.execute(_DAY, {"start": start, "end": end}).all(), day, zone)


def board_of(rows: Iterable[Any], day: dt.date, zone: ZoneInfo) -> DayBoard:
    """The board of rows of `board_columns`, `day` being the first of its days."""
    cards: list[AppointmentCard] = []
    unreadable: list[AppointmentCard] = []
    kept: set[str] = set()
    for row in rows:
        card = card_of(row, zone)
        (unreadable if card.starts_at is None else cards).append(card)
        if row.overlap_kept:
            kept.add(card.appointment_id)
    cards.sort(key=_by_start)
    unreadable.sort(key=lambda card: card.appointment_id)
    return DayBoard(day, tuple(cards), tuple(unreadable), clashes(cards, kept))


def clashes(cards: Iterable[AppointmentCard], kept: set[str]) -> tuple[Clash, ...]:
    """Open appointments of one doctor that overlap, unless the clinic has let all of them stand."""
    columns: dict[str, list[_Taken]] = defaultdict(list)
    for card in cards:
        if card.status in _OPEN and card.starts_at is not None:
            end = card.starts_at + dt.timedelta(minutes=card.minutes)
            columns[card.doctor_id].append((card.starts_at, end, card.appointment_id))
    found = [
        Clash(doctor_id, tuple(appointment_id for _, _, appointment_id in run), start, end)
        for doctor_id, column in columns.items()
        for run, start, end in overlapping_runs(column, lambda taken: taken[:2])
        if not all(appointment_id in kept for _, _, appointment_id in run)
    ]
    return tuple(sorted(found, key=lambda clash: (clash.starts_at, clash.doctor_id)))


def _by_start(card: AppointmentCard) -> Any:
    return card.starts_at, card.appointment_id
