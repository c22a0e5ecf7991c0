"""Other times for bookings that cannot stay where they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.queries.intervals import overlaps
from tcmdesk.features.appointments.queries.openings import Calendar, Wanted
from tcmdesk.features.appointments.types import AppointmentCard, LeaveHit, Opening, VisitType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WITH_THE_SAME: Final = 6
WITH_OTHERS: Final = 4

_Shape = tuple[int, VisitType]


def suggest(
    hits: Sequence[AppointmentCard],
    calendar: Calendar,
    departments: Mapping[str, str | None],
    *,
    now: dt.datetime,
    days: int,
) -> tuple[LeaveHit, ...]:
    """Alternatives for each booking in turn; of several with one time, only one is offered it first."""
    free: dict[_Shape, list[Opening]] = {}
    given: list[Opening] = []
    found = []
    for card in hits:
        shape = (card.minutes, card.visit_type)
        if shape not in free:
            wanted = Wanted(now, days, card.minutes, visit_type=card.visit_type, visit_kind_id="")
            free[shape] = list(calendar.openings(wanted))
        open_ = [opening for opening in free[shape] if not _given(opening, given)]
        alternatives = tuple(_ranked(card, open_, departments, calendar))
        given += alternatives[:1]
        found.append(LeaveHit(card, alternatives))
    return tuple(found)


def _ranked(
    card: AppointmentCard, free: Iterable[Opening], departments: Mapping[str, str | None], calendar: Calendar
) -> Iterator[Opening]:
    """The same doctor later, then colleagues; where the doctor has nothing, colleagues alone."""
    old = card.starts_at
    if old is None:
        return
    own, others = [], []
    department = departments.get(card.doctor_id)
    for opening in free:
        if opening.doctor_id == card.doctor_id:
            if opening.starts_at > old:
                own.append(opening)
        elif department is not None and calendar.departments.get(opening.doctor_id) == department:
            others.append(opening)
    zone = calendar.zone
    local = old.astimezone(zone)
    minute = local.hour * 60 + local.minute

    def later_like_it(opening: Opening) -> tuple[dt.date, int]:
        at = opening.starts_at.astimezone(zone)
        return at.date(), abs(at.hour * 60 + at.minute - minute)

    yield from sorted(own, key=later_like_it)[:WITH_THE_SAME]
    yield from sorted(others, key=lambda opening: abs(opening.starts_at - old))[:WITH_OTHERS]


def _given(opening: Opening, given: Iterable[Opening]) -> bool:
    return any(
        opening.doctor_id == other.doctor_id and overlaps(*_span(opening), *_span(other)) for other in given
    )


def _span(opening: Opening) -> tuple[dt.datetime, dt.datetime]:
    return opening.starts_at, opening.starts_at + dt.timedelta(minutes=opening.minutes)
