"""Asks for a doctor's free times; only the last answer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import board as reading

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import Opening
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

LOOK_AHEAD_DAYS: Final = 14


class OpeningsSource(QObject):
    """`found` brings the free starts (UTC), earliest first. A failure is silent: the strip stays as it was."""

    found = Signal(list)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._operation: Operation[tuple[Opening, ...]] | None = None

    def ask(self, doctor_id: str, begin: dt.datetime, minutes: int) -> None:
        """Look for times of `minutes` from `begin` on, over a fortnight; never before the present."""
        if self._operation is not None:
            self._operation.cancel()
        context = self._context
        begin = max(begin, context.clock.now())

        def look() -> tuple[Opening, ...]:
            return context.database.read(
                lambda connection: reading.openings(
                    connection, context.actor, doctor_id,
                    from_=begin, days=LOOK_AHEAD_DAYS, minutes=minutes, zone=context.zone,
                )
            )  # fmt: skip

        self._operation = context.operation(self, look)
        self._operation.on_done(self._on_look_done).on_failed(lambda _error: True).start()

    def _on_look_done(self, openings: tuple[Opening, ...]) -> None:
        self._operation = None
        self.found.emit([opening.starts_at for opening in openings])
