"""How late the window is while 5,000 rows load: a timer of 5 ms on its thread, and how much later it comes than asked.

"Table" is 5,000 appointments in one answer: read and made into cards on a worker by `Operation`, then shown by the
program's table model. "Board" is day after day of the running board, loaded, laid out and painted, until 5,000
appointments have come. Both run in the program, whose doorbell and jobs go on. A third arm leaves the window alone.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.cards import board_columns, card_of
from tests.benchmarks.clinic.kept import loaded_clinic
from tests.benchmarks.clinic.visits import TODAY
from tests.benchmarks.desk_window import desk_window, pause, wait_until
from tests.benchmarks.harness import Arm, Measurement, at_most, percentile, say, take_turns
from tests.benchmarks.report import Report
from tests.benchmarks.screens import NOW, ZONE
from tools.servers.flavours import FLAVOURS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Hashable

    from sqlalchemy import Connection

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.day_source import DayData
    from tests.benchmarks.desk_window import DeskWindow

ROWS: Final = 5000
TICK_MS: Final = 5
TABLE_LOADS: Final = 4
IDLE_SECONDS: Final = 2.0

_SOME: Final = (
    board_columns()
    .where(Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp))
    .order_by(Appointment.appointment_date)
    .limit(ROWS)
)


class Lateness:
    """A precise timer of the window's thread that notes how late it comes."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late_ms: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._last = 0.0

    def start(self) -> None:
        self.late_ms.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max((now - self._last) * 1000 - TICK_MS, 0.0))
        self._last = now


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="a database filled by `bench load`; default: a kept one of our own")
    parser.add_argument("--flavour", choices=sorted(FLAVOURS), default="mysql")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=9)


def run(arguments: argparse.Namespace) -> Report:
    report = Report("ui", {"scale": arguments.scale, "rows": ROWS, "tick_ms": TICK_MS})
    with (
        loaded_clinic(arguments.url, FLAVOURS[arguments.flavour], arguments.scale) as clinic,
        desk_window(clinic.url, NOW) as window,
    ):
        report.settings["server"] = clinic.server
        _measure(report, window, arguments.runs)
    return report


def _measure(report: Report, window: DeskWindow, runs: int) -> None:
    lateness = Lateness()
    worst: dict[str, list[float]] = {}

    def arm(name: str, load: Callable[[], None]) -> Arm:
        def once() -> float:
            lateness.start()
            load()
            lateness.stop()
            worst.setdefault(name, []).append(max(lateness.late_ms))
            say(f"    {len(lateness.late_ms)} ticks, worst {worst[name][-1]:.1f} ms")
            return percentile(lateness.late_ms, 99)

        return Arm(name, once)

    table, days = Table(window), Days(window)
    arms = [
        arm("idle", _idle),
        arm("table", lambda: _repeat(table.load)),
        arm("board", days.load),
    ]
    measured = take_turns("timer lateness, p99", "ms", arms, runs)
    most = Measurement(
        "timer lateness, worst",
        "ms",
        measured.order,
        {name: tuple(late[-runs:]) for name, late in worst.items()},
    )
    report.measurements += [measured, most]
    report.figures += [
        measured.absolute("p99 while a table of 5,000 rows loads", "table", at_most(15)),
        measured.absolute("p99 while the board loads days of 5,000 rows together", "board", at_most(15)),
        measured.absolute("p99 of an idle window", "idle"),
        most.absolute("worst while a table of 5,000 rows loads", "table"),
        most.absolute("worst while the board loads days", "board"),
    ]


def _idle() -> None:
    pause(IDLE_SECONDS)


def _repeat(load: Callable[[], None]) -> None:
    for _ in range(TABLE_LOADS):
        load()


class Days:
    """The board's own way to a day, one after the other into the past."""

    def __init__(self, window: DeskWindow) -> None:
        self._board = window.board
        self._day = TODAY
        self._loaded = 0
        self._answers = 0
        self._board.source.loaded.connect(self._on_source_loaded)

    def load(self) -> None:
        """Show days that were not shown yet until they had 5,000 appointments together."""
        self._loaded = 0
        while self._loaded < ROWS:
            answers = self._answers
            self._day -= dt.timedelta(days=1)
            self._board.show_day(self._day)
            wait_until(lambda answers=answers: self._answers > answers)

    def _on_source_loaded(self, data: DayData) -> None:
        self._answers += 1
        self._loaded += len(data.board.cards)


class Table:
    """A table of appointments in a window, filled by `Operation`."""

    def __init__(self, window: DeskWindow) -> None:
        from PySide6.QtWidgets import QTableView

        from tcmdesk.ui.columns import Column
        from tcmdesk.ui.models import PagedTableModel

        workplace = window.application.workplace
        assert workplace is not None
        self._owner, self._context = window.board, workplace.context
        self._cards: dict[Hashable, AppointmentCard] = {}
        columns = (
            Column("Patient", _patient),
            Column("Time", _slot),
            Column("Symptoms", _symptoms),
        )
        self.model = PagedTableModel(columns, _identity)
        self.model.rows_wanted.connect(self._on_model_rows_wanted)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.resize(900, 600)
        self.view.show()

    def load(self) -> None:
        """Read 5,000 appointments on a worker and show them; returns when the model has them."""
        done: list[int] = []

        def show(cards: dict[Hashable, AppointmentCard]) -> None:
            self._cards = cards
            self.model.set_ids(tuple(cards))
            self.view.scrollToBottom()
            done.append(len(cards))

        self._context.operation(self._owner, self._read).on_done(show).start()
        wait_until(lambda: bool(done))
        if done != [ROWS]:
            raise RuntimeError(f"{done} rows instead of {ROWS}")

    def _on_model_rows_wanted(self, generation: int, wanted: tuple[Hashable, ...]) -> None:
        self.model.deliver(generation, [self._cards[key] for key in wanted])

    def _read(self) -> dict[Hashable, AppointmentCard]:
        start = dt.datetime.combine(TODAY - dt.timedelta(days=365), dt.time(), dt.UTC)

        def cards(connection: Connection) -> dict[Hashable, AppointmentCard]:
            rows = connection.execute(_SOME, {"start": start})
            return {row.id: card_of(row, ZONE) for row in rows}

        return self._context.database.read(cards)


def _identity(card: AppointmentCard) -> Hashable:
    return card.appointment_id


def _patient(card: AppointmentCard) -> str:
    return card.patient_name


def _slot(card: AppointmentCard) -> str:
    return card.slot_text


def _symptoms(card: AppointmentCard) -> str:
    return card.symptoms
