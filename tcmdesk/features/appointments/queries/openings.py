"""Free time of one doctor, of a department, or of anyone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, select, union_all

from tcmdesk.features.appointments.queries.busy import BUSY_TYPES, busy_part, held_part, span_of
from tcmdesk.features.appointments.queries.cards import instant
from tcmdesk.features.appointments.queries.columns import DOCTOR, DOCTOR_TYPES, doctor_part
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.queries.intervals import most_at_once
from tcmdesk.features.appointments.queries.offered import (
    OFFERED_TYPES,
    Furniture,
    offered_parts,
    rooms_from,
    taken_part,
)
from tcmdesk.features.appointments.types import GRID_MINUTES, NOON, Opening, PartOfDay, VisitType
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.schedules.service.parts import Reading, days_of, hours_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from sqlalchemy import CompoundSelect

    from tcmdesk.features.appointments.queries.intervals import Span
    from tcmdesk.features.schedules.service.parts import Timetable, Types
    from tcmdesk.features.schedules.types import DoctorDay, Session

_EVENING: Final = 18 * 60
_PARTS: Final = {
    PartOfDay.MORNING: (0, NOON),
    PartOfDay.AFTERNOON: (NOON, _EVENING),
    PartOfDay.EVENING: (_EVENING, 24 * 60),
}
_TYPES: Final[Types] = {**DOCTOR_TYPES, **BUSY_TYPES, **OFFERED_TYPES}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    `minutes` None is each session's own cell length. `visit_kind_id` is the kind that a bed or room has to be free for,
    None what is usual for each doctor, ``""`` none.
    """

    from_: dt.datetime
    days: int
    minutes: int | None = None
    part_of_day: PartOfDay | None = None
    visit_type: VisitType | None = None
    visit_kind_id: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Some doctors' hours and what is taken of them.

    `doctors` are ids with names, in the board's order, `departments` the ids of theirs, `furniture` what visits may be
    and need.
    """

    doctors: dict[str, str]
    timetable: Timetable
    busy: dict[tuple[str, dt.date], list[Span]]
    zone: ZoneInfo
    departments: dict[str, str | None]
    furniture: Furniture

    def openings(self, wanted: Wanted) -> Iterator[Opening]:
        """Starts at which a visit fits, earliest first; where several doctors are free, in the board's order."""
        first = wanted.from_.astimezone(self.zone).date()
        for number in range(wanted.days):
            day = first + dt.timedelta(days=number)
            found = [
                opening for doctor_id in self.doctors for opening in self._of_day(doctor_id, day, wanted)
            ]
            yield from sorted(found, key=lambda opening: opening.starts_at)

    def _of_day(self, doctor_id: str, day: dt.date, wanted: Wanted) -> Iterator[Opening]:
        hours = self.timetable.day(doctor_id, day)
        busy = self.busy.get((doctor_id, day), [])
        offered = self.furniture.offered(doctor_id, self.departments[doctor_id])
        kind = offered.kind(wanted.visit_kind_id)
        for session in hours.sessions:
            if not _suits(session, wanted.visit_type):
                continue
            minutes = wanted.minutes or session.cell
            for start in self._starts(hours, session, minutes):
                begins = instant(day, start, self.zone)
                ends = begins + dt.timedelta(minutes=minutes)
                if (
                    begins >= wanted.from_
                    and _within(start, wanted.part_of_day)
                    and most_at_once(busy, begins, ends) < hours.seats_at(start, start + minutes)
                    and (kind is None or self.furniture.has_room(kind, offered.resources, begins))
                ):
                    yield Opening(doctor_id, begins, minutes, self.doctors[doctor_id])

    def _starts(self, hours: DoctorDay, session: Session, minutes: int) -> Iterator[int]:
        first = -(-session.start // GRID_MINUTES) * GRID_MINUTES
        for start in range(first, session.end - minutes + 1, session.cell):
            local = instant(hours.day, start, self.zone).astimezone(self.zone)
            # the hour that is skipped in spring does not exist
            if local.hour * 60 + local.minute == start:
                yield start


def _suits(session: Session, visit_type: VisitType | None) -> bool:
    match visit_type:
        case VisitType.VIDEO:
            return session.video
        case VisitType.IN_PERSON:
            return session.in_person
        case _:
            return True


def _within(start: int, part_of_day: PartOfDay | None) -> bool:
    first, end = _PARTS[part_of_day] if part_of_day else (0, 24 * 60)
    return first <= start < end


@cache
def _statement(scope: str) -> CompoundSelect[Any]:
    doctors = doctor_part(_TYPES)
    ids: Any = select(Doctor.id).join(User, User.id == Doctor.user_id).where(User.status == "active")
    if scope == "doctor":
        ids = [bindparam("doctor")]
        doctors = doctors.where(Doctor.id == bindparam("doctor"))
    elif scope == "department":
        ids = ids.where(Doctor.department_id == bindparam("department"))
        doctors = doctors.where(Doctor.department_id == bindparam("department"))
    return union_all(
        doctors, *hours_parts(_TYPES, ids), busy_part(_TYPES, ids), held_part(_TYPES, ids),
        *offered_parts(_TYPES), taken_part(_TYPES),
    )  # fmt: skip


def read_calendar(
    connection: Connection,
    from_: dt.datetime,
    days: int,
    zone: ZoneInfo,
    *,
    doctor_id: str | None = None,
    department_id: str | None = None,
    now: dt.datetime | None = None,
    besides: frozenset[str] = frozenset(),
) -> Calendar:
    """Hours and busy time of one doctor, a department's, or everybody, from one statement.

    Args:
        from_: the first clinic day is that of this instant.
        now: which kept times count; `from_` when None.
        besides: appointments and holds that do not count as busy.
    """
    scope = "doctor" if doctor_id else "department" if department_id else "everybody"
    first = from_.astimezone(zone).date()
    last = first + dt.timedelta(days=days - 1)
    parameters: dict[str, object] = {
        "start": bounds(first, zone)[0], "end": bounds(last, zone)[1], "now": now or from_, **days_of(first, last),
        **rooms_from(bounds(first, zone)[0]),
    }  # fmt: skip
    if scope != "everybody":
        parameters[scope] = doctor_id or department_id
    reading, furniture = Reading(), Furniture()
    doctors = []
    busy: dict[tuple[str, dt.date], list[Span]] = defaultdict(list)
    for row in connection.execute(_statement(scope), parameters):
        if row.part == DOCTOR:
            doctors.append(row)
        elif not reading.take(row) and row.id not in besides and not furniture.take(row):
            span = span_of(row, zone)
            if span is not None:
                for day in {span[0].astimezone(zone).date(), span[1].astimezone(zone).date()}:
                    busy[row.doctor_id, day].append(span)
    names = {row.doctor_id: row.name for row in sorted(doctors, key=lambda row: row.place)}
    departments = {row.doctor_id: row.department_id for row in doctors}
    return Calendar(names, reading.timetable(), busy, zone, departments, furniture)
