"""The booking dialog's own search function on 200,000 patients, against SELECT 1 and against LIKE.

SELECT 1 goes the same way as the search, through `Database.read`: what is left of the ratio is the search. LIKE has to rank
as the search does, so it sees every row; both ask for as many rows as the dialog shows. Each sample is the median of the
calls of a fifth of a second, or of three calls.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.features.patients.service.search import search
from tests.benchmarks.clinic.kept import loaded_clinic
from tests.benchmarks.harness import Arm, at_least, at_most, say, take_turns
from tests.benchmarks.report import Report
from tools.servers.flavours import FLAVOURS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sqlalchemy import Connection

CLERK: Final = Staff(user_id="0" * 36, name="bench", role=Role.FRONT_DESK)
LIMIT: Final = 12

# common and rare, one character and two, at the front and at the end of names
PARTS: Final = ("芳", "王", "欧阳", "梓涵", "晓东", "王芳")
# letters may be initials or syllables, digits either end of a phone number: every branch there is
FULL: Final = ("wang", "wf", "w", "zengxiao", "1990", "8")
_LIKE: Final = text(
    "SELECT id, name, gender, birthday, phone FROM users"
    " WHERE role = 'patient' AND name LIKE :part ORDER BY name, id LIMIT :limit"
)
_SELECT_1: Final = text("SELECT 1")
_SAMPLE_SECONDS: Final = 0.2
_LEAST_CALLS: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="a database filled by `bench load`; default: a kept one of our own")
    parser.add_argument("--flavour", choices=sorted(FLAVOURS), default="mysql")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=9)


def run(arguments: argparse.Namespace) -> Report:
    report = Report("search", {"scale": arguments.scale, "limit": LIMIT})
    with loaded_clinic(arguments.url, FLAVOURS[arguments.flavour], arguments.scale) as clinic:
        report.settings["server"] = clinic.server
        database = Database(clinic.url, workstation="bench-search")
        try:
            _measure(report, database, arguments.runs)
        finally:
            database.close()
    return report


def typical_call(call: Callable[[], Any]) -> float:
    """Median milliseconds of one call."""
    taken: list[float] = []
    begun = time.perf_counter()
    while time.perf_counter() - begun < _SAMPLE_SECONDS or len(taken) < _LEAST_CALLS:
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def _measure(report: Report, database: Database, runs: int) -> None:
    def reading(query: Callable[[Connection], Any]) -> Callable[[], float]:
        return lambda: typical_call(lambda: database.read(query))

    def searching(words: str) -> Arm:
        found = database.read(lambda connection: search(connection, CLERK, words, LIMIT))
        say(f"search: {words!r} finds {len(found)}")
        return Arm(words, reading(lambda connection: search(connection, CLERK, words, LIMIT)))

    def scanning(part: str) -> Arm:
        parameters = {"part": f"%{part}%", "limit": LIMIT}
        return Arm(f"LIKE %{part}%", reading(lambda connection: connection.execute(_LIKE, parameters).all()))

    base = Arm("SELECT 1", reading(lambda connection: connection.execute(_SELECT_1).all()))
    parts = take_turns("part of a name", "ms", [base, *map(searching, PARTS)], runs)
    full = take_turns("full union", "ms", [base, *map(searching, FULL)], runs)
    like = take_turns(
        "LIKE", "ms", [arm for part in PARTS for arm in (searching(part), scanning(part))], runs
    )
    report.measurements += [parts, full, like]
    for words in PARTS:
        report.figures.append(
            parts.ratio(f"part of a name {words!r} / SELECT 1", words, base.name, at_most(8))
        )
    for words in FULL:
        report.figures.append(full.ratio(f"full union {words!r} / SELECT 1", words, base.name, at_most(16)))
    for part in PARTS:
        report.figures.append(like.ratio(f"LIKE {part!r} / search", f"LIKE %{part}%", part, at_least(300)))
