"""How long until there is something to look at, and what it takes, against the smallest PySide6 program.

Time is from the start of the process to the end of the window's first paint. Memory is what the process and all its
children hold resident: once at that moment, and once after the program has been left alone for a while.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.harness import Arm, Bound, Figure, Measurement, Spread, at_most, say, take_turns
from tests.benchmarks.processes import PAINT_DESCRIPTOR, PYTHON, ROOT, tree_memory
from tests.benchmarks.report import Report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

SETTLE_SECONDS: Final = 3.0
PATIENCE_SECONDS: Final = 60.0
_MEBIBYTE: Final = 1 << 20

HELLO: Final = "hello"
SIGN_IN: Final = "sign-in"
MAIN: Final = "main"


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a program: seconds and bytes."""

    seconds: float
    painted: int
    settled: int


class Programs:
    """The three programs, with folders of their own for settings and data."""

    def __init__(self, folder: Path) -> None:
        self._environment = os.environ | {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPATH": str(ROOT),
            # as installed programs run: compiled once, whatever the shell of the one who measures says
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }
        demo = folder / "demo"
        clinic = f"sqlite:///{demo / 'clinic.db'}"
        self._arguments = {
            HELLO: ["hello"],
            SIGN_IN: ["tcmdesk", "SignInWindow", "--url", clinic],
            MAIN: ["tcmdesk", "MainWindow", "demo", "--dir", str(demo)],
        }

    def start(self, name: str, display: dict[str, str]) -> Start:
        """Start one, wait for its window, leave it alone, end it.

        Raises TimeoutError with the program's last words when no window appears.
        """
        reader, writer = os.pipe()
        with tempfile.TemporaryFile("w+") as words, os.fdopen(reader) as answers:
            begun = time.monotonic()
            program = subprocess.Popen(
                [*PYTHON, "-m", "tests.benchmarks.first_paint", *self._arguments[name]],
                cwd=ROOT,
                env=self._environment | display | {PAINT_DESCRIPTOR: str(writer)},
                pass_fds=(writer,),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
            os.close(writer)
            try:
                ready, _, _ = select.select([answers], [], [], PATIENCE_SECONDS)
                line = answers.readline() if ready else ""
                if not line:
                    words.seek(0)
                    raise TimeoutError(f"{name} showed no window: {words.read()[-2000:]}")
                answer = json.loads(line)
                time.sleep(SETTLE_SECONDS)
                settled = tree_memory(program.pid)
            finally:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
        return Start(answer["painted"] - begun, answer["memory"], settled)


@contextmanager
def xvfb() -> Iterator[dict[str, str]]:
    """A display in memory; yields the environment that points to it."""
    reader, writer = os.pipe()
    with os.fdopen(reader) as answer:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
            pass_fds=(writer,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        try:
            number = answer.readline().strip()
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--platform", choices=("offscreen", "xvfb", "both"), default="both")
    parser.add_argument("--only", choices=(SIGN_IN, MAIN), help="leave the other window out")


def run(arguments: argparse.Namespace) -> Report:
    report = Report("startup", {"settled_after_s": SETTLE_SECONDS})
    names = [HELLO, *([arguments.only] if arguments.only else [SIGN_IN, MAIN])]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        programs = Programs(folder)
        displays: dict[str, dict[str, str]] = {}
        if arguments.platform != "xvfb":
            displays["offscreen"] = {"QT_QPA_PLATFORM": "offscreen"}
        if arguments.platform != "offscreen":
            if shutil.which("Xvfb"):
                displays["xvfb"] = stack.enter_context(xvfb())
            else:
                report.notes.append("xvfb: not measured, Xvfb is not installed")
        for platform, display in displays.items():
            _measure(report, programs, platform, display, names, arguments.runs)
    return report


def _measure(
    report: Report,
    programs: Programs,
    platform: str,
    display: dict[str, str],
    names: Sequence[str],
    runs: int,
) -> None:
    starts: dict[str, list[Start]] = {name: [] for name in names}

    def arm(name: str) -> Arm:
        def once() -> float:
            start = programs.start(name, display)
            starts[name].append(start)
            say(f"    {start.painted / _MEBIBYTE:.0f} MiB, settled {start.settled / _MEBIBYTE:.0f} MiB")
            return start.seconds

        return Arm(name, once)

    time_taken = take_turns(f"{platform}: time to first paint", "s", [arm(name) for name in names], runs)
    report.measurements.append(time_taken)
    memory = {
        moment: Measurement(
            f"{platform}: memory, {moment}",
            "MiB",
            time_taken.order,
            # the first start of each warmed the caches
            {name: tuple(getattr(s, field) / _MEBIBYTE for s in starts[name][-runs:]) for name in names},
        )
        for moment, field in (("at first paint", "painted"), ("settled", "settled"))
    }
    report.measurements.extend(memory.values())

    def ratio(measured: Measurement, name: str, target: Bound | None) -> Figure:
        return measured.ratio(f"{measured.name}: {name} / {HELLO}", name, HELLO, target)

    if SIGN_IN in names:
        report.figures.append(ratio(time_taken, SIGN_IN, at_most(1.3)))
        report.figures.append(ratio(memory["at first paint"], SIGN_IN, at_most(1.2)))
        report.figures.append(ratio(memory["settled"], SIGN_IN, None))
    if MAIN in names:
        report.figures.append(ratio(time_taken, MAIN, at_most(1.9)))
        report.figures.append(ratio(memory["at first paint"], MAIN, None))
        report.figures.append(ratio(memory["settled"], MAIN, None))
    report.settings.setdefault("spread of hello", {})[platform] = Spread.of(
        time_taken.samples[HELLO]
    ).as_json()
