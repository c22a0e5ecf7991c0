"""Booking, in the order of a telephone call: who, for whom, when, how, why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from tcmdesk.core.errors import Conflict, TranslatableError, Unavailable, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    LENGTHS,
    BookAppointment,
    DoctorColumn,
    Kind,
    VisitType,
)
from tcmdesk.features.appointments.ui.booking_form import BookingForm
from tcmdesk.features.appointments.ui.openings_source import OpeningsSource
from tcmdesk.features.appointments.ui.warnings_source import WarningsSource
from tcmdesk.features.appointments.ui.words import doctor_text, when_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.appointments.types import Booked
    from tcmdesk.ui.context import UiContext


class BookingPanel(BookingForm):
    """One booking from the first key to the commit.

    Every refusal leaves all that was typed; `appointment_id` and `op_id` stay the same until it is booked or
    begun anew, so that trying again can never book twice. `booked` brings the result and the person's name,
    `target_changed` doctor and start so that the board shows the cell, `more_requested` asks for more openings.
    """

    booked = Signal(object, str)
    target_changed = Signal(str, object)
    more_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._doctor: DoctorColumn | None = None
        self._starts_at: dt.datetime | None = None
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._source = OpeningsSource(context, self)
        self._warnings = WarningsSource(context, self._command, self)
        self._submit_when_known = self._kind_touched = self._submitting = self._minutes_wanted = False
        self._taken: dt.datetime | None = None
        self._wire()
        self.start_theming()

    def _wire(self) -> None:
        context, _ = self._context, self._
        self.who.changed.connect(self._on_who_changed)
        self.who.accepted.connect(self.submit)
        self.who.form_toggled.connect(self.hints_changed)
        self._source.found.connect(self._on_source_found)
        self._source.failed.connect(lambda: self.openings.show_failure(self.reload_openings))
        self.openings.chosen.connect(self._on_openings_chosen)
        self.kind.value_changed.connect(self._on_kind_value_changed)
        self.minutes.value_changed.connect(self._on_minutes_value_changed)
        self.needs.found.connect(self._on_needs_found)
        self.needs.kind_changed.connect(self._on_needs_kind_changed)
        self.cancel.clicked.connect(self.close_requested)
        self.book.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.stepped.connect(self.openings.step)
        self.numbered.connect(self.who.family.choose)
        self._warnings.found.connect(self.warning.say)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        context.shortcuts.add(
            self, "Ctrl+N", _("New patient"), self.who.patient.new_row.click, rank=23, context=scope
        )
        context.shortcuts.add(
            self, "Ctrl+F", _("More openings"), self.more_requested.emit, rank=24, context=scope
        )
        for key, words, run in (
            ("Alt+E", _("Extra slot"), self.extra.ask),
            ("Alt+K", _("Kind of visit"), self.needs.choose_kind),
            ("Alt+B", _("Bed or room"), self.needs.choose_room),
        ):
            context.shortcuts.add(self, key, words, run, rank=25, context=scope)

    # opening and aiming

    def begin(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """A new booking for this doctor and time; nothing of an earlier one is left."""
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._kind_touched = self._submit_when_known = self._minutes_wanted = False
        self.who.clear()
        self.symptoms.clear()
        self.visit_type.set_value(VisitType.IN_PERSON)
        self.kind.set_value(Kind.FOLLOW_UP)
        self.choices.choose_minutes(LENGTHS[0])
        self.warning.say("")
        self.extra.forget()
        self.set_note("", "")
        self._set_submitting(False)
        self._doctor = None
        self.aim(doctor, starts_at)
        self.who.focus_search()

    def prefer(self, minutes: int, visit_type: VisitType | None) -> None:
        """How the visit is wanted by whoever chose its time."""
        if minutes in LENGTHS:
            self.choices.choose_minutes(minutes)
            self._minutes_wanted = True
        if visit_type is not None:
            self.visit_type.set_value(visit_type)
        self.reload_openings()

    def take_up(self) -> None:
        """Go on with a booking that was put aside: its cell is shown again, others may have booked since."""
        if self._doctor is not None:
            self.target_changed.emit(self._doctor.doctor_id, self._starts_at)
        self.reload_openings()
        self.who.take_focus()

    def aim(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """Another cell was chosen on the board; everything typed stays."""
        changed = self._doctor is None or doctor.doctor_id != self._doctor.doctor_id
        self._doctor, self._starts_at, self._taken = doctor, starts_at, None
        self._say_target()
        if changed:
            self.openings.show_openings((), starts_at, self._today())
            self.needs.ask(doctor.doctor_id)
        self.reload_openings()
        self._warnings.ask_soon()

    @property
    def target(self) -> tuple[DoctorColumn, dt.datetime] | None:
        if self._doctor is None or self._starts_at is None:
            return None
        return self._doctor, self._starts_at

    @property
    def dirty(self) -> bool:
        """Whether something was typed or chosen that closing would lose."""
        return self.who.dirty or bool(self.symptoms.text())

    def reload_openings(self) -> None:
        """Ask for the doctor's free times again: others book meanwhile."""
        if self._doctor is not None:
            self._source.ask(
                self._doctor.doctor_id, self._openings_from(), self.minutes.value, self.needs.visit_kind_id
            )

    def _openings_from(self) -> dt.datetime:
        zone = self._context.zone
        local = (self._starts_at or self._context.clock.now()).astimezone(zone)
        return dt.datetime.combine(local, dt.time(), zone).astimezone(dt.UTC)

    def _on_source_found(self, starts: list[dt.datetime]) -> None:
        wanted = None if self._starts_at == self._taken else self._starts_at
        self.openings.show_openings(starts, wanted, self._today(), near=self._starts_at)

    def _on_openings_chosen(self, moment: dt.datetime) -> None:
        if self._doctor is not None:
            self._starts_at, self._taken = moment, None
            self._say_target()
            self._warnings.ask_soon()
            self.target_changed.emit(self._doctor.doctor_id, moment)

    def _say_target(self) -> None:
        if self._doctor is not None and self._starts_at is not None:
            when = when_text(self._context.tr, self._starts_at, self._context.zone)
            self.set_subtitle(f"{doctor_text(self._doctor)} · {when}")

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    # who

    def _on_who_changed(self) -> None:
        match, kind = self.who.match, self.who.kind
        if kind is not None and not self._kind_touched:
            self.kind.set_value(kind)
        if match is None:
            self.set_note("", "")
            self.warning.say("")
        elif match.placeholder_phone or not match.phone:
            self.set_note(self._("No phone: nobody is notified"), "phone-off")
        else:
            self.set_note(self._("Notified as the patient has set it"), "message-square")
        self._warnings.ask_soon()
        if self._submit_when_known and not self.who.pending:
            self._submit_when_known = False
            self.submit()

    def _on_kind_value_changed(self, _kind: Kind) -> None:
        self._kind_touched = True

    def _on_needs_found(self) -> None:
        """What is usual for the doctor is as long as it says, unless somebody wants it otherwise."""
        kind = self.needs.chosen
        if kind is not None and not self._minutes_wanted:
            self._take_length(kind.doctor_minutes)

    def _on_needs_kind_changed(self) -> None:
        kind = self.needs.chosen
        self._take_length(LENGTHS[0] if kind is None else kind.doctor_minutes)

    def _take_length(self, minutes: int) -> None:
        self.choices.choose_minutes(minutes)
        self.reload_openings()
        self._warnings.ask_soon()

    def _on_minutes_value_changed(self, _minutes: int) -> None:
        self._minutes_wanted = True
        self.reload_openings()
        self._warnings.ask_soon()

    # booking

    def _command(self) -> BookAppointment | None:
        ref = self.who.ref
        if ref is None or self._doctor is None or self._starts_at is None:
            return None
        return BookAppointment(
            appointment_id=self._appointment_id,
            doctor_id=self._doctor.doctor_id,
            patient=ref,
            starts_at=self._starts_at,
            minutes=self.minutes.value,
            visit_type=self.visit_type.value,
            kind=self.kind.value,
            symptoms=self.symptoms.text().strip(),
            visit_kind_id=self.needs.visit_kind_id,
            resource_id=self.needs.resource_id,
            extra_reason=self.extra.reason,
        )

    def submit(self) -> None:
        """Book, or say what is missing. Enter pressed before the family has come is remembered."""
        if self._submitting or self.who.registering:
            return
        command = self._command()
        if command is None:
            self.warning.say(self._("Choose a patient, or register a new one with Ctrl N"), stop=True)
            self.who.focus_search()
            return
        if self.who.pending:
            self._submit_when_known = True
            return
        self._warnings.stop()
        context, op_id, name = self._context, self._op_id, self.who.name
        self._set_submitting(True)
        operation = context.operation(
            self, lambda: desk.book(context.database, context.actor, command, op_id=op_id)
        )
        operation.on_done(lambda result: self._on_book_done(result, name)).on_failed(
            self._on_book_failed
        ).start()

    def _on_book_done(self, result: Booked, name: str) -> None:
        self._set_submitting(False)
        self.booked.emit(result, name)

    def _on_book_failed(self, error: BaseException) -> bool:
        self._set_submitting(False)
        if isinstance(error, Unavailable):
            booking = self._appointment_id
            self._context.messages.show_error(error, retry=lambda: self._retry(booking))
        if isinstance(error, Conflict | UserError | Unavailable):
            self._say_refusal(error)
            return True
        return False

    def _retry(self, appointment_id: str) -> None:
        """The database is back: try the same booking again, unless another one was begun since."""
        if appointment_id == self._appointment_id:
            self.submit()

    def _say_refusal(self, error: TranslatableError) -> None:
        self.warning.say(error.text(self._context.tr), stop=True)
        if isinstance(error, Conflict):
            self._taken = self._starts_at
            self.extra.offer_after(error)
            self.reload_openings()
        self.bring_into_sight(self.warning)

    def _set_submitting(self, submitting: bool) -> None:
        self._submitting = submitting
        self.book.setEnabled(not submitting)
