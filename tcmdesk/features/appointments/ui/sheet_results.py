"""What comes of the sheets: bookings, changes and decisions are carried out, said, and shown on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.features.appointments.types import Status
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot, instant_of, minute_of
from tcmdesk.features.appointments.ui.steps_row import Step
from tcmdesk.features.appointments.ui.words import when_text

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import AppointmentCard, Booked
    from tcmdesk.features.appointments.ui.board_sheets import BoardSheets
    from tcmdesk.features.appointments.ui.booking_panel import BookingPanel
    from tcmdesk.features.appointments.ui.clash_panel import ClashPanel
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.details_panel import DetailsPanel
    from tcmdesk.features.appointments.ui.openings_panel import OpeningsPanel
    from tcmdesk.features.appointments.ui.views_panel import ViewsPanel
    from tcmdesk.ui.sheet import Sheet


class SheetResults(QObject):
    """Listens to the sheets of a screen."""

    def __init__(self, screen: DayBoardScreen, sheets: BoardSheets) -> None:
        super().__init__(screen)
        self._screen = screen
        self._sheets = sheets
        self._context = screen.context
        self._ = screen.context.tr.gettext

    def listen_to_booking(self, panel: BookingPanel) -> None:
        panel.booked.connect(self._on_booking_booked)
        panel.target_changed.connect(self.show_target)
        panel.more_requested.connect(self._on_booking_more_requested)

    def listen_to_details(self, panel: DetailsPanel) -> None:
        panel.saved.connect(self._on_details_saved)
        panel.step_requested.connect(self._on_details_step_requested)

    def listen_to_clash(self, panel: ClashPanel) -> None:
        panel.card_chosen.connect(self._on_clash_card_chosen)
        panel.move_requested.connect(self._on_clash_move_requested)
        panel.cancel_requested.connect(self._sheets.ask_cancel)
        panel.keep_requested.connect(self._on_clash_keep_requested)

    def listen_to_openings(self, panel: OpeningsPanel) -> None:
        panel.taken.connect(self._sheets.book_opening)
        panel.pointed.connect(lambda opening: self.show_target(opening.doctor_id, opening.starts_at))

    def listen_to_views(self, panel: ViewsPanel) -> None:
        views = self._screen.views
        panel.saved.connect(self._on_views_saved)
        panel.recalled.connect(self._on_views_recalled)
        panel.forgotten.connect(views.forget)
        views.changed.connect(lambda: panel.show_views(views.saved))
        panel.show_views(views.saved)

    def listen_to_panel(self, panel: Sheet) -> None:
        """A sheet of another feature may say `done` with the id of the appointment that it made or changed."""
        done = getattr(panel, "done", None)
        if done is not None:
            done.connect(self._on_panel_done)

    def _on_booking_more_requested(self) -> None:
        """Openings of the booking's doctor; the chosen one goes into the same booking."""
        booking = self._sheets.booking
        target = booking.target
        if target is not None:
            self._sheets.find_for(booking, target[0])

    def _on_panel_done(self, appointment_id: str) -> None:
        self._sheets.close()
        self._screen.days.show_card(appointment_id)
        self._screen.days.load()

    def _on_views_saved(self, key: int, name: str) -> None:
        self._sheets.close()
        self._screen.views.save(key, name)

    def _on_views_recalled(self, key: int) -> None:
        self._sheets.close()
        self._screen.views.recall(key)

    def _on_booking_booked(self, result: Booked, name: str) -> None:
        when = when_text(self._context.tr, result.starts_at, self._context.zone)
        self._context.messages.withdraw("error")
        self._sheets.close()
        if result.clash:
            said = self._(
                "{name} is booked for {when}, but the platform sold that time as well. R resolves it"
            )
            self._context.messages.warn(said.format(name=name, when=when), key="clash")
        else:
            self._context.messages.done(self._("{name} is booked for {when}").format(name=name, when=when))
        target = self._sheets.booking.target
        doctor_id = target[0].doctor_id if target is not None else ""
        self._screen.booked(result.appointment_id, result.starts_at, doctor_id)

    def show_target(self, doctor_id: str, starts_at: dt.datetime) -> None:
        """Choose the cell of a time on the board, on its day or in its week."""
        day = starts_at.astimezone(self._context.zone).date()
        self._screen.days.reach(doctor_id, day)
        ahead = (day - self._screen.days.scope.first).days
        minute = minute_of(starts_at, day, self._context.zone)
        self._screen.grid.set_spot(CellSpot(doctor_id, minute, ahead))

    def _on_details_saved(self, appointment_id: str) -> None:
        card = self._sheets.details.card
        self._sheets.close()
        self._context.messages.done(self._("{name}'s appointment is saved").format(name=card.patient_name))
        self._screen.booked(appointment_id, card.starts_at or self._noon(), card.doctor_id)

    def _noon(self) -> dt.datetime:
        return instant_of(self._screen.day, 12 * 60, self._context.zone)

    def _on_details_step_requested(self, step: Step, card: AppointmentCard) -> None:
        match step:
            case Step.CONFIRM:
                self._sheets.set_status(card, Status.CONFIRMED)
            case Step.COMPLETE:
                self._sheets.set_status(card, Status.COMPLETED)
            case Step.MOVE:
                self._screen.moves.carry(card)
            case Step.RESTORE:
                self._sheets.close()
                self._screen.work.restore(card)
            case Step.RESOLVE:
                frame = self._screen.grid.board.frame_of.get(card.appointment_id)
                if frame is not None:
                    self._sheets.resolve(frame)
            case Step.CANCEL:
                self._sheets.ask_cancel(card)

    def on_cancel_confirmed(self, card: AppointmentCard, reason: str) -> None:
        if self._sheets.about_a_visit:
            self._sheets.close()
        self._screen.work.cancel(card, reason)

    def _on_clash_card_chosen(self, card: AppointmentCard) -> None:
        self._screen.grid.set_spot(CardSpot(card.appointment_id))

    def _on_clash_move_requested(self, card: AppointmentCard, starts_at: dt.datetime) -> None:
        self._sheets.close()
        self._screen.work.move(card, card.doctor_id, starts_at, can_return=False)

    def _on_clash_keep_requested(self, appointment_ids: tuple[str, ...]) -> None:
        self._sheets.close()
        self._screen.work.keep_overlap(appointment_ids)
