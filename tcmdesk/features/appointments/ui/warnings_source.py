"""Asks what speaks against a booking, once the choice has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from tcmdesk.features.appointments.service import board as reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.appointments.types import BookAppointment, BookingWarning
    from tcmdesk.ui.context import UiContext

ASK_AFTER_MS: Final = 120


class WarningsSource(QObject):
    """`found` brings the sentences about the booking that `current` describes; late answers are dropped.

    A failure is silent: booking asks the same again.
    """

    found = Signal(str)

    def __init__(
        self, context: UiContext, current: Callable[[], BookAppointment | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._current = current
        self._asked = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(ASK_AFTER_MS)
        self._later.timeout.connect(self._on_later_timeout)

    def ask_soon(self) -> None:
        """The choice changed; ask when it stays so for a moment."""
        self._later.start()

    def stop(self) -> None:
        """Drop what is asked: the booking itself is tried now, and its refusal must stay readable."""
        self._later.stop()
        self._asked += 1

    def _on_later_timeout(self) -> None:
        command = self._current()
        self._asked += 1
        asked = self._asked
        if command is None:
            return
        context, now = self._context, self._context.clock.now()

        def look() -> tuple[BookingWarning, ...]:
            return context.database.read(
                lambda connection: reading.warnings(
                    connection, context.actor, command, zone=context.zone, now=now
                )
            )

        def show(found: tuple[BookingWarning, ...]) -> None:
            if asked == self._asked and command == self._current():
                self.found.emit("  ".join(each.text(context.tr) for each in found))

        context.operation(self, look).on_done(show).on_failed(lambda _error: True).start()
