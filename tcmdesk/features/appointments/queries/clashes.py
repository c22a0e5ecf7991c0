"""Where more people are expected at once than a doctor sees."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.queries.cards import wall_minutes
from tcmdesk.features.appointments.queries.intervals import overlapping_runs
from tcmdesk.features.appointments.types import AppointmentCard, Clash, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from zoneinfo import ZoneInfo

    from tcmdesk.features.schedules.service.parts import Timetable

_OPEN: Final = frozenset({Status.PENDING, Status.CONFIRMED})


def clashes(
    cards: Iterable[AppointmentCard], kept: AbstractSet[str], timetable: Timetable, zone: ZoneInfo
) -> tuple[Clash, ...]:
    """Open appointments of one doctor that overlap, more of them than the doctor takes at once.

    Those that the clinic has let stand, all of a run, are left out, and so are those that it has put beyond the seats.
    """
    columns: dict[str, list[AppointmentCard]] = defaultdict(list)
    for card in cards:
        if card.status in _OPEN and card.starts_at is not None and not card.extra:
            columns[card.doctor_id].append(card)
    found = [
        Clash(doctor_id, tuple(card.appointment_id for card in run), start, end)
        for doctor_id, column in columns.items()
        for run, start, end in overlapping_runs(column, _span)
        if not all(card.appointment_id in kept for card in run) and _too_many(run, timetable, zone)
    ]
    return tuple(sorted(found, key=lambda clash: (clash.starts_at, clash.doctor_id)))


def _too_many(run: list[AppointmentCard], timetable: Timetable, zone: ZoneInfo) -> bool:
    spans = [_span(card) for card in run]
    for moment in {start for start, _ in spans}:
        day = moment.astimezone(zone).date()
        minute = wall_minutes(moment, day, zone)
        present = sum(start <= moment < end for start, end in spans)
        if present > 1 and present > timetable.day(run[0].doctor_id, day).seats_at(minute, minute + 1):
            return True
    return False


def _span(card: AppointmentCard) -> tuple[dt.datetime, dt.datetime]:
    start = card.starts_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return start, start + dt.timedelta(minutes=card.minutes)
