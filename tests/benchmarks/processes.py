"""Child processes and what they take."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = (sys.executable,)
PAINT_DESCRIPTOR: Final = "TCMDESK_BENCH_FD"
"""Environment variable with the file descriptor on which a measured program says that it has been painted."""


def tree_memory(pid: int) -> int:
    """Bytes that a process and all its descendants hold resident; one that ends meanwhile counts nothing.

    What several of them share counts for each, which overstates a program of many processes. The proportional set size
    would not, but it also depends on which other programs of the machine happen to have the same libraries open.
    """
    return sum(_resident(member) for member in _tree(pid))


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


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()
