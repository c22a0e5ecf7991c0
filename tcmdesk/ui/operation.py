"""Work off the UI thread: the only way a screen waits for anything.

    context.operation(self, work).on_done(self._on_booked).on_failed(self._on_refused).start()

The callbacks run on the UI thread. They are dropped when the owner is destroyed or the operation cancelled,
so a screen never hears of an answer it no longer wants.
"""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from tcmdesk.core.errors import TranslatableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.db.executor import Executor

T = TypeVar("T")
log = logging.getLogger(__name__)


class _Relay(QObject):
    """Carries outcomes from the workers to the UI thread.

    It outlives every operation: a worker that emitted a signal of an operation whose owner is being deleted at
    that moment would touch freed memory.
    """

    arrived = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def _on_arrived(self, operation: Operation[Any], future: Future[Any]) -> None:
        if shiboken6.isValid(operation):
            operation.finish(future)


@cache
def _relay() -> _Relay:
    """The one relay, made on the UI thread, where operations start."""
    return _Relay()


class Operation(QObject, Generic[T]):
    """One piece of work on the executor, with its outcome delivered on the UI thread.

    Args:
        executor: where it runs.
        work: runs on a worker thread; returns plain frozen data.
        owner: the widget that asked; when it goes, the outcome is dropped.
        report: takes errors that no `on_failed` handles; usually `context.messages.show_error`.
    """

    running_changed = Signal(bool)

    def __init__(
        self,
        executor: Executor,
        work: Callable[[], T],
        *,
        owner: QObject,
        report: Callable[[BaseException], None],
    ) -> None:
        super().__init__(owner)
        self._executor = executor
        self._work = work
        self._report = report
        self._future: Future[T] | None = None
        self._cancelled = False
        self._done: Callable[[T], None] | None = None
        self._failed: Callable[[BaseException], bool | None] | None = None

    def on_done(self, callback: Callable[[T], None]) -> Operation[T]:
        """Call `callback` with the result."""
        self._done = callback
        return self

    def on_failed(self, callback: Callable[[BaseException], bool | None]) -> Operation[T]:
        """Call `callback` with the error; when it returns False the error is reported as well."""
        self._failed = callback
        return self

    def start(self) -> Operation[T]:
        """Hand the work to the executor."""
        self.running_changed.emit(True)
        self._future = self._executor.submit(self._work)
        self._future.add_done_callback(partial(_relay().arrived.emit, self))
        return self

    def cancel(self) -> None:
        """Forget the outcome; work that has not begun is not begun."""
        self._cancelled = True
        if self._future is not None:
            self._future.cancel()

    @property
    def running(self) -> bool:
        return self._future is not None and not self._future.done()

    def finish(self, future: Future[T]) -> None:
        """Hand the outcome on; called by the relay, on the UI thread."""
        self.running_changed.emit(False)
        try:
            if self._cancelled:
                return
            try:
                result = future.result()
            except CancelledError:
                return
            except Exception as error:
                if not isinstance(error, TranslatableError):
                    log.exception("operation failed", exc_info=error)
                if self._failed is None or self._failed(error) is False:
                    self._report(error)
                return
            if self._done is not None:
                self._done(result)
        finally:
            self.deleteLater()
