"""What the walk-in sheet has to know: when each doctor is free, and whether somebody has an appointment today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.reception.service import offers

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import BookingWarning
    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.ui.context import UiContext


class WalkInSource(QObject):
    """Reads for the sheet. `offers_found` brings `Offer`s, `booked_today` a `PatientRef` and the translated sentence."""

    offers_found = Signal(tuple)
    booked_today = Signal(object, str)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask_offers(self) -> None:
        """When each doctor could see somebody who comes now."""
        context, now = self._context, self._context.clock.now()
        context.operation(
            self,
            lambda: context.database.read(
                lambda connection: offers.offers(connection, context.actor, now, context.zone)
            ),
        ).on_done(self.offers_found.emit).start()

    def ask_today(self, ref: PatientRef, doctor_id: str) -> None:
        """Whether somebody has an appointment today, before a second one is made."""
        context, now = self._context, self._context.clock.now()

        def say(found: tuple[BookingWarning, ...]) -> None:
            if found:
                self.booked_today.emit(ref, found[0].text(context.tr))

        context.operation(
            self,
            lambda: context.database.read(
                lambda connection: offers.booked_today(
                    connection, context.actor, ref, doctor_id, now, context.zone
                )
            ),
        ).on_done(say).on_failed(lambda _error: True).start()
