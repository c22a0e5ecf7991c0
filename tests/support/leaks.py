"""Nothing a test starts may outlive it: threads, QThreads, timers."""

from __future__ import annotations

import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRACE_SECONDS = 3.0
_QT_FOLDERS = ("tests/ui/", "tests/e2e/")


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    leaked = _settle(lambda: _threads_since(before))
    if leaked:
        pytest.fail(f"threads outlive the test: {', '.join(sorted(leaked))}")


def _threads_since(before: set[threading.Thread]) -> list[str]:
    # Python's stand-ins for threads that Qt made stay listed after the thread has gone
    return [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and thread.is_alive() and not isinstance(thread, threading._DummyThread)
    ]


@pytest.fixture(autouse=True)
def _no_leaked_qt_work(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not request.node.nodeid.startswith(_QT_FOLDERS):
        yield
        return
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer

    started: list[tuple[str, Callable[[], Any], Callable[[Any], bool]]] = []
    is_working: tuple[tuple[type, Callable[[Any], bool]], ...] = (
        (QTimer, lambda timer: timer.isActive()),
        (QThread, lambda thread: thread.isRunning()),
        (QAbstractAnimation, lambda animation: animation.state() == QAbstractAnimation.State.Running),
    )
    for kind, working in is_working:
        _note_starts(monkeypatch, kind, working, started)
    yield
    leaked = _settle(lambda: _still_working(started))
    if leaked:
        pytest.fail(f"still running after the test: {', '.join(leaked)}")


def _note_starts(
    monkeypatch: pytest.MonkeyPatch,
    kind: type,
    working: Callable[[Any], bool],
    started: list[tuple[str, Callable[[], Any], Callable[[Any], bool]]],
) -> None:
    original = kind.start  # type: ignore[attr-defined]

    def start(self: Any, *arguments: Any) -> None:
        name = f"{type(self).__name__} of {_owner(self)}"
        started.append((name, weakref.ref(self), working))
        original(self, *arguments)

    monkeypatch.setattr(kind, "start", start)


def _owner(child: Any) -> str:
    parent = child.parent()
    return "nobody" if parent is None else f"{type(parent).__name__} {parent.objectName()}".strip()


def _still_working(started: list[tuple[str, Callable[[], Any], Callable[[Any], bool]]]) -> list[str]:
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    return [
        name
        for name, reference, working in started
        if (thing := reference()) is not None and shiboken6.isValid(thing) and working(thing)
    ]


def _settle(look: Callable[[], list[str]]) -> list[str]:
    """Ask until the answer is empty or the grace is over."""
    deadline = time.monotonic() + GRACE_SECONDS
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found
