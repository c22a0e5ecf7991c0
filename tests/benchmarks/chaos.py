"""Writes while the database server is killed with SIGKILL again and again: each must be applied exactly once.

Every write has two statements, neither of which is harmless to repeat: a counter goes up, and a row with a new id is
inserted. Half of the kills come at any time, half within a few milliseconds after COMMIT was sent, where its reply may
be lost although the transaction holds. The server is durable (flush-log-at-trx-commit=1, doublewrite on) and is killed
once more before the rows are counted. The other arm repeats a failed transaction as it is.
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, event, func, select, update
from sqlalchemy.exc import DBAPIError

from tcmdesk.core.actor import System
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.engines import make_write_engine
from tcmdesk.core.db.faults import Fault, classify, error_number
from tcmdesk.core.db.ledger import broken_links
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.errors import Conflict, Unavailable
from tcmdesk.core.ids import uuid7
from tests.benchmarks.clinic.kept import create_database, server_version
from tests.benchmarks.harness import Arm, at_least, counted, exactly, say, take_turns
from tests.benchmarks.report import Report
from tools.servers.flavours import FLAVOURS
from tools.servers.server import Server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine, Insert, Update

_NUMBERS: Final = itertools.count()
WORKSTATION: Final = "bench-chaos"
_DUPLICATE: Final = 1062
# long enough to cover the flush of the log, which is what COMMIT waits for
_LONGEST_AIM: Final = 0.004

METADATA: Final = MetaData()
COUNTER: Final = Table(
    "bench_counter", METADATA, Column("id", Integer, primary_key=True), Column("n", Integer)
)
LINES: Final = Table(
    "bench_lines",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("op_id", String(36), nullable=False),
)


def statements(op_id: str) -> tuple[Update, Insert]:
    """The two statements of one write."""
    return (
        update(COUNTER).values(n=COUNTER.c.n + 1),
        LINES.insert().values(id=uuid7(), op_id=op_id),
    )


class Writer(Protocol):
    """A way to write."""

    @property
    def engine(self) -> Engine: ...

    def write(self, op_id: str) -> None:
        """Return when the write is applied."""
        ...

    def close(self) -> None: ...


class LedgerWriter:
    """The program's own `Database.write`."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, workstation=WORKSTATION)
        self.engine = self._database.writes

    def write(self, op_id: str) -> None:
        while True:
            try:
                self._database.write(
                    System("bench"),
                    "bench:line:write",
                    lambda unit: [unit.execute(statement) for statement in statements(op_id)],
                    op_id=op_id,
                )
            except Unavailable:
                say("chaos: the write gave up; asking again with the same operation id")
            except Conflict:
                return  # it was saved before
            else:
                return

    def close(self) -> None:
        self._database.close()


class NaiveWriter:
    """The same transaction without a ledger, repeated until it succeeds."""

    def __init__(self, url: str) -> None:
        self.engine = make_write_engine(create_engine(url).url)

    def write(self, op_id: str) -> None:
        while True:
            try:
                with self.engine.begin() as connection:
                    for statement in statements(op_id):
                        connection.execute(statement)
            except DBAPIError as error:
                if classify(error) not in {Fault.RETRY, Fault.LOST, Fault.AWAY}:
                    raise
                time.sleep(0.02)
            else:
                return

    def close(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found after one run."""

    kills: int
    counter: int
    lines: int
    wrong: int
    """Operations that were not applied exactly once."""
    recognised: int
    """Repeated writes that the ledger knew to be applied already."""
    broken_links: int


class Killer:
    """Kills and restarts a server until told to stop; on the thread that made it, with which the server would die."""

    def __init__(self, server: Server, engine: Engine, dice: random.Random) -> None:
        self._server = server
        self._dice = dice
        self._committing = threading.Event()
        self.kills = 0
        event.listen(engine, "commit", lambda _connection: self._committing.set())

    def work(self, applied: Callable[[], int], writes: int) -> None:
        """Strike each time a few more writes are through; by writes and not by the clock, so that no arm is spared."""
        dice = self._dice
        while (now := applied()) < writes:
            due = min(now + dice.randrange(3, 15), writes)
            while applied() < due:
                time.sleep(0.001)
            if due == writes:
                return
            if dice.random() < 0.5:
                self._committing.clear()
                self._committing.wait(0.5)
            time.sleep(dice.uniform(0, _LONGEST_AIM))
            self.strike(dice.uniform(0, 0.3))

    def strike(self, seconds_down: float = 0.0) -> None:
        self._server.restart(seconds_down=seconds_down)
        self.kills += 1


def one_run(server: Server, make: Callable[[str], Writer], writes: int, dice: random.Random) -> Outcome:
    """Make a database, write to it under fire, and count."""
    name = f"tcmdesk_bench_{next(_NUMBERS)}"
    create_database(server.url(), name)
    url = server.url(name)
    upgrade(url, create_contract=True)
    engine = create_engine(url)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(COUNTER.insert().values(id=1, n=0))
    engine.dispose()

    writer = make(url)
    operations = [uuid7() for _ in range(writes)]
    failures: list[BaseException] = []
    recognised = applied = 0

    def count_duplicate(context: object) -> None:
        nonlocal recognised
        error = getattr(context, "sqlalchemy_exception", None)
        if isinstance(error, DBAPIError) and error_number(error) == _DUPLICATE:
            recognised += 1

    event.listen(writer.engine, "handle_error", count_duplicate)

    def work() -> None:
        nonlocal applied
        try:
            for op_id in operations:
                writer.write(op_id)
                applied += 1
        except BaseException as error:  # noqa: BLE001  (raised again by the main thread)
            failures.append(error)
            applied = writes

    thread = threading.Thread(target=work)
    killer = Killer(server, writer.engine, dice)
    thread.start()
    killer.work(lambda: applied, writes)
    thread.join()
    writer.close()
    if failures:
        raise failures[0]
    killer.strike()
    with engine.connect() as connection:
        outcome = _count(connection, operations, killer.kills, recognised)
    engine.dispose()
    return outcome


def _count(connection: Connection, operations: list[str], kills: int, recognised: int) -> Outcome:
    counter = connection.execute(select(COUNTER.c.n)).scalar_one()
    rows = connection.execute(select(LINES.c.op_id, func.count()).group_by(LINES.c.op_id)).all()
    times = {row[0]: row[1] for row in rows}
    return Outcome(
        kills=kills,
        counter=counter,
        lines=sum(times.values()),
        wrong=sum(times.get(op_id, 0) != 1 for op_id in operations),
        recognised=recognised,
        broken_links=sum(1 for _ in broken_links(connection, WORKSTATION)),
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--flavour", choices=sorted(FLAVOURS), default="mysql")
    parser.add_argument("--writes", type=int, default=120)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> Report:
    report = Report("chaos", {"writes": arguments.writes, "seed": arguments.seed})
    dice = random.Random(arguments.seed)
    # the pool reports each broken connection with a traceback
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    outcomes: dict[str, list[Outcome]] = {"ledger": [], "naive": []}
    with Server(FLAVOURS[arguments.flavour], durable=True) as server:
        report.settings["server"] = server_version(server.url())

        def arm(name: str, make: Callable[[str], Writer]) -> Arm:
            def once() -> float:
                begun = time.perf_counter()
                outcome = one_run(server, make, arguments.writes, dice)
                outcomes[name].append(outcome)
                say(f"chaos: {name} {outcome}")
                return time.perf_counter() - begun

            return Arm(name, once)

        arms = [arm("ledger", LedgerWriter), arm("naive", NaiveWriter)]
        report.measurements.append(take_turns("chaos", "s", arms, arguments.runs, warm_up=0))
    ours, naive = outcomes["ledger"], outcomes["naive"]
    once = exactly(arguments.writes)
    report.figures = [
        counted("writes applied, by the counter", [outcome.counter for outcome in ours], once),
        counted("writes applied, by the rows", [outcome.lines for outcome in ours], once),
        counted("operations not applied exactly once", [outcome.wrong for outcome in ours], exactly(0)),
        counted("broken links in the ledger", [outcome.broken_links for outcome in ours], exactly(0)),
        counted("kills in a run", [outcome.kills for outcome in ours], at_least(3)),
        counted("repeats the ledger knew to be applied", [outcome.recognised for outcome in ours], None),
        counted("naive: writes applied, by the counter", [outcome.counter for outcome in naive], None),
        counted("naive: operations not applied exactly once", [outcome.wrong for outcome in naive], None),
    ]
    return report
