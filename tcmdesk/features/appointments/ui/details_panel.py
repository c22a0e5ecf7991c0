"""One appointment: what is known of it, what may be changed, and what someone else changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor

from tcmdesk.core.errors import Conflict, Unavailable, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    BOOK,
    SYMPTOMS_MAX,
    AppointmentCard,
    AppointmentVersion,
    EditAppointment,
    Status,
)
from tcmdesk.features.appointments.ui.details_head import DetailsHead
from tcmdesk.features.appointments.ui.details_source import Details, DetailsSource
from tcmdesk.features.appointments.ui.draft import Draft
from tcmdesk.features.appointments.ui.section import Section, WarningLine
from tcmdesk.features.appointments.ui.steps_row import Step, StepsRow
from tcmdesk.features.appointments.ui.versions import VersionsView
from tcmdesk.features.appointments.ui.visit_choices import VisitChoices
from tcmdesk.features.appointments.ui.words import date_and_span
from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextArea
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class DetailsPanel(Sheet):
    """Shows and edits one appointment.

    `base` is the row as the form was filled from it. When the row changes under an unsaved edit, both
    versions stand side by side until one is chosen. `saved` brings the id, `step_requested` a `Step` and the card.
    """

    saved = Signal(str)
    step_requested = Signal(object, object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Appointment"), _("Close"), parent)
        self._context = context
        self._ = _
        self._base: AppointmentCard | None = None
        self._attempt: tuple[EditAppointment, str] | None = None
        self._clashes = False
        self._source = DetailsSource(context, self)
        self._saving = False
        self._build()
        self.start_theming()

    def _build(self) -> None:
        _, context = self._, self._context
        self.head = DetailsHead(context.tr, self)
        self.body.addWidget(self.head)
        self.steps = StepsRow(context, self)
        self.steps.chosen.connect(self._on_steps_chosen)
        self.body.addWidget(self.steps)
        self.family = panel("family_picker")(context, self)
        self.family.offer_new(False)
        self._whom = Section(_("For whom"), self.family, parent=self)
        self.body.addWidget(self._whom)
        choices = VisitChoices(context.tr, self, with_length=False)
        self.visit_type, self.kind = choices.visit_type, choices.kind
        self.body.addWidget(choices)
        self.symptoms = TextArea(name=_("Symptoms"), lines=4)
        self.body.addWidget(Section(_("Symptoms"), self.symptoms, parent=self))
        self.versions = VersionsView(context.tr, self)
        self.versions.hide()
        self.body.addWidget(self.versions)
        self.warning = WarningLine(self)
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.close_button = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.save = self.add_action(
            Button(_("Save"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )
        self.close_button.clicked.connect(self.close_requested)
        self.save.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.numbered.connect(self.family.choose)
        self._source.found.connect(self._on_source_found)
        self._source.refused.connect(self._on_source_refused)
        self.family.changed.connect(self._on_form_changed)
        self.visit_type.value_changed.connect(self._on_form_changed)
        self.kind.value_changed.connect(self._on_form_changed)
        self.symptoms.textChanged.connect(self._on_form_changed)
        self.versions.theirs_chosen.connect(self._on_versions_theirs_chosen)
        self.versions.mine_chosen.connect(self._on_versions_mine_chosen)

    def _on_steps_chosen(self, step: Step) -> None:
        if self._base is not None:
            self.step_requested.emit(step, self._base)

    # opening

    @property
    def card(self) -> AppointmentCard | None:
        """The appointment as it was last read."""
        return self._base

    def begin(self, card: AppointmentCard, *, clashes: bool) -> None:
        """Show a card of the board at once; the whole text and the family follow."""
        self._saving = False
        self._clashes = clashes
        self.versions.hide()
        self.warning.say("")
        self.family.show_members((), None)
        self._fill(card)
        self.symptoms.setReadOnly(True)
        self._read()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_up(self) -> None:
        """Go on with an edit that was put aside: look whether the row changed since."""
        self._read()
        self.symptoms.setFocus(Qt.FocusReason.OtherFocusReason)

    def refreshed(self, card: AppointmentCard | None, *, clashes: bool) -> None:
        """The board was read again: look whether this row changed under the form."""
        if self._base is None:
            return
        self._clashes = clashes
        if card is None or (card.version != self._base.version or card.status is not self._base.status):
            self._read()
        else:
            self._show_steps()

    @property
    def dirty(self) -> bool:
        return self._base is not None and not self._source.loading and self._draft() != Draft.of(self._base)

    def _read(self) -> None:
        if self._base is not None:
            self._source.ask(self._base.appointment_id)

    def _on_source_found(self, found: Details) -> None:
        first = self.symptoms.isReadOnly()
        self.symptoms.setReadOnly(not self._may_edit())
        if first or not self.dirty:
            self.family.show_members(found.members, found.card.ref)
            self._fill(found.card)
        elif found.card.version != self._base.version:
            self._meet(found.card)

    def _on_source_refused(self, error: UserError) -> None:
        self.warning.say(error.text(self._context.tr), stop=True)

    def _may_edit(self) -> bool:
        return (
            self._context.allowed(BOOK)
            and self._base is not None
            and self._base.status is not Status.CANCELLED
        )

    # the form

    def _fill(self, card: AppointmentCard) -> None:
        _, context = self._, self._context
        self._base = card
        today = context.clock.now().astimezone(context.zone).date()
        who = sex_age(context.tr, card.gender, card.birthday, today)
        self.set_title(" ".join(part for part in (card.patient_name, who) if part))
        self.set_subtitle(date_and_span(card, context.tr, context.zone))
        self.head.show_card(card)
        self.visit_type.set_value(card.visit_type)
        self.kind.set_value(card.kind)
        self._write(card.symptoms)
        if not card.patient_confirmed and card.status is not Status.CANCELLED:
            self.warning.say(_("Booked on the platform: ask for whom it is"))
        self._show_steps()

    def _show_steps(self) -> None:
        self.steps.show_for(self._base, clashes=self._clashes)
        for control in (self.visit_type, self.kind, self.family):
            control.setEnabled(self._may_edit())
        self._on_form_changed()

    def _draft(self) -> Draft:
        member = self.family.chosen
        ref = member.ref if member else self._base.ref
        symptoms = self.symptoms.toPlainText()
        return Draft(self.visit_type.value, self.kind.value, symptoms, ref)

    def _on_form_changed(self) -> None:
        chosen_now = self._base is not None and not self._base.patient_confirmed
        self.save.setEnabled(self._may_edit() and not self._saving and (self.dirty or chosen_now))

    # saving

    def submit(self) -> None:
        """Save the form over the row as it was read."""
        if self._base is None or not self.save.isEnabled() or not self.versions.isHidden():
            return
        self._save(self._base.version)

    def _save(self, version: AppointmentVersion) -> None:
        context, draft = self._context, self._draft()
        if len(draft.symptoms) > SYMPTOMS_MAX:
            self.warning.say(self._("Shorten the symptoms"), stop=True)
            return
        command = EditAppointment(
            self._base.appointment_id, version, draft.visit_type, draft.kind, draft.symptoms, draft.patient
        )
        # the same wish again, after an answer that never came, is the same operation
        if self._attempt is None or self._attempt[0] != command:
            self._attempt = command, uuid7()
        op_id = self._attempt[1]
        self._saving = True
        self.save.setEnabled(False)
        operation = context.operation(
            self, lambda: desk.edit(context.database, context.actor, command, op_id=op_id)
        )
        operation.on_done(self._on_save_done).on_failed(self._on_save_failed).start()

    def _on_save_done(self, _nothing: None) -> None:
        self._saving, self._attempt = False, None
        self.saved.emit(self._base.appointment_id)

    def _on_save_failed(self, error: BaseException) -> bool:
        self._saving = False
        self._attempt = self._attempt if isinstance(error, Unavailable) else None
        self._on_form_changed()
        if isinstance(error, Conflict) and isinstance(error.current, AppointmentCard):
            self._meet(error.current)
            return True
        if isinstance(error, UserError | Unavailable):
            self.warning.say(error.text(self._context.tr), stop=True)
            if isinstance(error, Unavailable):
                self._context.messages.show_error(error, retry=self.submit)
            return True
        return False

    def _meet(self, theirs: AppointmentCard) -> None:
        """Someone changed the row. What touches nothing of ours is taken over; the rest is shown side by side."""
        before, mine, new = Draft.of(self._base), self._draft(), Draft.of(theirs)
        names = {member.ref: member.name for member in self.family.members}
        rows = mine.differences(before, new, self._context.tr, names)
        if any(row.both for row in rows):
            self.versions.show_versions(theirs, rows)
            self.save.setEnabled(False)
            return
        merged = mine.merged(before, new)
        self._fill(theirs)
        self._put(merged)
        self.warning.say(self._("Someone changed this appointment meanwhile; your changes are still here"))

    def _put(self, draft: Draft) -> None:
        self.visit_type.set_value(draft.visit_type)
        self.kind.set_value(draft.kind)
        self._write(draft.symptoms)
        self.family.show_members(self.family.members, draft.patient)
        self._on_form_changed()

    def _write(self, symptoms: str) -> None:
        if self.symptoms.toPlainText() != symptoms:
            self.symptoms.setPlainText(symptoms)
            self.symptoms.moveCursor(QTextCursor.MoveOperation.End)

    def _on_versions_theirs_chosen(self, theirs: AppointmentCard) -> None:
        self.versions.hide()
        self._fill(theirs)
        self._put(Draft.of(theirs))

    def _on_versions_mine_chosen(self, theirs: AppointmentCard) -> None:
        mine = self._draft()
        self.versions.hide()
        self._fill(theirs)
        self._put(mine)
        self._save(theirs.version)

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [*self.steps.hints(), KeyHint("Ctrl ⏎", _("Save")), KeyHint("Esc", _("Close"))]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(14))
