"""Worker threads for everything that waits on the database."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SERVER_THREADS: Final = 4
EMBEDDED_THREADS: Final = 1


class Executor:
    """A small pool: four threads for a server, one for the embedded file, which has one writer anyway."""

    def __init__(self, *, embedded: bool) -> None:
        self._pool = ThreadPoolExecutor(
            EMBEDDED_THREADS if embedded else SERVER_THREADS, thread_name_prefix="tcmdesk-db"
        )

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run `work` on a worker; the future can be cancelled until it starts."""
        return self._pool.submit(work)

    def close(self) -> None:
        """Drop what has not begun and wait for what has."""
        self._pool.shutdown(wait=True, cancel_futures=True)
