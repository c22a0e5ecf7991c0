"""What the board does to appointments, each with its words and its way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import Conflict, Unavailable
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    AppointmentCard,
    BookingWarning,
    CancelAppointment,
    MoveAppointment,
    RestoreAppointment,
    SetStatus,
    Status,
)
from tcmdesk.features.appointments.ui.words import when_text
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.ui.context import UiContext

T = TypeVar("T")


class BoardWork(QObject):
    """Moves, cancels, confirms and completes; says so in the message bar, where it can be undone.

    `done` brings the appointment's id once it holds, `refused` the id and the error. One `op_id` a wish,
    kept when the database was away and the same wish is tried again.
    """

    done = Signal(str)
    refused = Signal(str, object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._ = context.tr.gettext

    def move(
        self,
        card: AppointmentCard,
        doctor_id: str,
        starts_at: dt.datetime,
        minutes: int | None = None,
        *,
        can_return: bool = True,
    ) -> None:
        """Give an appointment another doctor, time or length; `can_return` False when its old time is taken."""
        command = MoveAppointment(
            card.appointment_id, card.version, doctor_id, starts_at, minutes or card.minutes
        )
        when = when_text(self._context.tr, starts_at, self._context.zone)
        said = self._("{name} moved to {when}").format(name=card.patient_name, when=when)
        undo = None
        if can_return and card.starts_at is not None:
            undo = self._undo(card, lambda now: self.move(now, card.doctor_id, card.starts_at, card.minutes))
        zone, now = self._context.zone, self._context.clock.now()

        def move(database: Database, actor: Actor, op_id: str) -> tuple[BookingWarning, ...]:
            desk.move(database, actor, command, op_id=op_id)
            return database.read(
                lambda connection: reading.warnings(connection, actor, command, zone=zone, now=now)
            )

        self._run(card, move, said, undo)

    def cancel(self, card: AppointmentCard, reason: str) -> None:
        """Cancel with a reason; undo claims the time again."""
        command = CancelAppointment(card.appointment_id, card.version, reason)
        said = self._("{name}'s appointment is cancelled").format(name=card.patient_name)
        self._run(
            card,
            lambda database, actor, op_id: desk.cancel(database, actor, command, op_id=op_id),
            said,
            lambda: self.restore(card, card.status),
        )

    def restore(self, card: AppointmentCard, status: Status = Status.CONFIRMED) -> None:
        """Take a cancellation back, if the time is still free."""
        before = Status.CONFIRMED if status is Status.CANCELLED else status
        command = RestoreAppointment(card.appointment_id, before)
        said = self._("{name}'s appointment holds again").format(name=card.patient_name)
        self._run(
            card,
            lambda database, actor, op_id: desk.restore(database, actor, command, op_id=op_id),
            said,
            None,
        )

    def set_status(self, card: AppointmentCard, status: Status) -> None:
        """Confirm or complete."""
        command = SetStatus(card.appointment_id, card.version, status)
        message = self._("{name} confirmed") if status is Status.CONFIRMED else self._("{name} completed")
        self._run(
            card,
            lambda database, actor, op_id: desk.set_status(database, actor, command, op_id=op_id),
            message.format(name=card.patient_name),
            self._undo(card, lambda now: self.set_status(now, card.status)),
        )

    def keep_overlap(self, appointment_ids: tuple[str, ...]) -> None:
        """Both bookings stay on purpose."""
        self._start(
            appointment_ids[0],
            lambda database, actor, op_id: desk.keep_overlap(database, actor, appointment_ids, op_id=op_id),
            self._("Both bookings stay"),
            None,
            uuid7(),
        )

    def _undo(self, card: AppointmentCard, again: Callable[[AppointmentCard], None]) -> Callable[[], None]:
        """Read the row as it is now, and do the opposite to that."""
        context = self._context

        def look() -> AppointmentCard:
            return context.database.read(
                lambda connection: reading.appointment(
                    connection, context.actor, card.appointment_id, context.zone
                )
            )

        return lambda: (context.operation(self, look).on_done(again).start(), None)[1]

    def _run(
        self,
        card: AppointmentCard,
        work: Callable[[Database, Actor, str], object],
        said: str,
        undo: Callable[[], None] | None,
    ) -> None:
        self._start(card.appointment_id, work, said, undo, uuid7())

    def _start(
        self,
        appointment_id: str,
        work: Callable[[Database, Actor, str], T],
        said: str,
        undo: Callable[[], None] | None,
        op_id: str,
    ) -> None:
        context = self._context

        def succeeded(result: T) -> None:
            context.messages.withdraw("error")
            found = [each.text(context.tr) for each in result] if isinstance(result, tuple) else []
            self._say("  ".join([said, *found]), undo, look=bool(found))
            self.done.emit(appointment_id)

        def failed(error: BaseException) -> bool:
            self.refused.emit(appointment_id, error)
            if isinstance(error, Unavailable):
                context.messages.show_error(
                    error, retry=lambda: self._start(appointment_id, work, said, undo, op_id)
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

    def _say(self, text: str, undo: Callable[[], None] | None, *, look: bool) -> None:
        """What was done, in amber when someone should look at it."""
        if not look:
            self._context.messages.done(text, undo=undo)
            return
        actions = (Action(self._("Undo"), undo, "Ctrl Z"),) if undo else ()
        self._context.messages.post(Message(text, "warn", actions=actions, key="done"))
