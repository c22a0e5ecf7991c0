"""Somebody without an appointment: who, with whom, and a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.errors import Conflict, TranslatableError, Unavailable
from tcmdesk.core.ids import uuid7
from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.types import EXTRA, Kind
from tcmdesk.features.reception.service import desk
from tcmdesk.features.reception.types import Offer, WalkIn
from tcmdesk.features.reception.ui.doctor_offers import DoctorOffers
from tcmdesk.features.reception.ui.papers import Papers
from tcmdesk.features.reception.ui.walk_in_source import WalkInSource
from tcmdesk.features.reception.ui.words import number_text
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.text import label, note
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.features.reception.types import QueueEntry
    from tcmdesk.ui.context import UiContext


class WalkInSheet(Sheet):
    """Registers a walk-in: booked, arrived and numbered at once, and the ticket printed.

    Every refusal leaves all that was typed; the ids stay the same until it holds, so that trying again never makes a
    second visit. `done` brings the appointment's id.
    """

    done = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Walk-in"), _("Close"), parent)
        self._context, self._ = context, _
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._submitting = self._submit_when_known = False
        self._papers = Papers(context, self)
        self._source = WalkInSource(context, self)
        self._build()
        self._wire()
        self.start_theming()

    def _build(self) -> None:
        _, context = self._, self._context
        self.who = panel("who")(context, self)
        self.body.addWidget(self.who)
        self.doctors = DoctorOffers(context.tr, context.zone, self)
        place = QWidget(self)
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label(_("Doctor"), place))
        head.addStretch(1)
        head.addWidget(note(_("Alt ← → chooses"), place))
        self._place.addLayout(head)
        self._place.addWidget(self.doctors)
        self.body.addWidget(place)
        self.reason = TextInput()
        self.reason.setMaxLength(200)
        self.reason_field = Field(
            _("Why an extra slot"), self.reason, help_text=_("Kept with the appointment"), parent=self
        )
        self.reason_field.hide()
        self.body.addWidget(self.reason_field)
        self.symptoms = TextInput()
        self.symptoms.setMaxLength(2000)
        self._symptoms_field = Field(_("Symptoms"), self.symptoms, reserve=False, parent=self)
        self.body.addWidget(self._symptoms_field)
        self.body.addStretch(1)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.register = self.add_action(
            Button(
                _("Register and print"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self
            )
        )

    def _wire(self) -> None:
        context = self._context
        self._source.offers_found.connect(self._on_source_offers_found)
        self._source.booked_today.connect(self._on_source_booked_today)
        self.who.changed.connect(self._on_who_changed)
        self.who.accepted.connect(self.submit)
        self.who.form_toggled.connect(self.hints_changed)
        self.doctors.changed.connect(self._on_doctors_changed)
        self.cancel.clicked.connect(self.close_requested)
        self.register.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.stepped.connect(self.doctors.step)
        self.numbered.connect(self.who.family.choose)
        self.reason.textEdited.connect(lambda _text: self.reason_field.set_error(""))
        context.shortcuts.add(
            self, "Ctrl+N", self._("New patient"), self.who.patient.new_row.click, rank=23,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip
        context.changes.changed.connect(self._on_changes_changed)

    # opening

    def begin(self) -> None:
        """A new walk-in; nothing of an earlier one is left."""
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._submit_when_known = False
        self.who.clear()
        self.symptoms.clear()
        self.reason.clear()
        self.reason_field.set_error("")
        self.set_note("", "")
        self._set_submitting(False)
        self.doctors.show_offers((), None)
        self.reload()
        self.who.focus_search()

    def prefill(self, match: object) -> None:
        """Take a patient that was found elsewhere."""
        self.who.patient.pick(match)
        self.who.focus_search()

    def take_up(self) -> None:
        """Go on with what was put aside."""
        self.reload()
        self.who.take_focus()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that closing would lose."""
        return self.who.dirty or bool(self.symptoms.text())

    def take_focus(self) -> None:
        """Give the keyboard to the field, or to the form when that is open."""
        self.who.take_focus()

    def reload(self) -> None:
        """Ask again when each doctor is free: others book meanwhile."""
        self._source.ask_offers()

    def _on_source_offers_found(self, found: tuple[Offer, ...]) -> None:
        chosen = self.doctors.chosen
        self.doctors.show_offers(found, chosen.doctor_id if chosen is not None else None)

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if self.isVisible() and not self._submitting and tables & {"appointments", "desk_visits"}:
            self.reload()

    # who and with whom

    def _on_who_changed(self) -> None:
        match = self.who.match
        if match is None:
            self.set_note("", "")
        elif match.placeholder_phone or not match.phone:
            self.set_note(self._("No phone: nobody is notified"), "phone-off")
        else:
            self.set_note(self._("The ticket is printed at once"), "printer")
        offer = self.doctors.chosen
        if self.who.ref is not None and offer is not None:
            self._source.ask_today(self.who.ref, offer.doctor_id)
        if self._submit_when_known and not self.who.pending:
            self._submit_when_known = False
            self.submit()

    def _on_source_booked_today(self, ref: PatientRef, said: str) -> None:
        if ref == self.who.ref:
            self._say(said)

    def _on_doctors_changed(self, offer: Offer | None) -> None:
        if offer is None:
            self.set_subtitle("")
            self.reason_field.hide()
            return
        time = self._context.tr.time(
            offer.start_from(self._context.clock.now()).astimezone(self._context.zone)
        )
        self.set_subtitle(f"{offer.doctor_name} {offer.department} · {time}")
        self.reason_field.setVisible(offer.starts_at is None)

    # registering

    def submit(self) -> None:
        """Register, or say what is missing. Enter pressed before the family has come is remembered."""
        if self._submitting or self.who.registering:
            return
        _ = self._
        offer = self.doctors.chosen
        if self.who.ref is None:
            self._say(_("Choose a patient, or register a new one with Ctrl N"))
            self.who.focus_search()
        elif self.who.pending:
            self._submit_when_known = True
        elif offer is None:
            self._say(_("Choose a doctor"))
        elif offer.starts_at is None and not self._may_be_extra():
            return
        else:
            self._send(offer)

    def _may_be_extra(self) -> bool:
        if not self._context.allowed(EXTRA):
            self._say(self._("This doctor is full today, and your role gives no extra slots"))
            return False
        if not self.reason.text().strip():
            self.reason_field.set_error(self._("Say why, in a few words"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def _send(self, offer: Offer) -> None:
        context, op_id = self._context, self._op_id
        command = WalkIn(
            self._appointment_id, offer.doctor_id, self.who.ref, offer.start_from(context.clock.now()),
            self.who.kind or Kind.FIRST, self.symptoms.text().strip(),
            extra_reason=self.reason.text().strip() if offer.starts_at is None else None,
        )  # fmt: skip
        self._set_submitting(True)
        context.operation(
            self, lambda: desk.walk_in(context.database, context.actor, command, context.zone, op_id=op_id)
        ).on_done(self._on_walk_in_done).on_failed(self._on_walk_in_failed).start()

    def _on_walk_in_done(self, entry: QueueEntry) -> None:
        self._set_submitting(False)
        context, card = self._context, entry.card
        context.messages.withdraw("error")
        words = self._("{number} {name} waits for {doctor}").format(
            number=number_text(context.tr, entry.number), name=card.patient_name, doctor=entry.doctor_name
        )
        context.messages.done(words, key="visit")
        self.who.clear()
        self.symptoms.clear()
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._papers.print_ticket(card.appointment_id)
        self.done.emit(card.appointment_id)

    def _on_walk_in_failed(self, error: BaseException) -> bool:
        self._set_submitting(False)
        if not isinstance(error, TranslatableError):
            return False
        if isinstance(error, Unavailable):
            walk_in = self._appointment_id
            self._context.messages.show_error(error, retry=lambda: self._retry(walk_in))
        self._say(error.text(self._context.tr))
        if isinstance(error, Conflict):
            self.reload()
        return True

    def _retry(self, appointment_id: str) -> None:
        if appointment_id == self._appointment_id:
            self.submit()

    def _say(self, text: str) -> None:
        self.set_note(text, "triangle-alert")

    def _set_submitting(self, submitting: bool) -> None:
        self._submitting = submitting
        self.register.setEnabled(not submitting)

    # layout

    def hints(self) -> list[KeyHint]:
        _ = self._
        if self.who.registering:
            return [
                KeyHint("Tab", _("Next field")),
                KeyHint("⏎", _("Register and choose")),
                KeyHint("Esc", _("Back to search")),
            ]
        return [
            KeyHint("↑ ↓", _("Choose a patient")),
            KeyHint("⏎", _("Take, then register")),
            KeyHint("Alt ← →", _("Doctor")),
            KeyHint("Alt 1", _("For whom")),
            KeyHint("Ctrl N", _("New patient")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        theme, short = current(), self.short
        gap = theme.px(12 if short else 16)
        self.body.setSpacing(gap)
        self._place.setSpacing(theme.px(6))
        self.doctors.set_short(short)
        self.who.arrange(rows=3 if short else 4, gap=gap)
