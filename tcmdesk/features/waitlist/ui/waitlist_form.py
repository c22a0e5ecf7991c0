"""Putting someone on the waitlist, or changing what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tcmdesk.core.errors import TranslatableError, Unavailable, UserError, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.patients.types import FamilyMember, PatientMatch, PatientRef
from tcmdesk.features.waitlist.service import desk
from tcmdesk.features.waitlist.types import AddEntry, EditEntry, Entry, Wish
from tcmdesk.features.waitlist.ui.wish_fields import WishFields
from tcmdesk.features.waitlist.ui.words import patient_text
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import DoctorColumn
    from tcmdesk.ui.context import UiContext

ROWS: Final = 4


class WaitlistForm(Sheet):
    """Who waits, for whom, when and until when.

    `begin` empties it, `edit` fills it from an entry; `saved` brings the entry's id and the person's name. Every
    refusal leaves all that was typed, and the ids stay the same until then, so that a retry is the same entry.
    """

    saved = Signal(str, str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Add to waitlist"), _("Close"), parent)
        self._context = context
        self._ = _
        self._entry: Entry | None = None
        self._entry_id, self._op_id = uuid7(), uuid7()
        self._saving = False
        self._begun: Wish | None = None
        self._build()
        self._wire()
        self.start_theming()

    def _build(self) -> None:
        _, context = self._, self._context
        self.patient = panel("patient_field")(context, self)
        self.form = panel("person_form")(context, self)
        self._search = Field(_("Patient"), self.patient, reserve=True, parent=self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._search)
        self._stack.addWidget(self.form)
        self.body.addWidget(self._stack)
        self.wish = WishFields(context.tr, self._today(), self)
        self.body.addWidget(self.wish)
        self.body.addStretch(1)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.save = self.add_action(
            Button(_("Add"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )

    def _wire(self) -> None:
        context, _ = self._context, self._
        self.cancel.clicked.connect(self.close_requested)
        self.save.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.numbered.connect(self.wish.weekdays.toggle)
        self.patient.chosen.connect(self._on_patient_chosen)
        self.patient.accepted_again.connect(self.submit)
        self.patient.new_requested.connect(self._on_patient_new_requested)
        self.form.registered.connect(self._on_form_registered)
        self.form.owner_chosen.connect(self._show)
        self.form.cancelled.connect(self._on_form_cancelled)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        context.shortcuts.add(
            self, "Ctrl+N", _("New patient"), self.patient.new_row.click, rank=23, context=scope
        )

    # opening

    def begin(self, match: PatientMatch | None = None, *, doctor_id: str | None = None) -> None:
        """A new entry; nothing of an earlier one is left."""
        self._entry = None
        self._start(self._("Add to waitlist"), self._("Add"))
        self.patient.setEnabled(True)
        self.patient.clear()
        self.wish.clear(self._today(), doctor_id=doctor_id)
        if match is not None:
            self.patient.pick(match)
        self._begun = self.wish.wish
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_doctors()

    def edit(self, entry: Entry) -> None:
        """Change what someone waits for."""
        self._entry = entry
        self._start(patient_text(self._context.tr, entry), self._("Save"))
        self._stack.hide()
        self.wish.fill(entry.wish, self._today())
        self._begun = self.wish.wish
        self.wish.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_doctors()

    def _start(self, title: str, word: str) -> None:
        self._entry_id, self._op_id = uuid7(), uuid7()
        self.set_title(title)
        self.save.setText(word)
        self._stack.show()
        self._stack.setCurrentWidget(self._search)
        self.form.forget()
        self._search.set_error("")
        self._set_saving(False)
        self.set_note("", "")

    def take_up(self) -> None:
        """Go on with what was put aside."""
        self._read_doctors()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dirty(self) -> bool:
        """Whether something was typed or chosen that closing would lose."""
        typed = self._entry is None and (bool(self.patient.text) or self._stack.currentWidget() is self.form)
        return typed or (self._begun is not None and self.wish.wish != self._begun)

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _read_doctors(self) -> None:
        context, today = self._context, self._today()

        def look() -> tuple[DoctorColumn, ...]:
            return context.database.read(
                lambda connection: reading.board_doctors(connection, context.actor, today)
            )

        def show(doctors: tuple[DoctorColumn, ...]) -> None:
            untouched = self.wish.wish == self._begun
            self.wish.set_doctors(doctors)
            if untouched:
                self._begun = self.wish.wish

        context.operation(self, look).on_done(show).start()

    # who

    def _on_patient_chosen(self, match: PatientMatch) -> None:
        self._search.set_error("")
        if match.placeholder_phone or not match.phone:
            self.set_note(self._("No phone: offers must be told in person"), "phone-off")
        else:
            self.set_note(self._("Told when a time is offered"), "message-square")

    def _on_patient_new_requested(self, typed: str) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.begin(typed, None)
        self.hints_changed.emit()

    def _on_form_registered(self, person: PatientMatch | FamilyMember) -> None:
        if isinstance(person, PatientMatch):
            self._show(person)

    def _on_form_cancelled(self) -> None:
        self._stack.setCurrentWidget(self._search)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    def _show(self, match: PatientMatch) -> None:
        self._on_form_cancelled()
        self.patient.pick(match)

    # saving

    def submit(self) -> None:
        """Save, or say what is missing."""
        if self._saving or self._stack.currentWidget() is self.form:
            return
        ref, name = self._who()
        if ref is None:
            self._search.set_error(self._("Choose a patient, or register a new one with Ctrl N"))
            self.patient.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        context, op_id, entry = self._context, self._op_id, self._entry
        wish, entry_id = self.wish.wish, entry.entry_id if entry else self._entry_id
        self.wish.set_error(None, "")
        self._set_saving(True)

        def work() -> None:
            if entry is None:
                desk.add(context.database, context.actor, AddEntry(entry_id, ref, wish), op_id=op_id)
            else:
                desk.edit(context.database, context.actor, EditEntry(entry_id, wish), op_id=op_id)

        def done(_result: None) -> None:
            self._set_saving(False)
            self.saved.emit(entry_id, name)

        context.operation(self, work).on_done(done).on_failed(self._on_save_failed).start()

    def _who(self) -> tuple[PatientRef | None, str]:
        if self._entry is not None:
            return self._entry.patient, self._entry.patient_name
        match = self.patient.picked
        return (match.ref, match.name) if match is not None else (None, "")

    def _on_save_failed(self, error: BaseException) -> bool:
        self._set_saving(False)
        if isinstance(error, Unavailable):
            self._context.messages.show_error(error, retry=self.submit)
        if isinstance(error, UserError | Unavailable):
            self._say(error)
            return True
        return False

    def _say(self, error: TranslatableError) -> None:
        field = error.field if isinstance(error, ValidationError) else None
        self.wish.set_error(field, error.text(self._context.tr))

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.save.setEnabled(not saving)

    # layout

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("Tab", _("Next field")),
            KeyHint("Alt 1–7", _("Weekdays")),
            KeyHint("Ctrl N", _("New patient")),
            KeyHint("Ctrl ⏎", self.save.text()),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        theme, short = current(), self.short
        self.body.setSpacing(theme.px(8 if short else 12))
        self.patient.set_rows(2 if short else ROWS)
