"""What is done with the waitlist, each with its words and its way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import Unavailable
from tcmdesk.core.ids import uuid7
from tcmdesk.features.waitlist.service import desk
from tcmdesk.features.waitlist.types import MakeOffer
from tcmdesk.features.waitlist.ui.words import patient_text, start_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.waitlist.types import Entry, Offer
    from tcmdesk.ui.context import UiContext


class WaitlistWork(QObject):
    """Offers, accepts, declines, withdraws and takes off; says so in the message bar.

    `done` brings the entry's id once it holds, `refused` the id and the error. One `op_id` a wish, kept when the
    database was away and the same wish is tried again.
    """

    done = Signal(str)
    refused = Signal(str, object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._ = context.tr.gettext

    def offer(self, entry: Entry, doctor_id: str, starts_at: dt.datetime) -> None:
        """Keep a time for someone and tell them."""
        command = MakeOffer(uuid7(), entry.entry_id, doctor_id, starts_at)

        def said(made: object) -> str:
            until = made.expires_at.astimezone(self._context.zone)  # type: ignore[attr-defined]
            return self._("{time} is kept for {patient} until {until}").format(
                time=self._time(starts_at), patient=self._name(entry), until=f"{until:%H:%M}"
            )

        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.make_offer(database, actor, command, op_id=op_id),
            said,
            undo=lambda: self._end(entry, command.offer_id),
        )

    def accept(self, entry: Entry, offer: Offer) -> None:
        """Book what was offered."""
        words = {"time": self._time(offer.starts_at), "patient": self._name(entry)}
        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.accept(database, actor, offer.offer_id, op_id=op_id),
            lambda _made: self._("{patient} is booked at {time}").format(**words),
        )

    def decline(self, entry: Entry, offer: Offer) -> None:
        """They do not want it; they go on waiting."""
        words = {"time": self._time(offer.starts_at), "patient": self._name(entry)}
        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.decline(database, actor, offer.offer_id, op_id=op_id),
            lambda _made: self._("{patient} declined {time}: the time is free again").format(**words),
        )

    def withdraw(self, entry: Entry, offer: Offer) -> None:
        """The clinic needs the time itself."""
        self._end(entry, offer.offer_id)

    def take_off(self, entry: Entry) -> None:
        """Take someone off the list."""
        name = self._name(entry)
        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.take_off(database, actor, entry.entry_id, op_id=op_id),
            lambda _made: self._("{patient} is off the waitlist").format(patient=name),
            undo=lambda: self._put_back(entry),
        )

    def _put_back(self, entry: Entry) -> None:
        name = self._name(entry)
        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.put_back(database, actor, entry.entry_id, op_id=op_id),
            lambda _made: self._("{patient} waits again").format(patient=name),
        )

    def _end(self, entry: Entry, offer_id: str) -> None:
        name = self._name(entry)
        self._start(
            entry.entry_id,
            lambda database, actor, op_id: desk.withdraw(database, actor, offer_id, op_id=op_id),
            lambda _made: self._("The offer to {patient} is withdrawn").format(patient=name),
        )

    def _name(self, entry: Entry) -> str:
        return patient_text(self._context.tr, entry)

    def _time(self, moment: dt.datetime) -> str:
        context = self._context
        today = context.clock.now().astimezone(context.zone).date()
        return start_text(context.tr, moment, context.zone, today)

    def _start(
        self,
        entry_id: str,
        work: Callable[[Database, Actor, str], object],
        said: Callable[[object], str],
        *,
        undo: Callable[[], None] | None = None,
        op_id: str | None = None,
    ) -> None:
        context, op_id = self._context, op_id or uuid7()

        def succeeded(result: object) -> None:
            context.messages.withdraw("error")
            context.messages.done(said(result), undo=undo)
            self.done.emit(entry_id)

        def failed(error: BaseException) -> bool:
            self.refused.emit(entry_id, error)
            if isinstance(error, Unavailable):
                context.messages.show_error(
                    error, retry=lambda: self._start(entry_id, work, said, undo=undo, op_id=op_id)
                )
                return True
            return False

        operation = context.operation(self, lambda: work(context.database, context.actor, op_id))
        operation.on_done(succeeded).on_failed(failed).start()
