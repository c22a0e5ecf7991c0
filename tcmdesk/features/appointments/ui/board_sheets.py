"""Which sheet stands beside the board, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tcmdesk.features.appointments.types import BOOK, AppointmentCard, DoctorColumn, Status
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot, Spot, instant_of
from tcmdesk.features.appointments.ui.sheet_set import SheetSet
from tcmdesk.features.schedules.types import LEAVE
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import Opening, VisitType
    from tcmdesk.features.appointments.ui.booking_panel import BookingPanel
    from tcmdesk.features.appointments.ui.cancel_dialog import CancelDialog
    from tcmdesk.features.appointments.ui.placing import ClashFrame
    from tcmdesk.features.patients.types import PatientMatch
    from tcmdesk.ui.sheet import Sheet


class BoardSheets(SheetSet):
    """Opens the sheets, and carries their wishes to the screen and the services."""

    # opening and leaving

    def book(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """Begin a booking, or aim the one that is open or waits behind the openings."""
        waiting, self._waiting_booking = self._waiting_booking, None
        if waiting is not None and waiting is self._booking:
            self._host.show(waiting)
        if self._host.current is self.booking:
            self.booking.aim(doctor, starts_at)
            self.booking.who.focus_search()
            return
        self._context.messages.withdraw("aside")
        self._host.show(self.booking)
        self.booking.begin(doctor, starts_at)

    def show(self, sheet: Sheet) -> None:
        """Open a sheet that is ready; a booking with something typed in it is put aside, not lost."""
        if self.dirty:
            self._put_aside()
        self._host.show(sheet)
        sheet.take_focus()

    def find_openings(self) -> None:
        """F: the next free cells, from the shown day on."""
        if not self._context.allowed(BOOK):
            return
        zone, now = self._context.zone, self._context.clock.now()
        begin = max(now, instant_of(self._screen.days.scope.first, 0, zone))
        self.openings.begin(self._screen.days.everybody, begin)
        self.show(self.openings)

    def find_for(self, booking: BookingPanel, doctor: DoctorColumn) -> None:
        """More openings for the booking that is open, which waits as it is."""
        self._waiting_booking = booking
        zone, now = self._context.zone, self._context.clock.now()
        begin = max(now, instant_of(self._screen.days.scope.first, 0, zone))
        self.openings.begin(self._screen.days.everybody, begin, whom=doctor.name)
        self._host.show(self.openings)
        self.openings.take_focus()

    def book_opening(self, opening: Opening, visit_type: VisitType | None = None) -> None:
        """Begin a booking at a free time, whichever day and doctor it is."""
        day = opening.starts_at.astimezone(self._context.zone).date()
        doctors = self._screen.days.everybody
        doctor = next((each for each in doctors if each.doctor_id == opening.doctor_id), None)
        if doctor is None:
            return
        self._screen.days.reach(opening.doctor_id, day)
        self.book(doctor, opening.starts_at)
        self.booking.prefer(opening.minutes, visit_type)
        self._results.show_target(opening.doctor_id, opening.starts_at)

    def show_panel(self, name: str) -> None:
        """Open a sheet that another feature offers."""
        sheet = self.offered(name)
        if self._host.current is not sheet and not getattr(sheet, "dirty", False):
            sheet.begin()
        self.show(sheet)

    def leave_sheet(self) -> None:
        """L: leave of the doctor whose column is chosen."""
        doctor, day = self.doctor_in_hand(), self._screen.days.chosen_day()
        if doctor is None or not self._context.allowed(LEAVE):
            return
        from tcmdesk.features.appointments.ui.leave_sheet import LeaveSheet

        sheet = LeaveSheet(self._context, doctor.doctor_id, doctor.name, day, self._screen)
        self._adopt(sheet)
        sheet.close_requested.connect(sheet.deleteLater)
        self.show(sheet)

    def doctor_in_hand(self) -> DoctorColumn | None:
        """The doctor of the column that has the keyboard."""
        layout, spot = self._screen.grid.board, self._screen.grid.spot
        place = layout.interval(spot) if layout is not None and spot is not None else None
        return layout.doctors[place[0]] if place is not None else None

    def prefill(self, match: PatientMatch) -> None:
        """Take a patient that was found before the booking began."""
        if self._host.current is self._booking and self._booking is not None:
            self._booking.who.patient.pick(match)
            self._booking.who.focus_search()

    def find(self, match: PatientMatch) -> None:
        """Someone of the day is shown; for anyone else a booking begins."""
        layout, grid = self._screen.grid.board, self._screen.grid
        if layout is None:
            return
        placed = sorted(layout.placed.values(), key=lambda each: each.card.ref != match.ref)
        found = next((each for each in placed if each.card.ref.user_id == match.ref.user_id), None)
        grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is not None:
            grid.set_spot(CardSpot(found.card.appointment_id))
        else:
            self._screen.aim.new_booking()
            self.prefill(match)

    def open(self, card: AppointmentCard) -> None:
        """Show one appointment. A booking with something typed in it is put aside, not lost."""
        booking = self._waiting_booking or (self._booking if self._host.current is self._booking else None)
        if booking is not None and booking.dirty:
            self._put_aside()
        layout = self._screen.grid.board
        self._host.show(self.details)
        self.details.begin(card, clashes=bool(layout and card.appointment_id in layout.frame_of))
        self.changed.emit()

    def ask_cancel(self, card: AppointmentCard) -> CancelDialog | None:
        """Ask for the reason, once."""
        if not self.movable(card):
            return None
        from tcmdesk.features.appointments.ui.cancel_dialog import CancelDialog

        dialog = CancelDialog(self._context, card, self._screen)
        dialog.confirmed.connect(self._results.on_cancel_confirmed)
        dialog.finished.connect(lambda _result: self._screen.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.open()
        return dialog

    def resolve(self, frame: ClashFrame) -> None:
        """Decide a clash."""
        cards = tuple(placed.card for placed in frame.placed)
        self._host.show(self.clash)
        self.clash.begin(cards, self._screen.grid.board.doctors[frame.column])

    def resolve_next(self) -> None:
        """R: the clash of the chosen card, or the first of the day."""
        layout = self._screen.grid.board
        if layout is None or not layout.frames:
            return
        spot = self._screen.grid.spot
        chosen = layout.frame_of.get(spot.appointment_id) if isinstance(spot, CardSpot) else None
        self.resolve(chosen or min(layout.frames, key=lambda frame: frame.start))

    def leave(self) -> None:
        """Esc or the cross. What was typed can be taken up again."""
        waiting, self._waiting_booking = self._waiting_booking, None
        if waiting is not None and waiting is self._booking and self._host.current is self._openings:
            self._host.show(waiting)
            waiting.take_up()
            return
        if self.dirty:
            self._put_aside()
        self.close()

    def close(self) -> None:
        self._host.close()

    def _put_aside(self) -> None:
        """Keep the open sheet as it is; the next booking or appointment gets a sheet of its own."""
        waiting, self._waiting_booking = self._waiting_booking, None
        sheet = self._host.current if waiting is None else waiting
        self._aside.append(sheet)
        if sheet is self._booking:
            self._booking = None
        elif sheet is self._details:
            self._details = None
        again = Action(self._("Reopen"), self.take_up, "Ctrl Z")
        text = self._("Put aside with everything typed")
        self._context.messages.post(Message(text, "info", icon="pen-line", actions=(again,), key="aside"))

    @property
    def aside_count(self) -> int:
        """How many sheets were put aside with something typed in them."""
        return len(self._aside)

    def take_up(self) -> None:
        """Go on with what was put aside last; what is typed in the open sheet is put aside instead."""
        if not self._aside:
            return
        sheet = self._aside.pop()
        if self.dirty:
            self._put_aside()
        from tcmdesk.features.appointments.ui.booking_panel import BookingPanel

        if isinstance(sheet, BookingPanel):
            self._booking, unused = sheet, self._booking
        else:
            self._details, unused = sheet, self._details
        self._host.show(sheet)
        if unused is not None:
            unused.deleteLater()
        if not self._aside:
            self._context.messages.withdraw("aside")
        sheet.take_up()

    # what the keys act on

    def card_in_hand(self) -> AppointmentCard | None:
        """The appointment that M, X, O and D mean: the open one, else the chosen one; none while one is carried."""
        if self._details is not None and self._host.current is self._details:
            return self._details.card
        if self._screen.grid.carry is not None:
            return None
        waiting = self._screen.aside.waiting
        if waiting is not None and waiting.chosen_card is not None:
            return waiting.chosen_card
        chosen = self._screen.agenda.list.chosen_entry
        if chosen is not None and chosen.frame is None:
            return chosen.card
        placed = self._screen.grid.card
        return placed.card if placed else None

    @staticmethod
    def movable(card: AppointmentCard) -> bool:
        return card.status in {Status.PENDING, Status.CONFIRMED}

    def set_status(self, card: AppointmentCard, status: Status) -> None:
        """Confirm an unconfirmed appointment, complete a confirmed one."""
        needed = Status.PENDING if status is Status.CONFIRMED else Status.CONFIRMED
        if card.status is needed:
            self._screen.work.set_status(card, status)

    # what the board tells

    def refreshed(self) -> None:
        """The day was read again: the open sheet looks whether that concerns it."""
        layout, sheet = self._screen.grid.board, self._host.current
        if layout is None or sheet is None:
            return
        if sheet is self._details and self._details.card is not None:
            appointment_id = self._details.card.appointment_id
            card = layout.cards.get(appointment_id)
            self._details.refreshed(card, clashes=appointment_id in layout.frame_of)
        elif sheet is self._booking:
            self._booking.reload_openings()
        elif sheet is self._clash:
            ids = {card.appointment_id for card in self._clash.cards}
            if not any(ids & {each.card.appointment_id for each in frame.placed} for frame in layout.frames):
                self.close()

    def follow(self, spot: Spot | None) -> None:
        """A free cell chosen on the board is the new time of what the sheet is about."""
        grid, sheet = self._screen.grid, self._host.current
        if not isinstance(spot, CellSpot) or sheet is None or not grid.bookable(spot):
            return
        doctor = grid.board.doctors[grid.board.column_of(spot.doctor_id, spot.ahead)]
        starts_at = grid.board.instant(spot)
        if sheet is self._booking:
            self._booking.aim(doctor, starts_at)
        elif sheet is self._clash and doctor.doctor_id == self._clash.doctor_id:
            self._clash.aim(starts_at)
