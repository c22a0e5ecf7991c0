"""Which sheet stands beside the board, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tcmdesk.features.appointments.types import AppointmentCard, Booked, DoctorColumn, Status
from tcmdesk.features.appointments.ui.booking_panel import BookingPanel
from tcmdesk.features.appointments.ui.cancel_dialog import CancelDialog
from tcmdesk.features.appointments.ui.clash_panel import ClashPanel
from tcmdesk.features.appointments.ui.details_panel import DetailsPanel
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot, Spot, instant_of, minute_of
from tcmdesk.features.appointments.ui.sheet_host import SheetHost
from tcmdesk.features.appointments.ui.steps_row import Step
from tcmdesk.features.appointments.ui.words import when_text
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.messages import Message

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.placing import ClashFrame
    from tcmdesk.features.appointments.ui.sheet import Sheet
    from tcmdesk.features.patients.types import PatientMatch


class BoardSheets(QObject):
    """Makes the sheets when they are first needed, and carries their wishes to the screen and the services."""

    changed = Signal()

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._ = screen.context.tr.gettext
        self._host = SheetHost(screen)
        self._host.changed.connect(self.changed)
        self._booking: BookingPanel | None = None
        self._details: DetailsPanel | None = None
        self._clash: ClashPanel | None = None
        self._aside: BookingPanel | DetailsPanel | None = None

    @property
    def open_sheet(self) -> Sheet | None:
        return self._host.current

    @property
    def width(self) -> int:
        return self._host.current.minimumWidth() if self._host.current else 0

    @property
    def dirty(self) -> bool:
        """Whether a sheet holds something typed that is not saved."""
        booking = self._booking is not None and self._host.current is self._booking and self._booking.dirty
        details = self._details is not None and self._host.current is self._details and self._details.dirty
        return booking or details

    # one property a sheet: built when first used

    @property
    def booking(self) -> BookingPanel:
        if self._booking is None:
            self._booking = BookingPanel(self._context, self._screen)
            self._booking.booked.connect(self._on_booking_booked)
            self._booking.target_changed.connect(self._on_booking_target_changed)
            self._adopt(self._booking)
        return self._booking

    @property
    def details(self) -> DetailsPanel:
        if self._details is None:
            self._details = DetailsPanel(self._context, self._screen)
            self._details.saved.connect(self._on_details_saved)
            self._details.step_requested.connect(self._on_details_step_requested)
            self._adopt(self._details)
        return self._details

    @property
    def clash(self) -> ClashPanel:
        if self._clash is None:
            self._clash = ClashPanel(self._context, self._screen)
            self._clash.card_chosen.connect(self._on_clash_card_chosen)
            self._clash.move_requested.connect(self._on_clash_move_requested)
            self._clash.cancel_requested.connect(self.ask_cancel)
            self._clash.keep_requested.connect(self._on_clash_keep_requested)
            self._adopt(self._clash)
        return self._clash

    def _adopt(self, sheet: Sheet) -> None:
        sheet.close_requested.connect(self.leave)
        sheet.hints_changed.connect(self._screen.hints_changed)
        self._host.adopt(sheet)

    # opening and leaving

    def book(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """Begin a booking, or aim the one that is open."""
        if self._host.current is self.booking:
            self.booking.aim(doctor, starts_at)
            self.booking.who.focus_search()
            return
        self._host.show(self.booking)
        self.booking.begin(doctor, starts_at)

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
        if self._host.current is self._booking and self._booking is not None and self._booking.dirty:
            self._put_aside()
        layout = self._screen.grid.board
        self._host.show(self.details)
        self.details.begin(card, clashes=bool(layout and card.appointment_id in layout.frame_of))
        self.changed.emit()

    def ask_cancel(self, card: AppointmentCard) -> CancelDialog | None:
        """Ask for the reason, once."""
        if not self.movable(card):
            return None
        dialog = CancelDialog(self._context, card, self._screen)
        dialog.confirmed.connect(self._on_cancel_confirmed)
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
        if self.dirty:
            self._put_aside()
        self.close()

    def close(self) -> None:
        self._host.close()

    def _put_aside(self) -> None:
        """Keep the open sheet as it is; the next booking or appointment gets a sheet of its own."""
        sheet = self._host.current
        if self._aside is not None and self._aside is not sheet:
            self._aside.deleteLater()
        self._aside = sheet
        if sheet is self._booking:
            self._booking = None
        elif sheet is self._details:
            self._details = None
        again = Action(self._("Reopen"), self.take_up, "Ctrl Z")
        text = self._("Put aside with everything typed")
        self._context.messages.post(Message(text, "info", icon="pen-line", actions=(again,), key="aside"))

    @property
    def has_aside(self) -> bool:
        """Whether something typed was put aside and can be taken up again."""
        return self._aside is not None

    def take_up(self) -> None:
        """Go on with what was put aside; what is typed in the open sheet is put aside instead."""
        sheet, self._aside = self._aside, None
        if sheet is None:
            return
        if self.dirty:
            self._put_aside()
        if isinstance(sheet, BookingPanel):
            self._booking, unused = sheet, self._booking
        else:
            self._details, unused = sheet, self._details
        self._host.show(sheet)
        if unused is not None:
            unused.deleteLater()
        if not self.has_aside:
            self._context.messages.withdraw("aside")
        sheet.take_up()

    # what the keys act on

    def card_in_hand(self) -> AppointmentCard | None:
        """The appointment that M, X, O and D mean: the open one, else the chosen one; none while one is carried."""
        if self._details is not None and self._host.current is self._details:
            return self._details.card
        if self._screen.grid.carry is not None:
            return None
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
        doctor = grid.board.doctors[grid.board.column_of(spot.doctor_id)]
        starts_at = instant_of(grid.board.day, spot.minute, self._context.zone)
        if sheet is self._booking:
            self._booking.aim(doctor, starts_at)
        elif sheet is self._clash and doctor.doctor_id == self._clash.doctor_id:
            self._clash.aim(starts_at)

    # what the sheets wish

    def _on_booking_booked(self, result: Booked, name: str) -> None:
        when = when_text(self._context.tr, result.starts_at, self._context.zone)
        self._context.messages.withdraw("error")
        self.close()
        if result.clash:
            said = self._(
                "{name} is booked for {when}, but the platform sold that time as well. R resolves it"
            )
            self._context.messages.warn(said.format(name=name, when=when), key="clash")
        else:
            self._context.messages.done(self._("{name} is booked for {when}").format(name=name, when=when))
        self._screen.booked(result.appointment_id, result.starts_at)

    def _on_booking_target_changed(self, doctor_id: str, starts_at: dt.datetime) -> None:
        day = starts_at.astimezone(self._context.zone).date()
        if day != self._screen.day:
            self._screen.show_day(day)
        minute = minute_of(starts_at, day, self._context.zone)
        self._screen.grid.set_spot(CellSpot(doctor_id, minute))

    def _on_details_saved(self, appointment_id: str) -> None:
        name = self._details.card.patient_name
        self.close()
        self._context.messages.done(self._("{name}'s appointment is saved").format(name=name))
        self._screen.booked(appointment_id, self._details.card.starts_at or self._screen_noon())

    def _screen_noon(self) -> dt.datetime:
        return instant_of(self._screen.day, 12 * 60, self._context.zone)

    def _on_details_step_requested(self, step: Step, card: AppointmentCard) -> None:
        match step:
            case Step.CONFIRM:
                self.set_status(card, Status.CONFIRMED)
            case Step.COMPLETE:
                self.set_status(card, Status.COMPLETED)
            case Step.MOVE:
                self._screen.moves.carry(card)
            case Step.RESTORE:
                self.close()
                self._screen.work.restore(card)
            case Step.RESOLVE:
                frame = self._screen.grid.board.frame_of.get(card.appointment_id)
                if frame is not None:
                    self.resolve(frame)
            case Step.CANCEL:
                self.ask_cancel(card)

    def _on_cancel_confirmed(self, card: AppointmentCard, reason: str) -> None:
        if self._host.current in {self._details, self._clash}:
            self.close()
        self._screen.work.cancel(card, reason)

    def _on_clash_card_chosen(self, card: AppointmentCard) -> None:
        self._screen.grid.set_spot(CardSpot(card.appointment_id))

    def _on_clash_move_requested(self, card: AppointmentCard, starts_at: dt.datetime) -> None:
        self.close()
        self._screen.work.move(card, card.doctor_id, starts_at, can_return=False)

    def _on_clash_keep_requested(self, appointment_ids: tuple[str, ...]) -> None:
        self.close()
        self._screen.work.keep_overlap(appointment_ids)
