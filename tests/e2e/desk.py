"""A workstation in another process, seen from the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30.0


class Desk:
    """Starts the application with a robot in it. Leaving the context closes it.

    Args:
        folder: the workstation's own settings, data and logs.
        now: what its clock says at the start.
        language: the one its screens are in.
        environment: more variables for the process.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        now: dt.datetime,
        *,
        language: str = "en",
        environment: dict[str, str] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        places = {
            name: str(folder / name)
            for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        }
        self._log = (folder / "stderr.txt").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.e2e.robot",
                "--url",
                url,
                "--now",
                now.isoformat(),
                "--language",
                language,
            ],
            cwd=ROOT,
            env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"} | (environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._log.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def do(self, command: str, **arguments: Any) -> Any:
        """Have the robot do something; raises AssertionError with its words when it cannot."""
        self._process.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._log.seek(0)
            raise AssertionError(f"the desk has gone: {self._log.read()[-3000:]}")
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["ok"]

    def wait(self, condition: Callable[[Desk], bool], what: str, patience: float = PATIENCE_SECONDS) -> float:
        """Wait until a condition holds; returns the seconds that took."""
        started = time.monotonic()
        while not condition(self):
            if time.monotonic() - started > patience:
                raise AssertionError(
                    f"after {patience:.0f} s still not: {what}; on screen: {self.do('texts')}"
                )
            time.sleep(0.03)
        return time.monotonic() - started

    def says(self, part: str) -> bool:
        """Whether a label holds a text."""
        return any(part in text for text in self.do("texts"))

    def lists(self, part: str) -> bool:
        """Whether a list or table holds a text."""
        return any(part in text for text in self.do("items"))

    def sign_in(self, account: str, password: str) -> None:
        """Type account and password and wait for the main window."""
        self.wait(lambda desk: desk.do("window") == "SignInWindow", "the sign-in window")
        self.do("focus", name="Phone or account")
        self.do("write", text=account)
        self.do("keys", keys=["Tab"])
        self.do("write", text=password)
        self.do("keys", keys=["Return"])
        self.wait(lambda desk: desk.do("window") == "MainWindow", "the main window")
