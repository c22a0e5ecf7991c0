"""Twenty real processes that accept the same offer of the waitlist at the same moment, and how soon a cancelled time is offered.

Winners are counted by SQL on `appointments` and `desk_slots` alone. The second part runs the program's own change feed and
jobs: a platform-like writer cancels, and the clock stops when the offer's row is there.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, func, insert, make_url, select, update

from tcmdesk.app.jobs import Jobs
from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.engines import make_read_engine, make_write_engine, parse_url
from tcmdesk.core.db.feed import ChangeFeed
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.errors import Conflict
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment, DeskHold, DeskSlot
from tcmdesk.features.appointments.types import GRID_MINUTES, VisitType
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.waitlist.models import WaitlistOffer
from tcmdesk.features.waitlist.service import desk
from tcmdesk.features.waitlist.types import EVERY_DAY, WHOLE_DAY, AddEntry, MakeOffer, Wish
from tests.benchmarks.booking import database_of_our_own, server_deadlocks
from tests.benchmarks.clinic.kept import server_version
from tests.benchmarks.contest.crew import Crew
from tests.benchmarks.contest.stage import ZONE, set_stage
from tests.benchmarks.harness import at_most, counted, exactly, say
from tests.benchmarks.report import Report

if TYPE_CHECKING:
    import argparse
    from multiprocessing.synchronize import Barrier

    from tests.benchmarks.contest.stage import Stage

ACCEPTED: Final = "waitlist.accepted"
WON: Final = "won"
MINUTES: Final = 30
RANKED_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one desk was told, and when it began and ended (seconds of the monotonic clock)."""

    outcome: str
    begun: float
    ended: float


class Desk:
    """A workstation that accepts whatever offer it is told of."""

    def __init__(self, url: str, number: int) -> None:
        logging.disable(logging.WARNING)
        self._database = Database(url, workstation=f"bench-desk-{number}-{uuid7()[-6:]}", give_up_seconds=60)
        self._clerk = clerk(f"desk {number}")

    def work(self, offer_id: str, gate: Barrier) -> Answer:
        gate.wait()
        begun = time.monotonic()
        try:
            desk.accept(self._database, self._clerk, offer_id, op_id=uuid7())
        except Conflict as refused:
            return Answer(refused.code, begun, time.monotonic())
        return Answer(WON, begun, time.monotonic())


@dataclass(frozen=True, slots=True)
class Outcome:
    """One round. `consistent` says that the one appointment holds all cells of its time and nothing else is kept."""

    winners: int
    refused: int
    other: Counter[str]
    appointments: int
    consistent: bool
    deadlocks: int
    seconds: float


def clerk(name: str) -> Staff:
    return Staff(user_id=uuid7(), name=name, role=Role.FRONT_DESK)


class Contest:
    """Rounds on one database, each about an offer of its own."""

    def __init__(self, url: str, stage: Stage, crew: Crew[Answer]) -> None:
        self._database = Database(url, workstation=f"bench-host-{uuid7()[-6:]}")
        self._stage = stage
        self._crew = crew
        self._clerk = clerk("host")
        self._round = 0

    def play(self) -> Outcome:
        doctor_id = self._stage.doctors[self._round % len(self._stage.doctors)]
        patient = self._stage.patients[self._round % len(self._stage.patients)]
        slot = self._stage.slots(self._round, 1)[0]
        self._round += 1
        entry_id = wait_for(self._database, self._clerk, patient, doctor_id, slot.day)
        offer = MakeOffer(uuid7(), entry_id, doctor_id, slot.moment(0))
        desk.make_offer(self._database, self._clerk, offer, op_id=uuid7())
        before = self._database.read(server_deadlocks)
        answers = self._crew.command(offer.offer_id)
        outcomes = Counter(answer.outcome for answer in answers)
        with self._database.reads.connect() as connection:
            appointments, consistent = look(connection, doctor_id, offer)
            deadlocks = server_deadlocks(connection) - before
        return Outcome(
            winners=outcomes.pop(WON, 0),
            refused=outcomes.pop(ACCEPTED, 0),
            other=outcomes,
            appointments=appointments,
            consistent=consistent,
            deadlocks=deadlocks,
            seconds=max(answer.ended for answer in answers) - min(answer.begun for answer in answers),
        )

    def close(self) -> None:
        self._database.close()


def wait_for(database: Database, actor: Staff, patient: str, doctor_id: str | None, day: dt.date) -> str:
    """Put an account's holder on the list for a day; returns the entry's id."""
    wish = Wish(
        doctor_id, None, EVERY_DAY, WHOLE_DAY, day - dt.timedelta(days=1), day + dt.timedelta(days=1), MINUTES,
        VisitType.IN_PERSON,
    )  # fmt: skip
    command = AddEntry(uuid7(), PatientRef(patient), wish)
    desk.add(database, actor, command, op_id=uuid7())
    return command.entry_id


def look(connection: Connection, doctor_id: str, offer: MakeOffer) -> tuple[int, bool]:
    """How many appointments the doctor has at the offered time, and whether cells and holds agree with one."""
    ids = connection.execute(
        select(Appointment.id).where(
            Appointment.doctor_id == doctor_id, Appointment.appointment_date == offer.starts_at
        )
    ).scalars().all()  # fmt: skip
    cells = connection.execute(
        select(DeskSlot.cell, DeskSlot.appointment_id).where(
            DeskSlot.resource_id == doctor_id,
            DeskSlot.cell >= offer.starts_at,
            DeskSlot.cell < offer.starts_at + dt.timedelta(minutes=MINUTES),
        )
    ).all()
    kept = connection.execute(
        select(func.count()).select_from(DeskHold).where(DeskHold.id == offer.offer_id)
    ).scalar_one()
    holders = [holder for _, holder in cells]
    whole = ids == [offer.offer_id] and holders == [offer.offer_id] * (MINUTES // GRID_MINUTES)
    return len(ids), whole and kept == 0


def time_to_offer(url: str, stage: Stage, runs: int) -> list[float]:
    """Seconds from a cancellation on the platform to the offer's row, with the program's own feed and jobs at work."""
    database = Database(url, workstation=f"bench-jobs-{uuid7()[-6:]}")
    feed = ChangeFeed(database)
    jobs = Jobs(database, database.clock, feed)
    platform, reader = make_write_engine(parse_url(url)), make_read_engine(parse_url(url))
    host, dice, samples = clerk("host"), random.Random(7), []
    feed.start()
    jobs.start()
    try:
        for number in range(runs):
            doctor_id = stage.doctors[number % len(stage.doctors)]
            day = dt.datetime.now(ZONE).date() + dt.timedelta(days=2 + number)
            entry_id = wait_for(database, host, stage.patients[number], doctor_id, day)
            appointment_id = uuid7()
            with platform.begin() as connection:
                connection.execute(
                    insert(Appointment).values(
                        id=appointment_id, patient_id=stage.patients[-1], doctor_id=doctor_id,
                        appointment_date=dt.datetime.combine(day, dt.time(9), ZONE), time_slot="09:30",
                        visit_type="offline", symptoms="", status="pending",
                    )
                )  # fmt: skip
            # anywhere between two looks of the feed
            time.sleep(dice.uniform(2.0, 4.0))
            with platform.begin() as connection:
                connection.execute(
                    update(Appointment).where(Appointment.id == appointment_id).values(status="cancelled")
                )
            samples.append(_seconds_until(reader.connect(), entry_id))
            say(f"    offered after {samples[-1]:.2f} s")
    finally:
        jobs.stop()
        feed.stop()
        platform.dispose()
        reader.dispose()
        database.close()
    return samples


def _seconds_until(connection: Connection, entry_id: str) -> float:
    begun = time.monotonic()
    asked = select(WaitlistOffer.id).where(WaitlistOffer.entry_id == entry_id)
    with connection:
        while connection.execute(asked).first() is None:
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                raise TimeoutError("no offer was made")
            time.sleep(0.02)
    return time.monotonic() - begun


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", help="a database for tests (rows stay in it); default: MySQL, MariaDB and SQLite of our own"
    )
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--cancellations", type=int, default=7)
    parser.add_argument("--on", choices=("mysql", "mariadb", "sqlite"), help="only one of the three")


def run(arguments: argparse.Namespace) -> Report:
    report = Report("waitlist", {"clients": arguments.clients, "rounds": arguments.runs})
    if arguments.url:
        upgrade(arguments.url, report=say)
        _measure(report, make_url(arguments.url).get_backend_name(), arguments.url, arguments)
        return report
    for kind in (arguments.on,) if arguments.on else ("mysql", "mariadb", "sqlite"):
        with database_of_our_own(kind) as url:
            _measure(report, kind, url, arguments)
    return report


def _measure(report: Report, kind: str, url: str, arguments: argparse.Namespace) -> None:
    stage = set_stage(url, max(arguments.clients, arguments.cancellations + 1))
    report.settings.setdefault("server", {})[kind] = server_version(url)
    say(f"{kind}: {arguments.clients} desks, {arguments.runs} rounds")
    makers = [partial(Desk, url, number) for number in range(arguments.clients)]
    with Crew[Answer](makers) as crew:
        contest = Contest(url, stage, crew)
        rounds = [contest.play() for _ in range(arguments.runs)]
        contest.close()
    for outcome in rounds:
        if outcome.winners != 1 or outcome.other:
            say(f"    {outcome}")
    lost = arguments.clients - 1
    report.figures += [
        counted(f"{kind}: winners of an offer", [each.winners for each in rounds], exactly(1)),
        counted(
            f"{kind}: refused as accepted by another desk", [each.refused for each in rounds], exactly(lost)
        ),
        counted(f"{kind}: other outcomes", [sum(each.other.values()) for each in rounds], exactly(0)),
        counted(f"{kind}: appointments at the time", [each.appointments for each in rounds], exactly(1)),
        counted(
            f"{kind}: rounds whose cells disagree", [int(not each.consistent) for each in rounds], exactly(0)
        ),
        counted(
            f"{kind}: deadlocks by the server's counter", [each.deadlocks for each in rounds], exactly(0)
        ),
        counted(f"{kind}: until all are answered", [each.seconds for each in rounds], unit="s"),
        counted(
            f"{kind}: from a cancellation to the offer",
            time_to_offer(url, stage, arguments.cancellations),
            at_most(RANKED_SECONDS),
            unit="s",
        ),
    ]
