"""What a booking has to know before it writes, from one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, String, and_, bindparam, select, union_all
from sqlalchemy.orm import aliased

from tcmdesk.features.appointments.queries import busy
from tcmdesk.features.appointments.queries.busy import busy_part
from tcmdesk.features.appointments.queries.hours import seats_of
from tcmdesk.features.appointments.queries.intervals import most_at_once, overlaps
from tcmdesk.features.appointments.queries.offered import OFFERED_TYPES, Furniture, offered_parts
from tcmdesk.features.appointments.queries.openings import read_calendar
from tcmdesk.features.appointments.types import NOTHING
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.schedules.service.parts import Reading, days_of, hours_parts, part
from tcmdesk.features.settings.types import CLOSED_KEY, EXTRA_SLOTS, EXTRA_SLOTS_KEY, OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from sqlalchemy import CompoundSelect, Select

    from tcmdesk.features.appointments.types import Hold, Offered
    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.features.schedules.service.parts import Timetable, Types
    from tcmdesk.features.schedules.types import DoctorDay

_DAY: Final = dt.timedelta(days=1)
_NAMES: Final = "names"
_TYPES: Final[Types] = {
    **OFFERED_TYPES,
    "doctor_name": String(),
    "account_name": String(),
    "profile_name": String(),
}


@dataclass(frozen=True, slots=True)
class Occupied:
    """A time that an active appointment of the doctor takes."""

    appointment_id: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Briefing:
    """Names for messages, the clinic's zone and the doctor's hours, and his appointments around the wanted time.

    `profile_found` is False when a family member was named who does not belong to the account. `offered` is
    what this doctor's visits may be and use, `extra_slots` how many may be booked beyond the seats.
    """

    zone: ZoneInfo
    doctor_name: str
    patient_name: str
    profile_found: bool
    occupied: tuple[Occupied, ...]
    doctor_id: str
    timetable: Timetable
    extra_slots: int = EXTRA_SLOTS
    closures_refuse: bool = True
    offered: Offered = NOTHING

    def hours(self, start: dt.datetime) -> DoctorDay:
        """The doctor's day that an instant falls on."""
        return self.timetable.day(self.doctor_id, start.astimezone(self.zone).date())

    def seats(self, start: dt.datetime, end: dt.datetime) -> int:
        """How many the doctor takes at once in an interval."""
        return seats_of(self.hours(start), start, end, self.zone)

    def overlapping(
        self, start: dt.datetime, end: dt.datetime, *, besides: str, extra: int = 0
    ) -> tuple[str, ...]:
        """Ids of the appointments that leave no room in an interval, one aside; `extra` may come beyond the seats."""
        there = [
            each
            for each in self.occupied
            if each.appointment_id != besides and overlaps(start, end, each.starts_at, each.ends_at)
        ]
        spans = [(each.starts_at, each.ends_at) for each in there]
        if most_at_once(spans, start, end) < self.seats(start, end) + extra:
            return ()
        return tuple(each.appointment_id for each in there)


_DoctorUser = aliased(User)


def _names() -> Select[Any]:
    return (
        part(
            _NAMES, _TYPES, offered_department=Doctor.department_id, doctor_name=_DoctorUser.name, account_name=User.name,
            profile_name=PatientProfile.name,
        )
        .select_from(Doctor)
        .join(User, User.id == bindparam("patient"))
        .outerjoin(_DoctorUser, _DoctorUser.id == Doctor.user_id)
        .outerjoin(
            PatientProfile,
            and_(PatientProfile.id == bindparam("profile"), PatientProfile.user_id == User.id),
        )
        .where(Doctor.id == bindparam("doctor"))
    )  # fmt: skip


@cache
def _statement(*, whole: bool) -> CompoundSelect[Any]:
    doctor: list[Any] = [bindparam("doctor")]
    hours = hours_parts(_TYPES, doctor, settings=(EXTRA_SLOTS_KEY, CLOSED_KEY))
    around = (*hours, busy_part(_TYPES, doctor))
    return union_all(_names(), *around, *offered_parts(_TYPES)) if whole else union_all(*around)


def _window(start: dt.datetime) -> dict[str, object]:
    # an appointment's date may carry any time of its day, so its day is at most one day away in UTC
    return {
        "start": start - _DAY + dt.timedelta(seconds=1), "end": start + _DAY,
        **days_of((start - _DAY).date(), (start + _DAY).date()),
    }  # fmt: skip


def read_briefing(
    connection: Connection, doctor_id: str, patient: PatientRef, start: dt.datetime
) -> Briefing | None:
    """The briefing, or None when there is no such doctor or no such account."""
    parameters = {
        "doctor": doctor_id, "patient": patient.user_id, "profile": patient.profile_id, **_window(start)
    }  # fmt: skip
    rows = connection.execute(_statement(whole=True), parameters).all()
    names = next((row for row in rows if row.part == _NAMES), None)
    if names is None:
        return None
    return _briefing(
        rows, doctor_id, names.doctor_name or "", names.profile_name or names.account_name,
        department_id=names.offered_department, profile_found=patient.profile_id is None or names.profile_name is not None,
    )  # fmt: skip


def read_overlapping(
    connection: Connection, doctor_id: str, start: dt.datetime, end: dt.datetime, *, besides: str
) -> tuple[str, ...]:
    """Ids of a doctor's active appointments that leave no room in an interval, one aside."""
    rows = connection.execute(_statement(whole=False), {"doctor": doctor_id, **_window(start)}).all()
    return _briefing(rows, doctor_id).overlapping(start, end, besides=besides)


def _briefing(
    rows: Iterable[Any],
    doctor_id: str,
    doctor_name: str = "",
    patient_name: str = "",
    *,
    department_id: str | None = None,
    profile_found: bool = True,
) -> Briefing:
    reading, furniture = Reading(), Furniture()
    rest = [row for row in rows if not reading.take(row) and not furniture.take(row)]
    zone = reading.zone
    slots = reading.settings.get(EXTRA_SLOTS_KEY, "")
    return Briefing(
        zone, doctor_name, patient_name, profile_found,
        tuple(_taken(rest, zone)), doctor_id, reading.timetable(),
        int(slots) if slots.isdecimal() else EXTRA_SLOTS,
        reading.settings.get(CLOSED_KEY) != OFF,
        furniture.offered(doctor_id, department_id),
    )  # fmt: skip


def _taken(rows: Iterable[Any], zone: ZoneInfo) -> Iterator[Occupied]:
    for row in rows:
        span = busy.span_of(row, zone) if row.part == busy.BUSY else None
        if span is not None:
            yield Occupied(row.id, *span)


def read_sold(connection: Connection, holds: Iterable[Hold], zone: ZoneInfo) -> frozenset[str]:
    """Ids of the holds whose time the platform has sold beyond the doctor's seats; `holds` is not empty."""
    kept = list(holds)
    first = min(hold.starts_at for hold in kept)
    last = max(hold.starts_at for hold in kept)
    days = (last.astimezone(zone).date() - first.astimezone(zone).date()).days + 1
    besides = frozenset(hold.hold_id for hold in kept)
    calendar = read_calendar(connection, first, days, zone, besides=besides)

    def crowded(hold: Hold) -> bool:
        day = hold.starts_at.astimezone(zone).date()
        hours = calendar.timetable.day(hold.doctor_id, day)
        seats = seats_of(hours, hold.starts_at, hold.ends_at, zone)
        busy = calendar.busy.get((hold.doctor_id, day), ())
        return most_at_once(busy, hold.starts_at, hold.ends_at) >= seats

    return frozenset(hold.hold_id for hold in kept if crowded(hold))


def belongs(connection: Connection, patient: PatientRef) -> bool:
    """Whether a person is of the account: its holder, or one of the profiles kept there."""
    if patient.profile_id is None:
        return True
    found = connection.execute(
        select(PatientProfile.id).where(
            PatientProfile.id == patient.profile_id, PatientProfile.user_id == patient.user_id
        )
    )
    return found.first() is not None
