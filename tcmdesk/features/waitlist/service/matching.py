"""Who fits a free time, and who of several comes first.

The order: who asked for this very doctor, then who asked for the department, then who takes anyone, because the
others can be served by more gaps. Among equals urgent ones first, then who has waited longest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tcmdesk.core.permissions import public
from tcmdesk.features.appointments.types import ACTIVE, BOARD_CELL_MINUTES, GRID_MINUTES, Status
from tcmdesk.features.waitlist.types import Fit, Gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import AppointmentCard, DoctorColumn, Hold
    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.features.waitlist.types import Entry

    Interval = tuple[dt.datetime, dt.datetime]

LEAD: Final = dt.timedelta(minutes=15)
"""Nobody is offered a time that begins sooner: they must hear of it and come."""

_ORIGIN: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@public("orders what it is given; reads nothing")
def rank(entry: Entry, gap: Gap) -> tuple[int, bool, dt.datetime, str]:
    """What candidates for one gap are sorted by."""
    exact = 0 if entry.wish.doctor_id == gap.doctor_id else 1 if entry.wish.department else 2
    return exact, not entry.wish.urgent, entry.created_at, entry.entry_id


@public("orders what it is given; reads nothing")
def ranked(
    entries: Iterable[Entry],
    gap: Gap,
    cards: Sequence[AppointmentCard],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    at: dt.datetime | None = None,
) -> list[Fit]:
    """Everyone who can come in one gap, best first; with `at` only who can come at that very start.

    `cards` are the day's appointments: nobody is asked to be in two places.
    """
    elsewhere = _appointments_of(cards)
    found = []
    for entry in sorted(entries, key=lambda each: rank(each, gap)):
        start = _start(entry, gap, elsewhere.get(entry.patient, []), now=now, zone=zone, at=at)
        if start is not None:
            found.append(Fit(entry, gap.doctor_id, gap.doctor_name, start))
    return found


@public("orders what it is given; reads nothing")
def fits(
    entries: Iterable[Entry],
    gaps: Sequence[Gap],
    cards: Sequence[AppointmentCard],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
) -> tuple[Fit, ...]:
    """One time for each who fits a gap, so that all of them could be served; earliest time first."""
    elsewhere = _appointments_of(cards)
    promised: dict[str, list[Interval]] = defaultdict(list)
    choices = sorted(_pairs(entries, gaps), key=lambda pair: (rank(*pair), pair[1].starts_at))
    found: dict[str, Fit] = {}
    for entry, gap in choices:
        if entry.entry_id in found:
            continue
        for left in _without(gap, promised[gap.doctor_id]):
            start = _start(entry, left, elsewhere.get(entry.patient, []), now=now, zone=zone)
            if start is not None:
                found[entry.entry_id] = Fit(entry, gap.doctor_id, gap.doctor_name, start)
                promised[gap.doctor_id].append((start, start + _length(entry)))
                break
    return tuple(sorted(found.values(), key=lambda fit: (fit.starts_at, fit.entry.created_at)))


@public("subtracts what it is given; reads nothing")
def gaps_of(
    doctors: Iterable[DoctorColumn],
    cards: Iterable[AppointmentCard],
    holds: Iterable[Hold],
    day: dt.date,
    zone: ZoneInfo,
) -> tuple[Gap, ...]:
    """What a day's hours leave free beside appointments and kept times, in the doctors' order."""
    busy: dict[str, list[Interval]] = defaultdict(list)
    for card in cards:
        if card.status in ACTIVE and card.starts_at is not None and card.ends_at is not None:
            busy[card.doctor_id].append((card.starts_at, card.ends_at))
    for hold in holds:
        busy[hold.doctor_id].append((hold.starts_at, hold.ends_at))
    midnight = dt.datetime.combine(day, dt.time(), zone)
    found = []
    for doctor in doctors:
        for session in doctor.sessions:
            # wall-clock arithmetic first, then UTC: 09:00 stays 09:00 on a day when the clocks change
            start, end = (
                (midnight + dt.timedelta(minutes=minute)).astimezone(dt.UTC)
                for minute in (session.start, session.end)
            )
            whole = Gap(doctor.doctor_id, doctor.name, doctor.department, start, end)
            found += _without(whole, busy[doctor.doctor_id])
    return tuple(found)


def _pairs(entries: Iterable[Entry], gaps: Sequence[Gap]) -> Iterator[tuple[Entry, Gap]]:
    for entry in entries:
        for gap in gaps:
            if _suits(entry, gap):
                yield entry, gap


def _suits(entry: Entry, gap: Gap) -> bool:
    wish = entry.wish
    if wish.doctor_id is not None:
        return wish.doctor_id == gap.doctor_id
    return not wish.department or wish.department == gap.department


def _start(
    entry: Entry,
    gap: Gap,
    elsewhere: Sequence[Interval],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    at: dt.datetime | None = None,
) -> dt.datetime | None:
    """The first start in a gap at which somebody who waits can come."""
    wish = entry.wish
    if entry.offer is not None or not _suits(entry, gap):
        return None
    day = gap.starts_at.astimezone(zone).date()
    if not wish.on(day):
        return None
    midnight = dt.datetime.combine(day, dt.time(), zone)
    opens, closes = ((midnight + dt.timedelta(minutes=minute)).astimezone(dt.UTC) for minute in wish.window)
    earliest, latest = max(gap.starts_at, opens, now + LEAD), min(gap.ends_at, closes) - _length(entry)
    tried = _starts(gap.starts_at, earliest, latest) if at is None else (at,)
    for start in tried:
        refused = (gap.doctor_id, start) in entry.refused
        busy = any(start < end and begin < start + _length(entry) for begin, end in elsewhere)
        if earliest <= start <= latest and not refused and not busy:
            return start
    return None


def _starts(first: dt.datetime, earliest: dt.datetime, latest: dt.datetime) -> Iterator[dt.datetime]:
    """The gap's own beginning if that is not too soon, then the board's rows."""
    start = _up(first, GRID_MINUTES) if first >= earliest else _up(earliest, BOARD_CELL_MINUTES)
    while start <= latest:
        yield start
        start = _up(start + dt.timedelta(minutes=GRID_MINUTES), BOARD_CELL_MINUTES)


def _up(moment: dt.datetime, minutes: int) -> dt.datetime:
    step = dt.timedelta(minutes=minutes)
    return moment + (_ORIGIN - moment) % step


def _without(gap: Gap, busy: Iterable[Interval]) -> list[Gap]:
    left, start = [], gap.starts_at
    for begin, end in sorted(busy):
        if begin >= gap.ends_at or end <= start:
            continue
        if begin > start:
            left.append(Gap(gap.doctor_id, gap.doctor_name, gap.department, start, begin))
        start = max(start, end)
    if start < gap.ends_at:
        left.append(Gap(gap.doctor_id, gap.doctor_name, gap.department, start, gap.ends_at))
    return left


def _appointments_of(cards: Iterable[AppointmentCard]) -> dict[PatientRef, list[Interval]]:
    found: dict[PatientRef, list[Interval]] = defaultdict(list)
    for card in cards:
        if card.status is not Status.CANCELLED and card.starts_at is not None and card.ends_at is not None:
            found[card.ref].append((card.starts_at, card.ends_at))
    return found


def _length(entry: Entry) -> dt.timedelta:
    return dt.timedelta(minutes=entry.wish.minutes)
