"""Watches whether the person who is signed in still may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import Unavailable, UserError
from tcmdesk.ui.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.app.session import Session
    from tcmdesk.core.actor import Staff

TABLES: Final = frozenset({"users", "desk_staff", "doctors"})
"""Where it is written who may sign in, and as what."""


class StandingWatch(QObject):
    """Asks again whenever the doorbell rings for one of `TABLES`; one row by its key.

    `ousted` brings the error that says why they are to leave, `changed` the person as they are now. While the
    database is away nothing is asked; its return rings every bell.
    """

    ousted = Signal(object)
    changed = Signal(object)

    def __init__(
        self, session: Session, report: Callable[[BaseException], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._report = report
        self._asking = self._again = False
        session.changes.changed.connect(self._on_changes_changed)

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.ask()

    def ask(self) -> None:
        """Ask now, or once more after the answer that is awaited."""
        session = self._session
        if self._asking or session.prepared is None or session.executor is None:
            self._again = self._asking
            return
        database, actor = session.prepared.database, session.actor
        self._asking, self._again = True, False

        def work() -> Staff:
            from tcmdesk.features.identity.service.sign_in import standing

            return database.read(lambda connection: standing(connection, actor))

        operation = Operation(session.executor, work, owner=self, report=self._report)
        operation.on_done(self._on_answer).on_failed(self._on_refused).start()

    def _on_answer(self, staff: Staff) -> None:
        self._asking = False
        if staff != self._session.actor:
            self.changed.emit(staff)
        if self._again:
            self.ask()

    def _on_refused(self, error: BaseException) -> bool:
        self._asking = False
        if isinstance(error, UserError):
            self.ousted.emit(error)
            return True
        return isinstance(error, Unavailable)
