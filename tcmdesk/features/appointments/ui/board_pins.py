"""Appointments taken off the board to be put elsewhere: several at a time, over days and over a restart.

Each keeps its time in the database until it is moved, so nothing is lost whatever ends the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import views as service
from tcmdesk.features.appointments.types import BOOK, Span, Status
from tcmdesk.features.appointments.ui.carry import Carry
from tcmdesk.features.appointments.ui.pin_strip import PinStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.layout import CellSpot
    from tcmdesk.ui.operation import Operation

_TABLES = frozenset({"appointments", "desk_appointments", "desk_board_pins"})


class BoardPins(QObject):
    """The person's own pins, and which of them Enter would put down. `changed` when either changes."""

    changed = Signal()

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._cards: tuple[AppointmentCard, ...] = ()
        self._active: str | None = None
        self._operation: Operation[tuple[AppointmentCard, ...]] | None = None
        self.strip = PinStrip(screen.context, screen)
        self.strip.chosen.connect(self._activate)
        self.strip.returned.connect(self.put_back)

    @property
    def cards(self) -> tuple[AppointmentCard, ...]:
        return self._cards

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(card.appointment_id for card in self._cards)

    @property
    def active(self) -> AppointmentCard | None:
        """The one that Enter puts down on a free cell."""
        return next((card for card in self._cards if card.appointment_id == self._active), None)

    @property
    def offer(self) -> str:
        """Its name, for the free cell."""
        return self.active.patient_name if self.active else ""

    # reading

    def load(self) -> None:
        """Read the pins as they are now."""
        context = self._context
        if not context.allowed(BOOK):
            return
        if self._operation is not None:
            self._operation.cancel()

        def read() -> tuple[AppointmentCard, ...]:
            return context.database.read(
                lambda connection: service.pins(connection, context.actor, context.zone)
            )

        self._operation = context.operation(self, read)
        self._operation.on_done(self._on_read_done).on_failed(lambda _error: True).start()

    def refresh(self, tables: frozenset[str]) -> None:
        """Some tables changed: pinned appointments may have been moved or cancelled elsewhere."""
        if "desk_board_pins" in tables or (self._cards and tables & _TABLES):
            self.load()

    def _on_read_done(self, cards: tuple[AppointmentCard, ...]) -> None:
        self._operation = None
        for card in cards:
            if card.status not in {Status.PENDING, Status.CONFIRMED}:
                self._write(service.unpin, card.appointment_id)
        self.hold(tuple(card for card in cards if card.status in {Status.PENDING, Status.CONFIRMED}))

    # what the keys do

    def pin_or_next(self) -> None:
        """P: take the chosen card off; on a free cell, the next pinned one comes to hand."""
        carry = self._screen.grid.carry
        card = carry.card if carry is not None else self._screen.sheets.card_in_hand()
        if card is None:
            self._next()
        elif card.appointment_id in self.ids:
            self._activate(card.appointment_id)
        elif self._screen.sheets.movable(card):
            self.pin(card)

    def pin(self, card: AppointmentCard) -> None:
        """Take a card off the board."""
        self._screen.grid.set_carry(None)
        if self._screen.sheets.about_a_visit:
            self._screen.sheets.close()
        self._active = card.appointment_id
        self.hold((*self._cards, card))
        self._write(service.pin, card.appointment_id)

    def put_down(self, spot: CellSpot) -> bool:
        """Give the active one the time of a free cell; False when none is active."""
        card = self.active
        if card is None:
            return False
        self._screen.moves.put(Carry(card, spot.doctor_id, spot.minute, spot.ahead))
        return True

    def moved(self, appointment_id: str) -> None:
        """Somewhere it was given a time: it is pinned no longer."""
        if appointment_id in self.ids:
            self.put_back(appointment_id)

    def let_go(self) -> bool:
        """Esc: the active one stays where it was; False when there is none."""
        if self.active is None:
            return False
        card = self.active
        self.put_back(card.appointment_id)
        if self._screen.days.view.span is not Span.MONTH:
            self._screen.days.show_card(card.appointment_id)
        return True

    def put_back(self, appointment_id: str) -> None:
        """Leave it where it was."""
        self.hold(tuple(card for card in self._cards if card.appointment_id != appointment_id))
        self._write(service.unpin, appointment_id)

    def _next(self) -> None:
        ids = [card.appointment_id for card in self._cards]
        if ids:
            at = ids.index(self._active) + 1 if self._active in ids else 0
            self._activate(ids[at % len(ids)])

    def _activate(self, appointment_id: str) -> None:
        self._active = appointment_id
        self.hold(self._cards)

    def hold(self, cards: tuple[AppointmentCard, ...]) -> None:
        """Show these as pinned; what is stored stays as it is."""
        self._cards = cards
        if self.active is None:
            self._active = cards[-1].appointment_id if cards else None
        self.strip.show_cards(cards, self._active)
        self.changed.emit()

    def _write(self, work: Callable[[UnitOfWork, Actor, str], None], appointment_id: str) -> None:
        context = self._context

        def write() -> None:
            context.database.write(
                context.actor, f"appointments:board:{work.__name__}",
                lambda uow: work(uow, context.actor, appointment_id),
            )  # fmt: skip

        context.operation(self, write).start()
