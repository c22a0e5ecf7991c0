"""Arriving, calling, walk-ins and video: what other features do with a card, as far as they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt

from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.types import Status, VisitType
from tcmdesk.features.appointments.ui.layout import CardSpot
from tcmdesk.features.visits.types import ARRIVE, CALL, Stage
from tcmdesk.ui.findings import Search
from tcmdesk.ui.shortcuts import KeyHint

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.patients.types import PatientMatch

ARRIVAL: Final = "arrival"
"""What a link to the board says of a person who has come."""


class BoardVisits(QObject):
    """Keys A, C, W and V of a board. Each is registered only when some feature does it."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        _ = self._ = screen.context.tr.gettext
        self.actions: Any = self._made("visit_actions")
        self._call: Any = self._made("video_call")
        self._has_walk_in = _offered("walk_in")
        add, allowed = screen.context.shortcuts.add, screen.context.allowed
        if self.actions is not None:
            self.actions.done.connect(self._on_actions_done)
            self.actions.card_requested.connect(self._on_actions_card_requested)
            if allowed(ARRIVE):
                add(screen, "A", _("Arrived"), self._arrive, rank=22)
                add(screen, "Shift+A", _("Take back the arrival"), self._undo_arrival, rank=37)
                add(screen, "Shift+N", _("Did not come"), self._no_show, rank=38)
                add(screen, "Shift+P", _("Print the ticket or slip"), self._print, rank=39)
                add(screen, "Ctrl+P", _("Print the doctor's day"), self._print_day, rank=39, listed=False)
            if allowed(CALL):
                add(screen, "C", _("Call"), self._call_next, rank=23)
                add(screen, "Shift+C", _("Into consultation, then finish"), self._advance, rank=24)
        if self._has_walk_in and allowed(ARRIVE):
            add(screen, "W", _("Walk-in"), self.walk_in, rank=25)
        if self._call is not None:
            add(screen, "V", _("Video call"), self._start_call, rank=26)

    def _made(self, name: str) -> Any:
        try:
            return panel(name)(self._screen.context, self._screen)
        except LookupError:
            return None

    def hints(self, card: AppointmentCard) -> list[KeyHint]:
        """What A, C and V do with a card."""
        _, allowed = self._, self._screen.context.allowed
        stage = card.visit.stage if card.visit else None
        open_ = card.status in {Status.PENDING, Status.CONFIRMED}
        hints = []
        if self.actions is not None and open_ and self._is_today(card):
            if allowed(ARRIVE) and stage in {None, Stage.EXPECTED, Stage.NO_SHOW}:
                hints.append(KeyHint("A", _("Arrived")))
            elif allowed(CALL) and stage in {Stage.ARRIVED, Stage.CALLED}:
                hints.append(KeyHint("C", _("Call")))
        if self._call is not None and open_ and card.visit_type is VisitType.VIDEO:
            hints.append(KeyHint("V", _("Video call")))
        return hints

    def _is_today(self, card: AppointmentCard) -> bool:
        zone = self._screen.context.zone
        return card.starts_at is not None and card.starts_at.astimezone(zone).date() == self._screen.today()

    def walk_in(self) -> None:
        """W: somebody without an appointment."""
        if self._has_walk_in:
            self._screen.sheets.show_panel("walk_in")

    def show_display(self) -> None:
        """The screen in the waiting room that shows who is called."""
        if self._screen.aside.waiting is not None:
            self._screen.aside.waiting.open_display()

    def _card(self) -> AppointmentCard | None:
        return self._screen.sheets.card_in_hand()

    def _arrive(self) -> None:
        card = self._card()
        if card is not None:
            self.actions.arrive(card)
        elif self._screen.days.chosen_day() == self._screen.today():
            search = Search(prompt=self._("Who has arrived?"), do=ARRIVAL)
            self._screen.context.navigator.find(search)

    def arrive_of(self, match: PatientMatch) -> None:
        """Note the arrival of somebody who was found by name; who has no appointment today walks in."""
        screen = self._screen
        layout = screen.grid.board
        cards = [placed.card for placed in layout.placed.values()] if layout is not None else []
        account = [card for card in cards if card.ref.user_id == match.ref.user_id and _is_expected(card)]
        own = [card for card in account if card.ref == match.ref or not card.patient_confirmed]
        found = min(own, key=lambda card: (card.ref != match.ref, card.starts_at), default=None)
        screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is not None and self.actions is not None:
            screen.grid.set_spot(CardSpot(found.appointment_id))
            self.actions.arrive(found)
        elif self._has_walk_in:
            screen.sheets.show_panel("walk_in")
            screen.sheets.offered("walk_in").prefill(match)

    def _undo_arrival(self) -> None:
        card = self._card()
        if card is not None and card.visit is not None:
            self.actions.undo_arrival(card)

    def _no_show(self) -> None:
        card = self._card()
        if card is not None:
            self.actions.no_show(card)

    def _print(self) -> None:
        card = self._card()
        if card is not None:
            self.actions.print_paper(card)

    def _print_day(self) -> None:
        doctor = self._screen.sheets.doctor_in_hand()
        if doctor is not None:
            day = self._screen.days.chosen_day()
            self.actions.print_day_list(doctor.doctor_id, doctor.name, day)

    def _call_next(self) -> None:
        """C: this one when it waits, else the one at the head of the waiting room, else of the column's doctor."""
        card = self._card()
        if card is not None and card.visit is not None and card.visit.waiting:
            self.actions.call(card)
            return
        waiting = self._screen.aside.waiting
        entry = waiting.next_entry() if waiting is not None else None
        doctor = self._screen.sheets.doctor_in_hand()
        if entry is not None:
            self.actions.call_next(entry.card.doctor_id)
        elif doctor is not None:
            self.actions.call_next(doctor.doctor_id)

    def _advance(self) -> None:
        card = self._card()
        if card is None or card.visit is None:
            return
        if card.visit.stage is Stage.IN_CONSULTATION:
            self.actions.finish(card)
        else:
            self.actions.start(card)

    def _start_call(self) -> None:
        card = self._card()
        if card is not None and card.visit_type is VisitType.VIDEO:
            self._call.start(card)

    def _on_actions_card_requested(self, appointment_id: str) -> None:
        self._screen.days.show_card(appointment_id)
        self._screen.open_card(appointment_id)

    def _on_actions_done(self, appointment_id: str) -> None:
        self._screen.days.want(CardSpot(appointment_id))
        self._screen.days.load()


def _is_expected(card: AppointmentCard) -> bool:
    come = card.visit is not None and card.visit.stage not in {Stage.EXPECTED, Stage.NO_SHOW}
    return card.status in {Status.PENDING, Status.CONFIRMED} and not come


def _offered(name: str) -> bool:
    try:
        panel(name)
    except LookupError:
        return False
    return True
