"""Fifty real processes that want the same times of the same doctors at the same moment.

Every client tries every slot, with a start and a length of its own, so that wishes overlap in every way. Doubles are
counted by SQL on `appointments` alone. In a third of the rounds nobody has booked that day before, and a platform-like
writer inserts unlocked meanwhile; then each overlap with one of its rows must be a clash on the day board. Deadlocks are
counted by the server and by the desks.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url, text

from tcmdesk.core.db.engines import make_read_engine, make_write_engine, parse_url
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.features.appointments.queries import cells
from tests.benchmarks.clinic.kept import create_database, server_version
from tests.benchmarks.contest import ways
from tests.benchmarks.contest.counting import Overlaps, count
from tests.benchmarks.contest.crew import Crew
from tests.benchmarks.contest.desks import Desk, Platform, Round, Tally
from tests.benchmarks.contest.stage import SPAN_MINUTES, Wish, set_stage
from tests.benchmarks.harness import Arm, at_least, at_most, counted, exactly, say, take_turns
from tests.benchmarks.report import Report
from tools.servers.flavours import FLAVOURS
from tools.servers.server import Server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from tests.benchmarks.contest.stage import Slot, Stage
    from tests.benchmarks.harness import Bound, Figure, Measurement

WITH_PLATFORM: Final = f"{ways.OURS}, platform writing"
_PLATFORMS: Final = 2
_QUIET_DAY: Final = 300
_QUIET_BOOKINGS: Final = 8
_WAYS: Final = {ways.OURS: ways.by_cells, ways.LOCK: ways.by_lock}
_DEADLOCKS: Final = {
    "mysql": "SELECT COUNT FROM information_schema.innodb_metrics WHERE name = 'lock_deadlocks'",
    "mariadb": "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'INNODB_DEADLOCKS'",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One round, added up over all processes."""

    attempts: int
    booked: int
    seconds: float
    faults: int
    server_deadlocks: int
    overlaps: Overlaps


class Contest:
    """Rounds on one database; each has a day of its own."""

    def __init__(self, url: str, stage: Stage, slots: int, crew: Crew[Tally], clients: int) -> None:
        self._url = parse_url(url)
        self._engine = make_read_engine(self._url)
        self._stage = stage
        self._slots = slots
        self._crew = crew
        self._clients = clients
        self._round = 0

    def play(self, way: str, *, platform: bool) -> Outcome:
        slots = self._stage.slots(self._round, self._slots)
        self._round += 1
        if not platform:
            self._lay(slots)
        with self._engine.connect() as connection:
            before = server_deadlocks(connection)
        tallies = self._crew.command(Round(way, slots, platform))[: self._clients]
        with self._engine.connect() as connection:
            overlaps = count(connection, {slot.day for slot in slots})
            deadlocks = server_deadlocks(connection) - before
        return Outcome(
            attempts=sum(tally.attempts for tally in tallies),
            booked=sum(tally.booked for tally in tallies),
            seconds=max(tally.ended for tally in tallies) - min(tally.begun for tally in tallies),
            faults=sum(sum(tally.faults.values()) for tally in tallies),
            server_deadlocks=deadlocks,
            overlaps=overlaps,
        )

    def _lay(self, slots: tuple[Slot, ...]) -> None:
        """Make the day one on which others have booked before: its cells exist."""
        writes = make_write_engine(self._url)
        for slot in slots:
            with writes.begin() as connection:
                cells.lay(connection, slot.doctor_id, slot.moment(0), slot.moment(SPAN_MINUTES))
        writes.dispose()

    def close(self) -> None:
        self._engine.dispose()


def server_deadlocks(connection: Connection) -> int:
    """Deadlocks the server has had since its start; 0 for SQLite, which locks the whole file."""
    dialect = connection.dialect
    if dialect.name == "sqlite":
        return 0
    kind = "mariadb" if dialect.is_mariadb else "mysql"
    return int(connection.execute(text(_DEADLOCKS[kind])).scalar_one())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", help="a database for tests (rows stay in it); default: MySQL, MariaDB and SQLite of our own"
    )
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--slots", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--on", choices=("mysql", "mariadb", "sqlite"), help="only one of the three")


def run(arguments: argparse.Namespace) -> Report:
    report = Report("booking", {"clients": arguments.clients, "slots": arguments.slots})
    if arguments.url:
        upgrade(arguments.url, report=say)
        _contest(report, make_url(arguments.url).get_backend_name(), arguments.url, arguments)
        return report
    for kind in (arguments.on,) if arguments.on else ("mysql", "mariadb", "sqlite"):
        with database_of_our_own(kind) as url:
            _contest(report, kind, url, arguments)
    return report


@contextmanager
def database_of_our_own(kind: str) -> Iterator[str]:
    """An empty database with the schema."""
    with ExitStack() as stack:
        if kind == "sqlite":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = f"sqlite:///{folder / 'clinic.db'}"
        else:
            server = stack.enter_context(Server(FLAVOURS[kind]))
            create_database(server.url(), "tcmdesk_bench")
            url = server.url("tcmdesk_bench")
        upgrade(url)
        yield url


def _contest(report: Report, kind: str, url: str, arguments: argparse.Namespace) -> None:
    stage = set_stage(url, arguments.clients)
    report.settings.setdefault("server", {})[kind] = server_version(url)
    makers = [partial(Desk, url, stage, number, _WAYS) for number in range(arguments.clients)]
    makers += [partial(Platform, url, stage, number) for number in range(_PLATFORMS)]
    say(f"{kind}: {len(makers)} processes")
    outcomes: dict[str, list[Outcome]] = {}
    with Crew[Tally](makers) as crew:
        contest = Contest(url, stage, arguments.slots, crew, arguments.clients)

        def arm(name: str, way: str, *, platform: bool = False) -> Arm:
            def once() -> float:
                outcome = contest.play(way, platform=platform)
                outcomes.setdefault(name, []).append(outcome)
                say(
                    f"    {outcome.booked} of {outcome.attempts} booked; {outcome.overlaps}; "
                    f"{outcome.faults} faults, {outcome.server_deadlocks} deadlocks"
                )
                return outcome.attempts / outcome.seconds

            return Arm(name, once)

        arms = [arm(ways.OURS, ways.OURS), arm(WITH_PLATFORM, ways.OURS, platform=True)]
        if kind != "sqlite":
            arms.insert(1, arm(ways.LOCK, ways.LOCK))
        measured = take_turns(f"{kind}: attempts a second", "1/s", arms, arguments.runs)
        contest.close()
    _figures(report, kind, measured, outcomes, _quiet_bookings(url, stage))


def _quiet_bookings(url: str, stage: Stage) -> list[Tally]:
    """One desk books half hours of an empty morning, one after the other."""
    lone = Desk(url, stage, 0, _WAYS)
    slot = stage.slots(_QUIET_DAY, 1)[0]
    tallies = []
    for number in range(_QUIET_BOOKINGS):
        tally = Tally()
        lone.attempt(ways.by_cells, slot, Wish(number * 15, 15), tally)
        tallies.append(tally)
    return tallies


def _figures(
    report: Report, kind: str, measured: Measurement, outcomes: dict[str, list[Outcome]], quiet: list[Tally]
) -> None:
    # rounds of warm-up count for what must never happen, but do not make a number of too few runs
    runs = len(measured.samples[ways.OURS])
    disturbed = outcomes[WITH_PLATFORM]
    both = [*outcomes[ways.OURS], *disturbed]

    def over(rounds: list[Outcome], what: str, of: Callable[[Outcome], int], target: Bound | None) -> Figure:
        return counted(f"{kind}: {what}", [of(each) for each in rounds], target, runs=runs)

    first, *others = quiet
    report.measurements.append(measured)
    report.figures += [
        over(both, "doubles among desks", lambda each: each.overlaps.among_desks, exactly(0)),
        over(both, "deadlocks by the server's counter", lambda each: each.server_deadlocks, exactly(0)),
        over(both, "deadlocks and lock waits seen by desks", lambda each: each.faults, exactly(0)),
        over(
            disturbed,
            "overlaps with the platform's rows",
            lambda each: each.overlaps.with_platform,
            at_least(1),
        ),
        over(disturbed, "of these not flagged as clashes", lambda each: each.overlaps.unflagged, exactly(0)),
        over(outcomes[ways.OURS], "bookings in a round", lambda each: each.booked, at_least(1)),
        counted(
            f"{kind}: statements of a booking's transaction", [each.written for each in others], at_most(6)
        ),
        counted(f"{kind}: with the look after it", [each.written + each.read for each in others]),
        measured.absolute(f"{kind}: attempts a second", ways.OURS),
    ]
    report.notes.append(
        f"{kind}: a process's first booking in a doctor's untouched four hours takes {first.written + first.read} statements, "
        "because it finds the end of its chain and lays the cells first"
    )
    if ways.LOCK in outcomes:
        report.figures.append(measured.ratio(f"{kind}: attempts a second / GET_LOCK's", ways.OURS, ways.LOCK))
