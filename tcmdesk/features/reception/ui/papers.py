"""Papers of the front desk: read, set and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.reception.service import paper

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.reception.types import DayList, Slip, Ticket
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.printing.blocks import PaperDocument
    from tcmdesk.ui.printing.preview import PreviewDialog


class Papers(QObject):
    """Reads what a paper says and hands it to the printer. `shown` brings the preview where one was opened."""

    shown = Signal(object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def print_ticket(self, appointment_id: str) -> None:
        """The ticket of somebody who has come."""
        context = self._context

        def read() -> Ticket:
            return context.database.read(
                lambda connection: paper.ticket(connection, context.actor, appointment_id, context.zone)
            )

        context.operation(self, read).on_done(self._on_ticket_read).start()

    def print_slip(self, appointment_id: str) -> None:
        """An appointment to take home."""
        context = self._context

        def read() -> Slip:
            return context.database.read(
                lambda connection: paper.slip(connection, context.actor, appointment_id, context.zone)
            )

        context.operation(self, read).on_done(self._on_slip_read).start()

    def print_day_list(self, doctor_id: str, doctor_name: str, day: dt.date) -> None:
        """A doctor's day."""
        context = self._context

        def read() -> DayList:
            return context.database.read(
                lambda connection: paper.day_list(
                    connection, context.actor, doctor_id, doctor_name, day, context.zone
                )
            )

        context.operation(self, read).on_done(self._on_day_list_read).start()

    # the kit of printing is imported when something is printed: start-up pays for nothing it does not show

    def _on_ticket_read(self, data: Ticket) -> None:
        from tcmdesk.features.reception.ui import documents

        self._print(documents.ticket(data, self._context.tr, self._context.zone))

    def _on_slip_read(self, data: Slip) -> None:
        from tcmdesk.features.reception.ui import documents

        today = self._context.clock.now().astimezone(self._context.zone).date()
        self._print(documents.slip(data, self._context.tr, self._context.zone, today))

    def _on_day_list_read(self, data: DayList) -> None:
        from tcmdesk.features.reception.ui import documents

        self._print(documents.day_list(data, self._context.tr, self._context.zone))

    def _print(self, document: PaperDocument) -> None:
        from tcmdesk.ui.printing.printing import Printing

        dialog: PreviewDialog | None = Printing(self._context).print(document)
        if dialog is not None:
            self.shown.emit(dialog)
