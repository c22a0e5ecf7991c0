"""`./dev check`: everything that can be said about the code without running it, side by side."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

#: name and command; the slow ones first, so that the quick ones fill the other core
CHECKS: dict[str, list[str | Path]] = {
    "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
    "imports": [PROGRAMS / "lint-imports", "--no-logo", "--cache-dir", ".cache/imports"],
    "lint": [PROGRAMS / "ruff", "check", "--quiet"],
    "format": [PROGRAMS / "ruff", "format", "--check", "--quiet"],
    "translations": [sys.executable, "-m", "tools.catalogue", "check"],
    "links": [sys.executable, "-m", "tools.links"],
}


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    passed: bool
    seconds: float
    output: str


def run(name: str) -> Outcome:
    """Run one check and keep what it says."""
    begun = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    return Outcome(name, done.returncode == 0, time.monotonic() - begun, done.stdout + done.stderr)


def main() -> int:
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = set(chosen) - set(CHECKS)
    if unknown:
        print(
            f"no check is called {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}", file=sys.stderr
        )
        return 2
    failed = False
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(run, chosen):
            failed |= not outcome.passed
            print(
                f"{'ok  ' if outcome.passed else 'FAIL'} {outcome.name} ({outcome.seconds:.1f} s)", flush=True
            )
            if not outcome.passed:
                print(outcome.output.rstrip(), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
