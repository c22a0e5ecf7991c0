"""Workers that say whether they have anything left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tcmdesk.core.db.executor import Executor

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")


class PatientExecutor(Executor):
    """An executor that a photographer can wait for."""

    def __init__(self) -> None:
        super().__init__(embedded=True)
        self._given: list[Future[object]] = []

    @property
    def idle(self) -> bool:
        self._given = [future for future in self._given if not future.done()]
        return not self._given

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future = super().submit(work)
        self._given.append(future)  # type: ignore[arg-type]
        return future
