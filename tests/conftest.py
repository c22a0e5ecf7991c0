"""Rules that hold for every test; each lives in a plugin of `tests/support`."""

from __future__ import annotations

import os

from tools import catalogue

# before the first QApplication: tests draw into memory unless a display is asked for by name
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = (
    "pytester",
    "tests.support.display",
    "tests.support.leaks",
    "tests.support.qt_log",
    "tests.support.sql",
    # after sql, which it imports
    "tests.support.databases",
)


def pytest_configure() -> None:
    # what `./dev` does before every task, for those who call pytest by itself
    catalogue.compile_stale(catalogue.ROOT / "resources" / "locale")
