"""Starts a video call from wherever a card is: the board's key V, the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.features.appointments.types import Status, VisitType
from tcmdesk.features.consultations.types import CALL
from tcmdesk.features.consultations.ui.waiting_bell import bell_of

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.ui.context import UiContext


class VideoCall(QObject):
    """Made with the context; `start` takes an appointment's card."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ = context.tr.gettext
        bell_of(context)

    def start(self, card: AppointmentCard) -> None:
        """Open the panel for a doctor's own visit; to everybody else the list with the patient's link."""
        context, _ = self._context, self._
        if card.visit_type is not VisitType.VIDEO:
            context.messages.warn(
                _("This appointment is in person. Change it to video in its details first.")
            )
        elif card.status in {Status.CANCELLED, Status.COMPLETED}:
            context.messages.warn(_("This appointment is over or cancelled."))
        elif context.allowed(CALL) and getattr(context.actor, "doctor_id", None) == card.doctor_id:
            context.dock.open(context, "call_panel").begin(card.appointment_id)
        else:
            context.navigator.open("video", appointment=card.appointment_id)
