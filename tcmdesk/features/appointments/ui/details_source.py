"""Reads one appointment whole, with the family it may be for; the newest request wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import UserError
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.patients.service.people import family

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.patients.types import FamilyMember
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


@dataclass(frozen=True, slots=True)
class Details:
    """The appointment with its whole text, and the persons of the account."""

    card: AppointmentCard
    members: tuple[FamilyMember, ...]


class DetailsSource(QObject):
    """`found` brings `Details`, `refused` the `UserError` that says why there are none."""

    found = Signal(object)
    refused = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._operation: Operation[Details] | None = None

    @property
    def loading(self) -> bool:
        return self._operation is not None

    def ask(self, appointment_id: str) -> None:
        """Read the row as it is now."""
        if self._operation is not None:
            self._operation.cancel()
        context = self._context

        def both(connection: object) -> Details:
            card = reading.appointment(connection, context.actor, appointment_id, context.zone)
            return Details(card, family(connection, context.actor, card.ref.user_id))

        self._operation = context.operation(self, lambda: context.database.read(both))
        self._operation.on_done(self._on_read_done).on_failed(self._on_read_failed).start()

    def _on_read_done(self, details: Details) -> None:
        self._operation = None
        self.found.emit(details)

    def _on_read_failed(self, error: BaseException) -> bool:
        self._operation = None
        if isinstance(error, UserError):
            self.refused.emit(error)
            return True
        return False
