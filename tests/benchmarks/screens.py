"""What a screen costs through a line with 20 ms round trips: from the request posted to a worker to the rows in hand.

Round trips are counted by the line itself: how often the client has to wait for the server. "Opening a day" is the
board's own request for a day it has not seen, in the running program; its two statements go side by side on two
connections, so it makes two round trips and waits for one. Without the line, the day board is held against raw PyMySQL
with the same statement and the same rows.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pymysql
from sqlalchemy import event, make_url, text

from tcmdesk.core.db.database import Database
from tcmdesk.core.db.executor import Executor
from tcmdesk.features.appointments.queries.day import read_day
from tcmdesk.features.appointments.service.board import day_board
from tcmdesk.features.patients.service.search import search
from tests.benchmarks.clinic.kept import loaded_clinic
from tests.benchmarks.clinic.visits import TODAY
from tests.benchmarks.desk_window import CLERK, desk_window, wait_until
from tests.benchmarks.harness import Arm, Figure, Spread, at_most, counted, exactly, say, take_turns
from tests.benchmarks.proxy import DelayProxy
from tests.benchmarks.report import Report
from tests.benchmarks.search import LIMIT, typical_call
from tools.servers.flavours import FLAVOURS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from tests.benchmarks.clinic.kept import Clinic
    from tests.benchmarks.harness import Measurement

ZONE: Final = ZoneInfo("Asia/Shanghai")
SEARCHED: Final = "晓东"
ROUND_TRIP_MS: Final = 20.0
# before the day's first visit, so that the whole day is shown
NOW: Final = dt.datetime.combine(TODAY, dt.time(0, 30), dt.UTC)

RAW: Final = "SELECT 1, raw PyMySQL"
BOARD: Final = "day board"
SEARCH: Final = "patient search"
OPENING: Final = "opening a day on the board"
REFRESH: Final = "refreshing the board"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="a database filled by `bench load`; default: a kept one of our own")
    parser.add_argument("--flavour", choices=sorted(FLAVOURS), default="mysql")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=25)


def run(arguments: argparse.Namespace) -> Report:
    report = Report("screens", {"scale": arguments.scale, "round_trip_ms": ROUND_TRIP_MS})
    with loaded_clinic(arguments.url, FLAVOURS[arguments.flavour], arguments.scale) as clinic:
        report.settings["server"] = clinic.server
        with DelayProxy(clinic.port, ROUND_TRIP_MS) as line:
            _through_the_line(report, clinic, line, arguments.runs)
        with DelayProxy(clinic.port, ROUND_TRIP_MS) as line:
            _in_the_window(report, clinic, line, arguments.runs)
        _against_raw(report, clinic, arguments.runs)
    return report


class _Trips:
    """Round trips of each call, beside its time."""

    def __init__(self, line: DelayProxy) -> None:
        self._line = line
        self.of: dict[str, list[int]] = {}

    def arm(self, name: str, timed: Callable[[], float]) -> Arm:
        """An arm of a call that returns its own seconds."""

        def once() -> float:
            before = self._line.round_trips()
            taken = timed()
            self.of.setdefault(name, []).append(self._line.round_trips() - before)
            return taken * 1000

        return Arm(name, once)

    def figure(self, name: str, runs: int, expected: int) -> Figure:
        return counted(f"{name}: round trips", self.of[name][-runs:], exactly(expected))


def _in_round_trips(measured: Measurement, name: str) -> Figure:
    samples = [sample / ROUND_TRIP_MS for sample in measured.samples[name]]
    return Figure(
        f"{name}: time in round trips of the line", "RTT", measured.median(name) / ROUND_TRIP_MS,
        Spread.of(samples), len(samples), at_most(1.25),
    )  # fmt: skip


def _raw_connection(url: str) -> pymysql.Connection[Any]:
    parsed = make_url(url)
    return pymysql.connect(
        host="127.0.0.1",
        port=parsed.port or 3306,
        user=parsed.username,
        password=parsed.password or "",
        database=parsed.database,
        charset="utf8mb4",
        autocommit=True,
    )


def _through_the_line(report: Report, clinic: Clinic, line: DelayProxy, runs: int) -> None:
    url = clinic.through(line.port)
    raw, database, workers = (
        _raw_connection(url),
        Database(url, workstation="bench-screens"),
        Executor(embedded=False),
    )
    trips = _Trips(line)
    cursor = raw.cursor()

    def timed(call: Callable[[], Any]) -> Callable[[], float]:
        def once() -> float:
            begun = time.perf_counter()
            call()
            return time.perf_counter() - begun

        return once

    def posted(query: Callable[[Any], Any]) -> Callable[[], float]:
        return timed(lambda: workers.submit(lambda: database.read(query)).result())

    arms = [
        trips.arm(RAW, timed(lambda: (cursor.execute("SELECT 1"), cursor.fetchall()))),
        trips.arm(BOARD, posted(lambda connection: day_board(connection, CLERK, TODAY, ZONE))),
        trips.arm(SEARCH, posted(lambda connection: search(connection, CLERK, SEARCHED, LIMIT))),
    ]
    # the first calls make connections and compile statements
    measured = take_turns("through the line", "ms", arms, runs, warm_up=3)
    report.measurements.append(measured)
    for name in (BOARD, SEARCH):
        report.figures += [trips.figure(name, runs, 1), _in_round_trips(measured, name)]
    report.figures.append(
        measured.ratio("SELECT 1 by raw PyMySQL: day board / it, through the line", BOARD, RAW)
    )
    workers.close()
    database.close()
    raw.close()


def _in_the_window(report: Report, clinic: Clinic, line: DelayProxy, runs: int) -> None:
    with desk_window(clinic.through(line.port), NOW) as window:
        window.quiet()
        board, days = window.board, _days()
        delivered: list[float] = []
        # ahead of the board, which goes on to lay the day out
        board.source.loaded.disconnect(board._on_source_loaded)
        board.source.loaded.connect(lambda _data: delivered.append(time.perf_counter()))
        board.source.loaded.connect(board._on_source_loaded)
        trips = _Trips(line)

        def request(ask: Callable[[], None]) -> Callable[[], float]:
            def until_delivered() -> float:
                delivered.clear()
                begun = time.perf_counter()
                ask()
                wait_until(lambda: bool(delivered))
                return delivered[0] - begun

            return until_delivered

        arms = [
            trips.arm(OPENING, request(lambda: board.show_day(next(days)))),
            trips.arm(REFRESH, request(lambda: board.refresh(frozenset({"appointments"})))),
        ]
        measured = take_turns("in the program's window", "ms", arms, runs, warm_up=4)
    report.measurements.append(measured)
    report.figures += [
        # the columns and the appointments, side by side
        trips.figure(OPENING, runs, 2),
        trips.figure(REFRESH, runs, 1),
        _in_round_trips(measured, OPENING),
        _in_round_trips(measured, REFRESH),
    ]


def _days() -> Iterator[dt.date]:
    """Days that the board has not shown yet."""
    day = TODAY
    while True:
        day -= dt.timedelta(days=1)
        yield day


def _against_raw(report: Report, clinic: Clinic, runs: int) -> None:
    """The same statement by the driver alone, which hands over bare tuples."""
    database = Database(clinic.url, workstation="bench-screens")
    raw = _raw_connection(clinic.url)
    cursor = raw.cursor()
    cursor.execute("SET time_zone='+00:00'")
    sent: list[tuple[str, Any]] = []
    event.listen(
        database.reads, "before_cursor_execute", lambda *sending: sent.append((sending[2], sending[3]))
    )
    board = database.read(lambda connection: read_day(connection, TODAY, ZONE))
    statement, parameters = sent[-1]
    say(f"day board: {len(board.cards)} appointments, {len(board.unreadable)} unreadable")
    report.settings["appointments on the board"] = len(board.cards) + len(board.unreadable)

    def by_driver() -> None:
        cursor.execute(statement, parameters)
        if len(cursor.fetchall()) != len(board.cards) + len(board.unreadable):
            raise RuntimeError("the same statement gave other rows")

    def rows_only(connection: Any) -> Any:
        return connection.exec_driver_sql(statement, parameters).all()

    arms = [
        Arm("raw PyMySQL", lambda: typical_call(by_driver)),
        Arm("rows through the engine", lambda: typical_call(lambda: database.read(rows_only))),
        Arm(
            "day board",
            lambda: typical_call(
                lambda: database.read(lambda connection: day_board(connection, CLERK, TODAY, ZONE))
            ),
        ),
        Arm(
            "SELECT 1",
            lambda: typical_call(lambda: database.read(lambda c: c.execute(text("SELECT 1")).all())),
        ),
    ]
    measured = take_turns("day board without the line", "ms", arms, min(runs, 9))
    report.measurements.append(measured)
    report.figures += [
        measured.ratio("day board / raw PyMySQL", "day board", "raw PyMySQL", at_most(1.4)),
        measured.ratio("its rows through the engine / raw PyMySQL", "rows through the engine", "raw PyMySQL"),
    ]
    database.close()
    raw.close()
