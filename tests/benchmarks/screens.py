"""What a screen costs through a line with 20 ms round trips: from the request posted to a worker to the rows in hand.

A round trip (RTT) is what SELECT 1 by the driver alone takes on that line, measured in turn with the rest.

The day is an ordinary one of eight doctors; a crowded one, with somebody every quarter of an hour, is shown beside it.

Round trips are counted by the line itself: how often the client has to wait for the server. "Opening a day" is the
board's own request for a day it has not seen, in the running program; its two statements go side by side on two
connections, so it makes two round trips and waits for one. Raw PyMySQL sends the same statement and leaves its rows as bare
tuples, where the program makes cards of them; it is held against through the line and without it.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pymysql
from sqlalchemy import event, make_url

from tcmdesk.core.db.database import Database
from tcmdesk.core.db.executor import Executor
from tcmdesk.features.appointments.queries.day import read_day
from tcmdesk.features.appointments.service.board import board_doctors, day_board, find_openings
from tcmdesk.features.appointments.service.span import span_board, span_loads
from tcmdesk.features.patients.service.search import search
from tcmdesk.features.reception.service.waiting import room
from tests.benchmarks.clinic.kept import loaded_clinic
from tests.benchmarks.clinic.visits import CROWDED_DAY, TODAY
from tests.benchmarks.desk_window import CLERK, desk_window, pause, wait_until
from tests.benchmarks.harness import Arm, Figure, at_most, counted, exactly, say, take_turns
from tests.benchmarks.proxy import DelayProxy
from tests.benchmarks.report import Report
from tests.benchmarks.search import LIMIT, typical_call
from tools.servers.flavours import FLAVOURS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from tests.benchmarks.clinic.kept import Clinic
    from tests.benchmarks.harness import Bound, Measurement

ZONE: Final = ZoneInfo("Asia/Shanghai")
SEARCHED: Final = "晓东"
ROUND_TRIP_MS: Final = 20.0
SETTLE_SECONDS: Final = 0.5
_TARGET: Final = at_most(1.25)
# before the day's first visit, so that the whole day is shown
MONDAY: Final = TODAY - dt.timedelta(days=TODAY.weekday())
MONTH_START: Final = TODAY.replace(day=1)
NOW: Final = dt.datetime.combine(TODAY, dt.time(0, 30), dt.UTC)

RAW: Final = "SELECT 1, raw PyMySQL"
RAW_BOARD: Final = "day board's statement, raw PyMySQL"
BOARD: Final = "day board"
CROWDED: Final = "crowded day board"
WEEK: Final = "week of a doctor"
MONTH: Final = "month"
QUEUE: Final = "queue"
OPENINGS: Final = "openings of anyone in 14 days"
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


def _in_round_trips(measured: Measurement, name: str, target: Bound | None = _TARGET) -> Figure:
    return measured.ratio(f"{name}: time / round trip of the line", name, RAW, target)


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


def _timed(call: Callable[[], Any]) -> Callable[[], float]:
    def once() -> float:
        begun = time.perf_counter()
        call()
        return time.perf_counter() - begun

    return once


def _through_the_line(report: Report, clinic: Clinic, line: DelayProxy, runs: int) -> None:
    url = clinic.through(line.port)
    raw, database, workers = (
        _raw_connection(url),
        Database(url, workstation="bench-screens"),
        Executor(embedded=False),
    )
    trips = _Trips(line)
    cursor = raw.cursor()
    statement, parameters, rows = _statement(database, TODAY)
    doctor = database.read(lambda connection: board_doctors(connection, CLERK, TODAY))[0].doctor_id

    def posted(query: Callable[[Any], Any]) -> Callable[[], float]:
        return _timed(lambda: workers.submit(lambda: database.read(query)).result())

    arms = [
        trips.arm(RAW, _timed(lambda: (cursor.execute("SELECT 1"), cursor.fetchall()))),
        trips.arm(RAW_BOARD, _timed(lambda: (cursor.execute(statement, parameters), cursor.fetchall()))),
        trips.arm(BOARD, posted(lambda connection: day_board(connection, CLERK, TODAY, ZONE))),
        trips.arm(CROWDED, posted(lambda connection: day_board(connection, CLERK, CROWDED_DAY, ZONE))),
        trips.arm(WEEK, posted(lambda connection: span_board(connection, CLERK, doctor, MONDAY, 7, ZONE))),
        trips.arm(MONTH, posted(lambda connection: span_loads(connection, CLERK, MONTH_START, 30, ZONE))),
        trips.arm(QUEUE, posted(lambda connection: room(connection, CLERK, TODAY, ZONE))),
        trips.arm(
            OPENINGS,
            posted(lambda connection: find_openings(connection, CLERK, zone=ZONE, from_=NOW, minutes=30)),
        ),
        trips.arm(SEARCH, posted(lambda connection: search(connection, CLERK, SEARCHED, LIMIT))),
    ]
    # the first calls make connections and compile statements
    measured = take_turns("through the line", "ms", arms, runs, warm_up=3)
    report.measurements.append(measured)
    for name in (BOARD, WEEK, MONTH, QUEUE, OPENINGS, SEARCH):
        report.figures += [trips.figure(name, runs, 1), _in_round_trips(measured, name)]
    report.figures += [
        measured.ratio("day board / raw PyMySQL, through the line", BOARD, RAW_BOARD, at_most(1.4)),
        trips.figure(CROWDED, runs, 1),
        _in_round_trips(measured, CROWDED, None),
    ]
    report.settings["appointments on the board"] = rows
    workers.close()
    database.close()
    raw.close()


def _in_the_window(report: Report, clinic: Clinic, line: DelayProxy, runs: int) -> None:
    raw = _raw_connection(clinic.through(line.port))
    cursor = raw.cursor()
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
                pause(SETTLE_SECONDS)  # the day before has been painted
                begun = time.perf_counter()
                ask()
                wait_until(lambda: bool(delivered))
                return delivered[0] - begun

            return until_delivered

        arms = [
            trips.arm(RAW, _timed(lambda: (cursor.execute("SELECT 1"), cursor.fetchall()))),
            trips.arm(OPENING, request(lambda: board.show_day(next(days)))),
            trips.arm(REFRESH, request(lambda: board.refresh(frozenset({"appointments"})))),
        ]
        measured = take_turns("in the program's window", "ms", arms, runs, warm_up=4)
    raw.close()
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


def _statement(database: Database, day: dt.date) -> tuple[str, Any, int]:
    """The board's own statement as the driver gets it, with its parameters and its number of rows."""
    sent: list[tuple[str, Any]] = []

    def note(*sending: Any) -> None:
        sent.append((sending[2], sending[3]))

    event.listen(database.reads, "before_cursor_execute", note)
    board = database.read(lambda connection: read_day(connection, day, ZONE))
    event.remove(database.reads, "before_cursor_execute", note)
    return *sent[-1], len(board.cards) + len(board.unreadable)


def _against_raw(report: Report, clinic: Clinic, runs: int) -> None:
    """Without the line, so that nothing hides what the program adds."""
    database = Database(clinic.url, workstation="bench-screens")
    raw = _raw_connection(clinic.url)
    cursor = raw.cursor()
    statement, parameters, rows = _statement(database, TODAY)
    say(f"day board: {rows} appointments")

    def by_driver() -> None:
        cursor.execute(statement, parameters)
        if len(cursor.fetchall()) != rows:
            raise RuntimeError("the same statement gave other rows")

    def rows_only(connection: Any) -> Any:
        return connection.exec_driver_sql(statement, parameters).all()

    def board(connection: Any) -> Any:
        return day_board(connection, CLERK, TODAY, ZONE)

    arms = [
        Arm("raw PyMySQL", lambda: typical_call(by_driver)),
        Arm("rows through the engine", lambda: typical_call(lambda: database.read(rows_only))),
        Arm("day board", lambda: typical_call(lambda: database.read(board))),
    ]
    measured = take_turns("day board without the line", "ms", arms, min(runs, 9))
    report.measurements.append(measured)
    report.figures += [
        measured.ratio(
            "its rows through the engine / raw PyMySQL",
            "rows through the engine",
            "raw PyMySQL",
            at_most(1.4),
        ),
        measured.ratio("day board, cards made / raw PyMySQL", "day board", "raw PyMySQL"),
    ]
    database.close()
    raw.close()
