"""When doctors see people, when not, and what a visit needs besides a doctor.

`day` is a date in the clinic's zone. `start` and `end` are wall-clock minutes after its midnight, end excluded, so that
09:00 is 09:00 on a day when the clocks change too. Weekdays count from Monday, 0, to Sunday, 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.settings.types import Hours

READ: Final = permission("schedules:hours:read", Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST)
WRITE: Final = permission("schedules:hours:write")
LEAVE: Final = permission("schedules:leave:write", Role.DOCTOR, Role.FRONT_DESK)

GRID_MINUTES: Final = 5
"""Hours begin and end, and cells are long, a multiple of this; it is the grid that bookings claim."""

DAY_MINUTES: Final = 24 * 60
MOST_SEATS: Final = 20
REASON_MAX: Final = 200
NAME_MAX: Final = 50
WEEKDAYS: Final = 7


class ExceptionKind(StrEnum):
    """What a day has that its week has not."""

    LEAVE = "leave"
    HOLIDAY = "holiday"
    EXTRA = "extra"
    CHANGED = "changed"


EXCEPTION_LABELS: Final = {
    ExceptionKind.LEAVE: N_("Time off"),
    ExceptionKind.HOLIDAY: N_("Clinic closed"),
    ExceptionKind.EXTRA: N_("Extra session"),
    ExceptionKind.CHANGED: N_("Changed hours"),
}

CLOSING: Final = frozenset({ExceptionKind.LEAVE, ExceptionKind.HOLIDAY})
"""Kinds that take time away; the others give it."""


class ResourceKind(StrEnum):
    """What there is beside doctors."""

    BED = "bed"
    ROOM = "room"


RESOURCE_LABELS: Final = {ResourceKind.BED: N_("Bed"), ResourceKind.ROOM: N_("Room")}


@dataclass(frozen=True, slots=True)
class Session:
    """Hours in which a doctor sees people.

    `cell` is the length of a usual visit in minutes, `seats` how many may be booked at the same time.
    """

    start: int
    end: int
    cell: int = 15
    seats: int = 1
    video: bool = True
    in_person: bool = True


@dataclass(frozen=True, slots=True)
class Closure:
    """Time of a day in which a doctor sees nobody. `moved` bookings were given another time because of it."""

    start: int
    end: int
    reason: str
    kind: ExceptionKind
    exception_id: str = ""
    moved: int = 0


@dataclass(frozen=True, slots=True)
class DoctorDay:
    """A doctor's day: the hours that are left open, and what closes the others. Both in order of time."""

    doctor_id: str
    day: dt.date
    sessions: tuple[Session, ...]
    closures: tuple[Closure, ...] = ()

    def seats_at(self, start: int, end: int) -> int:
        """How many may be booked at once in an interval; 1 where it is outside the hours."""
        touched = [each.seats for each in self.sessions if each.start < end and start < each.end]
        return min(touched, default=1)


@dataclass(frozen=True, slots=True)
class HoursRule:
    """One session of a doctor's week, from `valid_from` until `valid_until`, both included; None is open.

    A doctor who has any rule has only what the rules say; one who has none keeps the clinic's hours.
    """

    rule_id: str
    doctor_id: str
    weekday: int
    session: Session
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def valid_on(self, day: dt.date) -> bool:
        """Whether the rule is in force on a day, whatever its weekday."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class HoursException:
    """What differs from the week on each day from `from_day` to `until_day`, both included.

    `doctor_id` is None for everybody. For leave and holidays only start and end of `session` count.
    """

    exception_id: str
    kind: ExceptionKind
    doctor_id: str | None
    from_day: dt.date
    until_day: dt.date
    session: Session
    reason: str = ""
    moved: int = 0

    def covers(self, day: dt.date) -> bool:
        return self.from_day <= day <= self.until_day


@dataclass(frozen=True, slots=True)
class Resource:
    """A bed or a room. `doctor_id` is whose consulting room it usually is."""

    resource_id: str
    name: str
    kind: ResourceKind
    seats: int = 1
    department_id: str | None = None
    doctor_id: str | None = None
    active: bool = True
    place: int = 0


@dataclass(frozen=True, slots=True)
class VisitKind:
    """A sort of visit as the clinic names it, with what it needs.

    `doctor_minutes` of the doctor; then, `offset` minutes after the start, a resource of `needs` for
    `resource_minutes`. It is offered for one doctor, for a department, or for everybody, and is what a new booking
    has when `usual` is set.
    """

    kind_id: str
    name: str
    doctor_minutes: int
    needs: ResourceKind | None = None
    offset: int = 0
    resource_minutes: int = 0
    department_id: str | None = None
    doctor_id: str | None = None
    usual: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A doctor's whole arrangement: the week, what differs from it, and the clinic's hours, which stand in for no week."""

    doctor_id: str
    week: tuple[HoursRule, ...]
    exceptions: tuple[HoursException, ...]
    clinic: Hours


@dataclass(frozen=True, slots=True)
class Displaced:
    """A booking that hours have no room for."""

    appointment_id: str
    patient_name: str
    starts_at: dt.datetime
    minutes: int
