"""Someone who need not be asked: the main window first, its database behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.executor import Executor
    from tcmdesk.ui.operation import Operation


class Arrival(QObject):
    """Prepares a database once a window has been painted. `prepared` hands it over, `failed` the error."""

    prepared = Signal(object)
    failed = Signal(object)

    def __init__(
        self, url: str, workstation: str, clock: Clock, crash: CrashHandler, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._url, self._workstation, self._clock = url, workstation, clock
        self._crash = crash
        self._executor: Executor | None = None

    def after(self, painted: object) -> None:
        """Begin when this signal is sent: what is imported competes with the paint."""
        painted.connect(self._begin, Qt.ConnectionType.QueuedConnection)  # type: ignore[attr-defined]

    def close(self) -> None:
        """End the worker."""
        if self._executor is not None:
            self._executor.close()
            self._executor = None
        self.deleteLater()

    def _begin(self) -> None:
        from tcmdesk.core.db.executor import Executor
        from tcmdesk.ui.operation import Operation

        self._executor = Executor(embedded=True)
        operation: Operation[Prepared] = Operation(
            self._executor, self._work, owner=self, report=self._crash.report
        )
        operation.on_done(self.prepared.emit).on_failed(self.failed.emit).start()

    def _work(self) -> Prepared:
        from tcmdesk.app.preparing import prepare_kept

        return prepare_kept(self._url, workstation=self._workstation, clock=self._clock)
