"""Steps of a visit from wherever a card is shown: carried out, said, and taken back when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import Conflict, TranslatableError, Unavailable
from tcmdesk.core.ids import uuid7
from tcmdesk.features.reception.service import desk
from tcmdesk.features.reception.ui.papers import Papers
from tcmdesk.features.reception.ui.words import number_text
from tcmdesk.features.visits.types import Stage
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.reception.types import QueueEntry
    from tcmdesk.ui.context import UiContext

T = TypeVar("T")


class VisitActions(QObject):
    """Arrive, call, start, finish, did not come; each with its words and its way back.

    `done` brings the appointment's id once a step holds, `refused` the error after it was said. One `op_id` a wish,
    kept when the database was away and the same wish is tried again. `card_requested` asks to open an appointment.
    """

    done = Signal(str)
    refused = Signal(object)
    card_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ = context.tr.gettext

    def arrive(self, card: AppointmentCard) -> None:
        """Somebody is here: a number is given. Whom a platform booking is for is asked, and can wait."""
        self._step(
            card, desk.arrive, self._("{number} {name} has arrived"), Stage.ARRIVED, self._ask_for_whom
        )

    def call(self, card: AppointmentCard) -> None:
        """Call somebody who waits, or again; somebody who has not come yet is refused."""
        count = card.visit.call_count if card.visit is not None else 0
        context = self._context
        self._run(
            card,
            lambda op_id: desk.call(
                context.database, context.actor, card.appointment_id, count, context.zone, op_id=op_id
            ),
            self._say_called,
        )

    def call_next(self, doctor_id: str) -> None:
        """Call whoever is next with a doctor."""
        context = self._context
        self._carry_out(
            lambda op_id: desk.call_next(
                context.database, context.actor, doctor_id, context.zone, op_id=op_id
            ),
            self._on_next_called,
        )

    def start(self, card: AppointmentCard) -> None:
        """The consultation begins."""
        said = self._("{number} {name} is in consultation")
        self._step(card, desk.start, said, Stage.IN_CONSULTATION)

    def finish(self, card: AppointmentCard) -> None:
        """The consultation is over, and the appointment with it."""
        self._step(card, desk.finish, self._("{number} {name} is finished"), Stage.FINISHED)

    def no_show(self, card: AppointmentCard) -> None:
        """Somebody did not come."""
        self._step(card, desk.no_show, self._("{number} {name} did not come"), Stage.NO_SHOW)

    def undo_arrival(self, card: AppointmentCard) -> None:
        """Take an arrival back; the number stays the person's."""
        self._undo(card, Stage.ARRIVED)

    def print_paper(self, card: AppointmentCard) -> None:
        """Print the ticket of somebody who waits, else the slip of an appointment."""
        if card.visit is not None and card.visit.waiting:
            self.print_ticket(card)
        else:
            self.print_slip(card)

    def print_ticket(self, card: AppointmentCard) -> None:
        """Print the ticket of somebody who has come."""
        self._papers().print_ticket(card.appointment_id)

    def print_slip(self, card: AppointmentCard) -> None:
        """Print an appointment."""
        self._papers().print_slip(card.appointment_id)

    def print_day_list(self, doctor_id: str, doctor_name: str, day: dt.date) -> None:
        """Print a doctor's day."""
        self._papers().print_day_list(doctor_id, doctor_name, day)

    def _papers(self) -> Papers:
        return Papers(self._context, self)

    # carrying out

    def _step(
        self,
        card: AppointmentCard,
        step: Callable[..., QueueEntry],
        said: str,
        reached: Stage,
        afterwards: Callable[[QueueEntry], None] = lambda _entry: None,
    ) -> None:
        context = self._context

        def say(entry: QueueEntry) -> None:
            undo = Action(self._("Undo"), lambda: self._undo(entry.card, reached), "Ctrl Z")
            context.messages.post(Message(self._fill(said, entry), "info", actions=(undo,), key="visit"))
            afterwards(entry)

        self._run(
            card,
            lambda op_id: step(
                context.database, context.actor, card.appointment_id, context.zone, op_id=op_id
            ),
            say,
        )

    def _undo(self, card: AppointmentCard, seen: Stage) -> None:
        context = self._context
        said = self._("{number} {name}: taken back")
        self._run(
            card,
            lambda op_id: desk.undo(context.database, context.actor, card.appointment_id, seen, op_id=op_id),
            lambda entry: context.messages.done(self._fill(said, entry), key="visit"),
        )

    def _run(
        self, card: AppointmentCard, work: Callable[[str], QueueEntry], say: Callable[[QueueEntry], None]
    ) -> None:
        def finished(entry: QueueEntry) -> None:
            self._context.messages.withdraw("error")
            say(entry)
            self.done.emit(card.appointment_id)

        self._carry_out(work, finished)

    def _carry_out(self, work: Callable[[str], T], done: Callable[[T], None]) -> None:
        context, op_id = self._context, uuid7()

        def start() -> None:
            context.operation(self, lambda: work(op_id)).on_done(done).on_failed(
                lambda error: self._failed(error, start)
            ).start()

        start()

    def _failed(self, error: BaseException, again: Callable[[], None]) -> bool:
        if not isinstance(error, TranslatableError):
            return False
        retry = again if isinstance(error, Unavailable) else None
        self._context.messages.show_error(error, retry=retry)
        if isinstance(error, Conflict) or retry is None:
            self.refused.emit(error)
        return True

    # words

    def _fill(self, said: str, entry: QueueEntry) -> str:
        visit = entry.card.visit
        number = number_text(self._context.tr, visit.number if visit is not None else None)
        return said.format(number=number, name=entry.card.patient_name).strip()

    def _say_called(self, entry: QueueEntry) -> None:
        said = (
            self._("{number} {name} is called to {room}")
            if entry.room
            else self._("{number} {name} is called")
        )
        words = said.format(number=number_text(self._context.tr, entry.number), name=entry.card.patient_name,
                            room=entry.room)  # fmt: skip
        undo = lambda: self._undo(entry.card, Stage.CALLED)  # noqa: E731
        self._context.messages.done(words, undo=undo, key="visit")

    def _on_next_called(self, entry: QueueEntry | None) -> None:
        if entry is None:
            self._context.messages.post(Message(self._("Nobody waits for this doctor"), "info", key="visit"))
            return
        self._context.messages.withdraw("error")
        self._say_called(entry)
        self.done.emit(entry.card.appointment_id)

    def _ask_for_whom(self, entry: QueueEntry) -> None:
        card = entry.card
        if card.patient_confirmed:
            return
        said = self._("The platform says only whose account it is: {name}. Choose for whom")
        choose = Action(self._("For whom"), lambda: self.card_requested.emit(card.appointment_id))
        self._context.messages.warn(said.format(name=card.account_name), actions=(choose,), key="for_whom")
