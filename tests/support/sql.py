"""SQL as tests see it: none on the UI thread, and counted where a number is promised."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tcmdesk.core.db.database import Database

_UI_FOLDERS = ("tests/ui/", "tests/e2e/")


class UiThreadGuard:
    """Refuses statements and new connections on the main thread while it is armed.

    It also remembers them, because the code under test may swallow the refusal.
    """

    def __init__(self) -> None:
        self.armed = False
        self.caught: list[str] = []
        self._suspended = 0

    @contextmanager
    def watching(self) -> Iterator[None]:
        self.armed, self.caught = True, []
        try:
            yield
        finally:
            self.armed = False

    @contextmanager
    def suspended(self) -> Iterator[None]:
        self._suspended += 1
        try:
            yield
        finally:
            self._suspended -= 1

    def on_statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self._refuse(statement)

    def on_connect(self, *_arguments: Any) -> None:
        self._refuse("a new connection")

    def _refuse(self, what: str) -> None:
        if self.armed and not self._suspended and threading.current_thread() is threading.main_thread():
            self.caught.append(what)
            raise AssertionError(f"SQL on the UI thread: {what}")


GUARD = UiThreadGuard()
event.listen(Engine, "before_cursor_execute", GUARD.on_statement)
event.listen(Engine, "do_connect", GUARD.on_connect)


def sql_allowed() -> Any:
    """``with sql_allowed():`` around set-up and assertions that a test runs on its own thread."""
    return GUARD.suspended()


@pytest.fixture(autouse=True)
def _no_sql_on_the_ui_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.nodeid.startswith(_UI_FOLDERS):
        yield
        return
    with GUARD.watching():
        yield
    if GUARD.caught:
        pytest.fail(f"SQL on the UI thread: {GUARD.caught}")


@dataclass(slots=True)
class Statements:
    """What went to the database while it was recorded; `len()` counts statements, without COMMIT and ROLLBACK."""

    texts: list[str] = field(default_factory=list)
    commits: int = 0
    rollbacks: int = 0

    def __len__(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        return "\n".join((*self.texts, f"{self.commits} COMMIT, {self.rollbacks} ROLLBACK"))

    def on_statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.texts.append(statement)

    def on_commit(self, _connection: Any) -> None:
        self.commits += 1

    def on_rollback(self, _connection: Any) -> None:
        self.rollbacks += 1


@contextmanager
def recorded_statements(*sources: Engine | Database) -> Iterator[Statements]:
    """Record the statements of engines, or of both engines of a `Database`."""
    engines = [engine for source in sources for engine in _engines(source)]
    log = Statements()
    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": log.on_statement,
        "commit": log.on_commit,
        "rollback": log.on_rollback,
    }
    with ExitStack() as stack:
        for engine in engines:
            for name, listener in listeners.items():
                event.listen(engine, name, listener)
                stack.callback(event.remove, engine, name, listener)
        yield log


def _engines(source: Engine | Database) -> tuple[Engine, ...]:
    return (source,) if isinstance(source, Engine) else (source.reads, source.writes)


@pytest.fixture
def statements() -> Callable[..., Any]:
    """``with statements(database) as log: …`` and then ``assert len(log) == 1``."""
    return recorded_statements
