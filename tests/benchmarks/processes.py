"""Child processes and what they take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = (sys.executable,)
PAINT_DESCRIPTOR: Final = "TCMDESK_BENCH_FD"
"""Environment variable with the file descriptor on which a measured program says that it has been painted."""

_KIB: Final = 1024


def tree_memory(pid: int) -> int:
    """Bytes that a process and all its descendants take: proportional set size, so shared pages count once.

    A process that ends meanwhile counts nothing.
    """
    return sum(_proportional_set_size(member) for member in _tree(pid))


def _tree(pid: int) -> list[int]:
    members = [pid]
    for member in members:
        try:
            threads = [*Path(f"/proc/{member}/task").iterdir()]
            for thread in threads:
                members.extend(map(int, (thread / "children").read_text().split()))
        except OSError:
            continue
    return members


def _proportional_set_size(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * _KIB
    return 0
