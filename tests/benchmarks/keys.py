"""How many keys the front desk presses: journeys driven through the running program's window, each physical key counted.

A modifier held down counts as a key. A person's name does not count: every program has to be told whom it is about.
After each journey the database is asked whether what the clerk wanted has happened; a journey that did not get there
fails, however few its keys.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine

from tests.benchmarks.desk_window import desk_window, pause
from tests.benchmarks.harness import MINIMUM_RUNS, at_most, counted, exactly, say
from tests.benchmarks.journeys import JOURNEYS, Name, Text
from tests.benchmarks.report import Report

if TYPE_CHECKING:
    import argparse

    from tests.benchmarks.desk_window import DeskWindow
    from tests.benchmarks.journeys import Journey, Step

ZONE: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = dt.datetime(2026, 11, 24, 10, 22, tzinfo=ZONE)
QUIET_SECONDS: Final = 0.3
PATIENCE_SECONDS: Final = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=MINIMUM_RUNS)
    parser.add_argument("--only", nargs="*", default=(), help="only these journeys")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture after every step")


def run(args: argparse.Namespace) -> Report:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report = Report("keys", {"clinic": "the demo, SQLite", "now": NOW.isoformat(), "window": "1440x900"})
    with tempfile.TemporaryDirectory(prefix="tcmdesk-keys-") as folder:
        made = _make_clinic(Path(folder))
        for journey in JOURNEYS:
            if args.only and journey.name not in args.only:
                continue
            keys, done = [], []
            for turn in range(args.runs):
                pressed, reached = _play(journey, made, Path(folder) / "turn", args.pictures)
                keys.append(pressed)
                done.append(int(reached))
                say(
                    f"{journey.name}: {turn + 1}/{args.runs} {pressed} keys, {'done' if reached else 'NOT DONE'}"
                )
            report.figures += [
                counted(f"{journey.name}: keys", keys, at_most(journey.limit), unit="keys"),
                counted(f"{journey.name}: done", done, exactly(1)),
            ]
            report.notes.append(f"{journey.name}: {journey.says}; {' '.join(map(str, journey.steps))}")
    return report


def _make_clinic(folder: Path) -> Path:
    from tcmdesk.cli.demo.existing import FILE_NAME
    from tcmdesk.cli.demo.make import make

    make(folder / "made", NOW, ZONE)
    return folder / "made" / FILE_NAME


def _play(journey: Journey, made: Path, folder: Path, pictures: Path | None) -> tuple[int, bool]:
    """One journey on a clinic of its own; the keys pressed, and whether it got there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = folder / made.name
    shutil.copy(made, copy)
    url = f"sqlite:///{copy}"
    with desk_window(url, NOW.astimezone(dt.UTC)) as desk:
        window = desk.board.window()
        window.resize(1440, 900)
        _settle(desk)
        pressed = 0
        for number, step in enumerate(journey.steps):
            pressed += _do(step)
            _settle(desk)
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                window.grab().save(str(pictures / f"{journey.name.replace(' ', '-')}-{number:02}.png"))
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return pressed, journey.reached(connection)
    finally:
        engine.dispose()


def _do(step: Step) -> int:
    """Press it in whatever has the keyboard; returns how many physical keys that took."""
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    target = QApplication.focusWidget() or QApplication.activeWindow()
    if isinstance(step, Name | Text):
        QTest.keyClicks(target, step.typed)
        return 0 if isinstance(step, Name) else len(step.typed)
    combination = QKeySequence(step)[0]
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
    return 1 + step.count("+")


def _settle(desk: DeskWindow) -> None:
    """Until no work is under way and nothing has moved for a moment. Raises TimeoutError."""
    from tcmdesk.ui.operation import Operation

    window = desk.board.window()
    deadline = quiet_since = time.monotonic()
    deadline += PATIENCE_SECONDS
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        pause(0.02)
        screen = desk.application.workplace.context.navigator.current
        busy = any(operation.running for operation in window.findChildren(Operation))
        if busy or not (screen is None or screen.at_rest):
            quiet_since = time.monotonic()
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to rest")
