"""The day at the front desk: who waits, who is called, what is printed.

Times are aware UTC instants, `day` is a date in the clinic's zone, lengths are minutes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.features.visits.types import Stage, VisitState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.appointments.types import AppointmentCard, AttendedCard, Kind
    from tcmdesk.features.patients.types import Gender, NewPatient, NewProfile, PatientRef

LATE_AFTER: Final = dt.timedelta(minutes=10)
"""Who comes later than this after the appointed time is late and waits behind the next two."""

GRID: Final = dt.timedelta(minutes=5)
WALK_IN_MINUTES: Final = 15
"""Length of a visit without an appointment, the board's cell."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One person in the waiting room or in consultation."""

    attended: AttendedCard

    @property
    def card(self) -> AppointmentCard:
        return self.attended.card

    @property
    def doctor_name(self) -> str:
        return self.attended.doctor_name

    @property
    def room(self) -> str:
        return self.attended.room

    @property
    def visit(self) -> VisitState:
        if self.card.visit is None:
            raise ValueError("an appointment nobody has come for is in no queue")
        return self.card.visit

    @property
    def number(self) -> int:
        return self.visit.number or 0

    def waited(self, now: dt.datetime) -> int:
        """Minutes since the arrival, or since the consultation began; never below 0."""
        visit = self.visit
        since = visit.started_at if visit.stage is Stage.IN_CONSULTATION else visit.arrived_at
        return max(int((now - since).total_seconds() // 60), 0) if since is not None else 0


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """Everybody who is here on a day. `waiting` holds the called ones too and is in order of the queue."""

    day: dt.date
    waiting: tuple[QueueEntry, ...] = ()
    in_consultation: tuple[QueueEntry, ...] = ()

    def next_of(self, doctor_id: str | None = None) -> QueueEntry | None:
        """Whom "next" calls, of one doctor or of all."""
        return next(
            (
                entry
                for entry in self.waiting
                if entry.visit.stage is Stage.ARRIVED and doctor_id in {None, entry.card.doctor_id}
            ),
            None,
        )

    def ahead_of(self, appointment_id: str) -> int:
        """How many of the same doctor go in before somebody."""
        entry = next((each for each in self.waiting if each.card.appointment_id == appointment_id), None)
        if entry is None:
            return 0
        same = [each for each in self.waiting if each.card.doctor_id == entry.card.doctor_id]
        return same.index(entry)

    def average_wait(self, now: dt.datetime) -> int:
        """Minutes that those who wait have waited, on average; 0 when nobody does."""
        waits = [entry.waited(now) for entry in self.waiting]
        return round(sum(waits) / len(waits)) if waits else 0


def in_queue_order(entries: Iterable[QueueEntry]) -> tuple[QueueEntry, ...]:
    """Called ones first, then by appointed time; late ones behind those whose time they were given, then by arrival.

    Someone without an appointment stands at the time of the cell they were given.
    """
    return tuple(sorted(entries, key=_place))


def _place(entry: QueueEntry) -> tuple[bool, dt.datetime, bool, bool, dt.datetime, int]:
    visit = entry.visit
    arrived = visit.arrived_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return (
        visit.stage is not Stage.CALLED,
        visit.due_at or arrived,
        visit.late,
        visit.walk_in,
        arrived,
        entry.number,
    )


@dataclass(frozen=True, slots=True)
class CalledNumber:
    """What the display in the waiting room may show: surname and number, and where to go.

    `inside` is true once the consultation has begun.
    """

    appointment_id: str
    surname: str
    number: int
    room: str
    doctor: str
    call_count: int
    called_at: dt.datetime
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """When a doctor could see somebody who comes now. `starts_at` is None when today is full."""

    doctor_id: str
    doctor_name: str
    department: str
    room: str
    waiting: int
    starts_at: dt.datetime | None

    def start_from(self, now: dt.datetime) -> dt.datetime:
        """When somebody who comes now is seen: the free time, or for an extra slot the next five-minute cell."""
        return self.starts_at or now + (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) - now) % GRID


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody without an appointment: registered if need be, booked and arrived, in one transaction.

    `new_patient` and `new_profile` are who must be registered first; `patient` is then one of them. The ids are made by
    the form, so that a retry is the same visit. `extra_reason` makes it an extra slot.
    """

    appointment_id: str
    doctor_id: str
    patient: PatientRef
    starts_at: dt.datetime
    kind: Kind
    symptoms: str = ""
    minutes: int = WALK_IN_MINUTES
    new_patient: NewPatient | None = None
    new_profile: NewProfile | None = None
    extra_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is printed for somebody who waits. `ahead` is how many go in before."""

    clinic: str
    number: int
    patient_name: str
    doctor_name: str
    department: str
    room: str
    day: dt.date
    starts_at: dt.datetime | None
    arrived_at: dt.datetime
    ahead: int
    walk_in: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """An appointment on paper."""

    clinic: str
    appointment_id: str
    patient_name: str
    gender: Gender
    birthday: dt.date | None
    doctor_name: str
    department: str
    room: str
    day: dt.date
    starts_at: dt.datetime | None
    minutes: int
    slot_text: str
    video: bool


@dataclass(frozen=True, slots=True)
class DayList:
    """A doctor's day on paper, in order of time; cancelled appointments are left out."""

    clinic: str
    doctor_name: str
    department: str
    room: str
    day: dt.date
    cards: tuple[AppointmentCard, ...]
