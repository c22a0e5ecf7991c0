"""Many real processes that do the same thing at the same moment.

They are forked from one process that has imported everything, because fifty interpreters that start afresh would take
longer than the contest. Nothing that may not be shared, such as a connection or a thread, exists before the fork.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

T = TypeVar("T")
_CONTEXT = multiprocessing.get_context("fork")
PATIENCE_SECONDS = 120.0


class Member(Protocol):
    """What one process of a crew does, once for each command."""

    def work(self, command: Any, gate: Barrier) -> Any:
        """Carry out a command; `gate` opens when every member waits at it."""
        ...


class CrewError(RuntimeError):
    """A member failed; the message is its traceback."""


class Crew(Generic[T]):
    """Processes, one for each maker; every command goes to all, and the answers come in their order."""

    def __init__(self, makers: list[Callable[[], Member]]) -> None:
        self._makers = makers
        self._gate = _CONTEXT.Barrier(len(makers))
        self._lines: list[Connection] = []
        self._processes: list[Any] = []

    def __enter__(self) -> Self:
        # else the first collection in each child would copy every page it shares with the others
        gc.freeze()
        for make in self._makers:
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(target=_live, args=(make, theirs, self._gate), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)
        return self

    def __exit__(self, *exception: object) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def command(self, command: Any) -> list[T]:
        """Send a command to every member and wait for all answers.

        Raises CrewError.
        """
        for line in self._lines:
            line.send(command)
        answers: list[T] = []
        for line in self._lines:
            if not line.poll(PATIENCE_SECONDS):
                raise CrewError("a member of the crew does not answer")
            failed, answer = line.recv()
            if failed:
                raise CrewError(answer)
            answers.append(answer)
        return answers


def _live(make: Callable[[], Member], line: Connection, gate: Barrier) -> None:
    try:
        member = make()
        while True:
            line.send((False, member.work(line.recv(), gate)))
    except EOFError:
        return
    except BaseException:  # noqa: BLE001  (whatever it was, the parent must hear of it)
        gate.abort()
        line.send((True, traceback.format_exc()))
