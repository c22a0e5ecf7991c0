"""Every message that Qt logs fails the test, except those that a file allows with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

ALLOWED = Path(__file__).with_name("qt_log_allowed.txt")


def allowed_messages(text: str) -> list[str]:
    """The expressions of an allow-list; raises ValueError for one without a reason on the line above it."""
    expressions: list[str] = []
    reason = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            reason = True
        elif line.strip():
            if not reason:
                raise ValueError(f"line {number} allows a message without saying why: {line}")
            expressions.append(line)
            reason = False
        else:
            reason = False
    return expressions


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark = pytest.mark.qt_log_ignore(*allowed_messages(ALLOWED.read_text(encoding="utf-8")), extend=True)
    for item in items:
        item.add_marker(mark)
