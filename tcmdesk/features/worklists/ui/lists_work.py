"""What is done with rows of the lists, each with its words and its way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import Conflict, Unavailable
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.service import desk as bookings
from tcmdesk.features.appointments.types import (
    CancelAppointment,
    EditAppointment,
    RestoreAppointment,
    SetStatus,
    Status,
)
from tcmdesk.features.worklists.service import desk
from tcmdesk.features.worklists.types import SNOOZE_DAYS, ListName
from tcmdesk.features.worklists.ui.words import name_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.patients.types import FamilyMember
    from tcmdesk.features.worklists.types import ListRow
    from tcmdesk.ui.context import UiContext

    Work = Callable[[Database, Actor, str], object]


class ListsWork(QObject):
    """Confirms, cancels, says for whom, writes, puts off. `done` brings the row's subject, `refused` the error too."""

    done = Signal(str)
    refused = Signal(str, object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._ = context.tr.gettext

    def confirm(self, row: ListRow) -> None:
        """Confirm an unconfirmed booking."""
        command = SetStatus(row.card.appointment_id, row.card.version, Status.CONFIRMED)
        self._start(
            row,
            lambda database, actor, op_id: bookings.set_status(database, actor, command, op_id=op_id),
            self._("{name} confirmed"),
            undo=lambda: self._unconfirm(row),
        )

    def _unconfirm(self, row: ListRow) -> None:
        context = self._context

        def look(database: Database, actor: Actor, op_id: str) -> None:
            card = database.read(
                lambda connection: reading.appointment(
                    connection, actor, row.card.appointment_id, context.zone
                )
            )
            command = SetStatus(card.appointment_id, card.version, Status.PENDING)
            bookings.set_status(database, actor, command, op_id=op_id)

        self._start(row, look, self._("{name} is unconfirmed again"))

    def cancel(self, row: ListRow, reason: str) -> None:
        """Cancel with a reason that the patient is told; undo claims the time again."""
        command = CancelAppointment(row.card.appointment_id, row.card.version, reason)
        restore = RestoreAppointment(row.card.appointment_id, row.card.status)
        self._start(
            row,
            lambda database, actor, op_id: bookings.cancel(database, actor, command, op_id=op_id),
            self._("{name}'s appointment is cancelled"),
            undo=lambda: self._start(
                row,
                lambda database, actor, op_id: bookings.restore(database, actor, restore, op_id=op_id),
                self._("{name}'s appointment holds again"),
            ),
        )

    def say_whom(self, row: ListRow, member: FamilyMember) -> None:
        """Say for whom of the account a booking of the platform is."""
        zone, appointment_id = self._context.zone, row.card.appointment_id

        def edit(database: Database, actor: Actor, op_id: str) -> None:
            # the list's text may be cut: the edit starts from the whole
            card: AppointmentCard = database.read(
                lambda connection: reading.appointment(connection, actor, appointment_id, zone)
            )
            command = EditAppointment(
                appointment_id, card.version, card.visit_type, card.kind, card.symptoms, member.ref
            )
            bookings.edit(database, actor, command, op_id=op_id)

        self._start(row, edit, self._("The booking is for {name}"), name=member.name)

    def remind(self, name: ListName, row: ListRow) -> None:
        """Write to the patient."""
        zone = self._context.zone
        self._start(
            row,
            lambda database, actor, op_id: desk.remind(database, actor, name, row, zone, op_id=op_id),
            self._("{name} is written to"),
        )

    def put_off(self, name: ListName, row: ListRow, until: dt.date | None) -> None:
        """Take a row off the list until a day, or for good."""
        said = (
            self._("{name} is off the list")
            if until is None
            else self._("{name} is off the list for {days} days").replace("{days}", str(SNOOZE_DAYS))
        )
        self._start(
            row,
            lambda database, actor, op_id: desk.put_off(
                database, actor, name, row.subject, until, op_id=op_id
            ),
            said,
            undo=lambda: self._start(
                row,
                lambda database, actor, op_id: desk.list_again(
                    database, actor, name, row.subject, op_id=op_id
                ),
                self._("{name} is on the list again"),
            ),
        )

    def seen(self, rows: Sequence[ListRow]) -> None:
        """Note that the reader has these in front of them; nothing is said of it."""
        context = self._context
        context.operation(
            self, lambda: desk.seen(context.database, context.actor, rows, op_id=uuid7())
        ).on_failed(lambda _error: True).start()

    def set_sound(self, on: bool) -> None:
        """Turn the sound of new bookings on or off."""
        context = self._context
        context.operation(
            self, lambda: desk.set_sound(context.database, context.actor, on, op_id=uuid7())
        ).start()

    def _start(
        self,
        row: ListRow,
        work: Work,
        said: str,
        *,
        undo: Callable[[], None] | None = None,
        name: str = "",
        op_id: str | None = None,
    ) -> None:
        context, op_id = self._context, op_id or uuid7()
        text = said.format(name=name or name_text(context.tr, row))

        def succeeded(_result: object) -> None:
            context.messages.withdraw("error")
            context.messages.done(text, undo=undo)
            self.done.emit(row.subject)

        def failed(error: BaseException) -> bool:
            self.refused.emit(row.subject, error)
            if isinstance(error, Unavailable):
                context.messages.show_error(
                    error, retry=lambda: self._start(row, work, said, undo=undo, name=name, op_id=op_id)
                )
                return True
            if isinstance(error, Conflict) and error.code == "appointments.changed":
                context.messages.warn(
                    self._("Someone changed this appointment just now. Look at it and try again"), key="error"
                )
                return True
            return False

        operation = context.operation(self, lambda: work(context.database, context.actor, op_id))
        operation.on_done(succeeded).on_failed(failed).start()
