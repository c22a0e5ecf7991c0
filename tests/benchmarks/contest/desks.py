"""The processes of the contest: desks that book by one way or the other, and a platform that asks nobody."""

from __future__ import annotations

import datetime as dt
import logging
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import event, insert

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.engines import make_write_engine, parse_url
from tcmdesk.core.db.faults import error_number
from tcmdesk.core.errors import Conflict
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.types import BookAppointment, Kind, VisitType
from tcmdesk.features.patients.types import PatientRef
from tests.benchmarks.contest.counting import DESK, PLATFORM, marked
from tests.benchmarks.contest.stage import ZONE, Slot, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Barrier

    from sqlalchemy.engine import ExceptionContext

    from tests.benchmarks.contest.stage import Stage

    Book = Callable[[Database, Staff, BookAppointment, str], None]

_TAKEN: Final = "appointments.slot_taken"
_DEADLOCK: Final = 1213
_LOCK_WAIT: Final = 1205
_CONTROL: Final = ("BEGIN", "COMMIT", "ROLLBACK")
_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class Round:
    """A command to the whole crew: book these, in this order, by the way of this name."""

    way: str
    slots: tuple[Slot, ...]
    platform: bool


@dataclass
class Tally:
    """What one process saw in a round."""

    attempts: int = 0
    booked: int = 0
    taken: int = 0
    inserted: int = 0
    begun: float = 0.0
    ended: float = 0.0
    written: int = 0
    """Statements in write transactions, without BEGIN and COMMIT."""
    read: int = 0
    """Statements beside them."""
    faults: Counter[str] = field(default_factory=Counter)
    """Deadlocks and lock waits, those that were retried with success among them."""


class Desk:
    """A workstation: one process, one patient, a connection of its own."""

    def __init__(self, url: str, stage: Stage, number: int, ways: dict[str, Book]) -> None:
        # a refused booking is what a contest is made of
        logging.disable(logging.WARNING)
        self._database = Database(url, workstation=f"bench-{stage.patients[number]}", give_up_seconds=60)
        self._patient = PatientRef(stage.patients[number])
        self._clerk = Staff(user_id=uuid7(), name=f"desk {number}", role=Role.FRONT_DESK)
        self._dice = random.Random(number)
        self._ways = ways
        self._tally = Tally()
        event.listen(self._database.writes, "before_cursor_execute", self._count_written)
        event.listen(self._database.reads, "before_cursor_execute", self._count_read)
        for engine in (self._database.reads, self._database.writes):
            event.listen(engine, "handle_error", self._count_fault)

    def work(self, command: Round, gate: Barrier) -> Tally:
        tally = Tally()
        book = self._ways[command.way]
        gate.wait()
        tally.begun = time.monotonic()
        for slot in command.slots:
            wish = Wish.drawn(self._dice)
            gate.wait()
            self.attempt(book, slot, wish, tally)
        tally.ended = time.monotonic()
        return tally

    def attempt(
        self,
        book: Book,
        slot: Slot,
        wish: Wish,
        tally: Tally,
    ) -> None:
        command = BookAppointment(
            appointment_id=uuid7(),
            doctor_id=slot.doctor_id,
            patient=self._patient,
            starts_at=slot.moment(wish.offset),
            minutes=wish.minutes,
            visit_type=VisitType.IN_PERSON,
            kind=Kind.FIRST,
            symptoms=marked(DESK, wish.minutes),
        )
        self._tally = tally
        tally.attempts += 1
        try:
            book(self._database, self._clerk, command, uuid7())
        except Conflict as refused:
            if refused.code != _TAKEN:
                raise
            tally.taken += 1
            return
        tally.booked += 1

    def _count_written(self, *event_arguments: object) -> None:
        self._tally.written += not str(event_arguments[2]).startswith(_CONTROL)

    def _count_read(self, *_event_arguments: object) -> None:
        self._tally.read += 1

    def _count_fault(self, context: ExceptionContext) -> None:
        number = error_number(context.sqlalchemy_exception) if context.sqlalchemy_exception else None
        if number == _DEADLOCK:
            self._tally.faults["deadlock"] += 1
        elif number == _LOCK_WAIT:
            self._tally.faults["lock wait timeout"] += 1
        elif "locked" in str(context.original_exception):
            self._tally.faults["database is locked"] += 1


class Platform:
    """Inserts bookings as the platform does: any date of the day, slot texts in two forms, no lock and no question."""

    def __init__(self, url: str, stage: Stage, number: int) -> None:
        self._engine = make_write_engine(parse_url(url))
        self._patients = stage.patients
        self._dice = random.Random(-1 - number)

    def work(self, command: Round, gate: Barrier) -> Tally:
        tally = Tally()
        gate.wait()
        for slot in command.slots:
            gate.wait()
            if command.platform:
                # somewhere within the moments in which the desks are at it
                for _ in range(_AT_ONCE):
                    time.sleep(self._dice.uniform(0, 0.02))
                    self._insert(slot)
                    tally.inserted += 1
        return tally

    def _insert(self, slot: Slot) -> None:
        dice = self._dice
        minutes = dice.choice((30, 60))
        begins = slot.moment(5 * dice.randrange(-3, 12)).astimezone(ZONE)
        ends = begins + dt.timedelta(minutes=minutes)
        text = f"{begins:%H:%M}" if minutes == 30 else f"{begins:%H:%M}-{ends:%H:%M}"
        midnight = dt.datetime.combine(slot.day, dt.time(), ZONE).astimezone(dt.UTC)
        with self._engine.begin() as connection:
            connection.execute(
                insert(Appointment).values(
                    id=uuid7(),
                    patient_id=dice.choice(self._patients),
                    doctor_id=slot.doctor_id,
                    appointment_date=midnight + dt.timedelta(seconds=dice.randrange(86_400)),
                    time_slot=text,
                    visit_type="offline",
                    symptoms=marked(PLATFORM, minutes),
                    status="pending",
                )
            )
