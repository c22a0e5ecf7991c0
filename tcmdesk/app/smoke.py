"""The smoke test of a build: touches every native part and every registered screen, and says what works.

Each check raises when its part does not work; the result is JSON, one entry a check, and the exit code.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tcmdesk.app import smoke_checks, smoke_media
from tcmdesk.core.incidents import describe, trace
from tcmdesk.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, or how it failed."""

    ok: bool
    found: str
    milliseconds: int


def smoke(out: Path) -> int:
    """Run every check and write the result to `out`; 0 when all are well."""
    with tempfile.TemporaryDirectory(prefix="tcmdesk-smoke-") as name:
        folder = Path(name)
        outcomes = {check: _run(work, folder) for check, work in checks().items()}
    result = {
        "version": VERSION,
        "python": sys.version.split()[0],
        "frozen": bool(getattr(sys, "frozen", False)),
        "ok": all(outcome.ok for outcome in outcomes.values()),
        "checks": {check: asdict(outcome) for check, outcome in outcomes.items()},
    }
    out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for check, outcome in outcomes.items():
        sys.stderr.write(f"{'ok  ' if outcome.ok else 'FAIL'} {check}: {outcome.found}\n")
    return 0 if result["ok"] else FAILED


def checks() -> dict[str, Callable[[Path], str]]:
    """Every check by name. Each gets a folder to write in, says what it found, and raises when it fails."""
    return {
        "resources": smoke_checks.resources,
        "migrations": smoke_checks.migrations,
        "mysql": smoke_checks.mysql,
        "passwords": smoke_checks.passwords,
        "keyring": smoke_checks.keyring,
        "tls": smoke_checks.tls,
        "pdf": smoke_checks.pdf,
        "screens": smoke_checks.screens,
        "player": smoke_media.player,
        "codecs": smoke_media.codecs,
        "data_channel": smoke_media.data_channel,
        "media_process": smoke_media.media_process,
    }


def _run(work: Callable[[Path], str], folder: Path) -> Outcome:
    started = time.perf_counter()
    try:
        found, ok = work(folder), True
    except Exception as error:  # noqa: BLE001  (a smoke test reports whatever goes wrong)
        # made-up data only: here the words may be written
        found, ok = f"{describe(error)}: {error} @ {' < '.join(reversed(list(trace(error))))}", False
    return Outcome(ok, found, round((time.perf_counter() - started) * 1000))
