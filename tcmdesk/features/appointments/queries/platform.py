"""What the platform offers its patients of a day.

It sells fixed half hours. One is taken for it when a pending or confirmed appointment of the doctor has the same slot
text on the same UTC date; of leave, of longer visits and of times beside its grid it knows nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.queries.cards import PLATFORM_MINUTES, instant
from tcmdesk.features.appointments.queries.intervals import most_at_once
from tcmdesk.features.appointments.types import ACTIVE, SoldCell, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.queries.board_rows import BoardRows
    from tcmdesk.features.schedules.types import DoctorDay

SLOTS: Final = (*range(9 * 60, 12 * 60, PLATFORM_MINUTES), *range(14 * 60, 17 * 60, PLATFORM_MINUTES))
"""Starts that the platform sells, in minutes after midnight, on every day."""

_SELLING: Final = frozenset({Status.PENDING, Status.CONFIRMED})
_LENGTH: Final = dt.timedelta(minutes=PLATFORM_MINUTES)


def uncovered(found: BoardRows, day: dt.date, zone: ZoneInfo) -> tuple[SoldCell, ...]:
    """Half hours in which a doctor cannot see anyone more and that no row of a patient takes for the platform."""
    taken: set[tuple[str, str]] = set()
    busy: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for card in found.cards:
        if card.status in _SELLING and card.version.appointment_date.date() == day:
            taken.add((card.doctor_id, card.slot_text))
        if card.status in ACTIVE and card.starts_at is not None:
            end = card.starts_at + dt.timedelta(minutes=card.minutes)
            busy[card.doctor_id].append((card.starts_at, end))
    return tuple(
        SoldCell(doctor_id, start)
        for doctor_id in found.doctors
        for start in _impossible(found.timetable.day(doctor_id, day), busy[doctor_id], zone)
        if (doctor_id, slot_text.write(start)) not in taken
    )


def still_sold(found: BoardRows, day: dt.date, zone: ZoneInfo) -> tuple[SoldCell, ...]:
    """The same without those that are blocked by the clinic itself."""
    blocked = {
        (block.doctor_id, block.slot_text)
        for block in found.blocks
        if block.status in _SELLING and block.version.appointment_date.date() == day
    }
    return tuple(
        cell
        for cell in uncovered(found, day, zone)
        if (cell.doctor_id, slot_text.write(cell.start)) not in blocked
    )


def _impossible(
    hours: DoctorDay, busy: list[tuple[dt.datetime, dt.datetime]], zone: ZoneInfo
) -> Iterable[int]:
    for start in SLOTS:
        end = start + PLATFORM_MINUTES
        open_ = any(session.start <= start and end <= session.end for session in hours.sessions)
        begins = instant(hours.day, start, zone)
        if not open_ or most_at_once(busy, begins, begins + _LENGTH) >= hours.seats_at(start, end):
            yield start
