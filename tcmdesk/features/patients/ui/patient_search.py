"""Asks for patients while someone types: after a short pause, and only the last answer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from tcmdesk.features.patients.service.search import search

if TYPE_CHECKING:
    from tcmdesk.features.patients.types import PatientMatch
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

PAUSE_MS: Final = 60
"""How long typing must pause before the database is asked."""


class PatientSearch(QObject):
    """`found` brings the matches and the text they are for."""

    found = Signal(tuple, str)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = ""
        self._operation: Operation[tuple[PatientMatch, ...]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)

    @property
    def running(self) -> bool:
        """Whether an answer for the last text is still to come."""
        return self._pause.isActive() or self._operation is not None

    def look_for(self, typed: str) -> None:
        """Look once typing pauses; an empty text finds nobody, at once."""
        self.forget()
        self._typed = typed.strip()
        if self._typed:
            self._pause.start()
        else:
            self.found.emit((), "")

    def forget(self) -> None:
        """Drop what is under way."""
        self._pause.stop()
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None

    def _on_pause_timeout(self) -> None:
        context, typed = self._context, self._typed

        def find() -> tuple[PatientMatch, ...]:
            return context.database.read(lambda connection: search(connection, context.actor, typed))

        self._operation = context.operation(self, find)
        self._operation.on_done(lambda matches: self._on_find_done(matches, typed))
        self._operation.on_failed(self._on_find_failed).start()

    def _on_find_done(self, matches: tuple[PatientMatch, ...], typed: str) -> None:
        self._operation = None
        self.found.emit(matches, typed)

    def _on_find_failed(self, _error: BaseException) -> bool:
        self._operation = None
        return False
