"""Booking, in the order of a telephone call: who, for whom, when, how, why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.core.errors import Conflict, TranslatableError, Unavailable, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    LENGTHS,
    SYMPTOMS_MAX,
    VISIT_TYPE_LABELS,
    BookAppointment,
    DoctorColumn,
    Kind,
    VisitType,
)
from tcmdesk.features.appointments.ui.opening_strip import OpeningStrip
from tcmdesk.features.appointments.ui.section import Section, WarningLine
from tcmdesk.features.appointments.ui.sheet import Sheet
from tcmdesk.features.appointments.ui.words import doctor_text, when_text
from tcmdesk.features.patients.service.people import family
from tcmdesk.features.patients.types import FamilyMember, PatientMatch
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import Booked, BookingWarning, Opening
    from tcmdesk.features.patients.types import PatientRef
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

LOOK_AHEAD_DAYS: Final = 14
WARN_AFTER_MS: Final = 120
"""Warnings are asked for once the choice has settled."""


class BookingPanel(Sheet):
    """One booking from the first key to the commit.

    Every refusal leaves all that was typed; `appointment_id` and `op_id` stay the same until it is booked or
    begun anew, so that trying again can never book twice. `booked` brings the result and the person's name,
    `target_changed` doctor and start so that the board shows the cell.
    """

    booked = Signal(object, str)
    target_changed = Signal(str, object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("New booking"), _("Close"), parent)
        self._context = context
        self._ = _
        self._doctor: DoctorColumn | None = None
        self._starts_at: dt.datetime | None = None
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._family_operation: Operation[tuple[FamilyMember, ...]] | None = None
        self._openings_operation: Operation[tuple[Opening, ...]] | None = None
        self._submit_when_known = False
        self._kind_touched = False
        self._submitting = False
        self._taken: dt.datetime | None = None
        self._build()
        self._wire()
        self.start_theming()

    def _build(self) -> None:
        _, context = self._, self._context
        self.patient = panel("patient_field")(context, self)
        self.family = panel("family_picker")(context, self)
        self.family.set_hint(_("Who is it for? First choose a patient"))
        self.form = panel("person_form")(context, self)
        self._people = QWidget(self)
        self._people_column = QVBoxLayout(self._people)
        self._people_column.setContentsMargins(0, 0, 0, 0)
        hint = _("Name, initials, last digits")
        self._people_column.addWidget(Section(_("Patient"), self.patient, hint, self))
        self._people_column.addWidget(Section(_("For whom"), self.family, parent=self))
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._people)
        self._pages.addWidget(self.form)
        self.body.addWidget(self._pages)
        self.openings = OpeningStrip(context.tr, context.zone, self)
        self.body.addWidget(Section(_("Next openings"), self.openings, _("Alt ← → chooses"), self))
        self.visit_type = SegmentedControl(
            [(value, _(VISIT_TYPE_LABELS[value])) for value in (VisitType.IN_PERSON, VisitType.VIDEO)],
            name=_("Visit"),
            parent=self,
        )
        self.kind = SegmentedControl(
            [(Kind.FIRST, _("First")), (Kind.FOLLOW_UP, _("Follow-up"))], name=_("Type"), parent=self
        )
        self.minutes = SegmentedControl(
            [(length, _("{minutes}").format(minutes=length)) for length in LENGTHS],
            name=_("Minutes"),
            parent=self,
        )
        self._choices = QHBoxLayout()
        for title, control in (
            (_("Visit"), self.visit_type),
            (_("Type"), self.kind),
            (_("Minutes"), self.minutes),
        ):
            self._choices.addWidget(Section(title, control, parent=self))
        self._choices.addStretch(1)
        self.body.addLayout(self._choices)
        self.symptoms = TextInput(name=_("Symptoms"))
        self.symptoms.setMaxLength(SYMPTOMS_MAX)
        self.body.addWidget(Section(_("Symptoms"), self.symptoms, parent=self))
        self.warning = WarningLine(self)
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.book = self.add_action(
            Button(_("Book"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )
        self._warn_later = QTimer(self)
        self._warn_later.setSingleShot(True)
        self._warn_later.setInterval(WARN_AFTER_MS)

    def _wire(self) -> None:
        context, _ = self._context, self._
        self.patient.chosen.connect(self._on_patient_chosen)
        self.patient.cleared.connect(self._on_patient_cleared)
        self.patient.new_requested.connect(self._on_patient_new_requested)
        self.patient.accepted_again.connect(self.submit)
        self.family.changed.connect(self._on_family_changed)
        self.family.new_requested.connect(self._on_family_new_requested)
        self.form.registered.connect(self._on_form_registered)
        self.form.owner_chosen.connect(self._on_form_owner_chosen)
        self.form.cancelled.connect(self._on_form_cancelled)
        self.openings.chosen.connect(self._on_openings_chosen)
        self.kind.value_changed.connect(self._on_kind_value_changed)
        self.minutes.value_changed.connect(self._on_minutes_value_changed)
        self.cancel.clicked.connect(self.close_requested)
        self.book.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.stepped.connect(self.openings.step)
        self.numbered.connect(self.family.choose)
        self._warn_later.timeout.connect(self._on_warn_later_timeout)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        context.shortcuts.add(
            self, "Ctrl+N", _("New patient"), self.patient.new_row.click, rank=23, context=scope
        )

    # opening and aiming

    def begin(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """A new booking for this doctor and time; nothing of an earlier one is left."""
        self._appointment_id, self._op_id = uuid7(), uuid7()
        self._kind_touched = self._submit_when_known = False
        self._forget_family()
        self.patient.clear()
        self.symptoms.clear()
        self.visit_type.set_value(VisitType.IN_PERSON)
        self.kind.set_value(Kind.FOLLOW_UP)
        self.minutes.set_value(LENGTHS[0])
        self.warning.say("")
        self.set_note("", "")
        self._pages.setCurrentWidget(self._people)
        self._set_submitting(False)
        self.aim(doctor, starts_at)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    def aim(self, doctor: DoctorColumn, starts_at: dt.datetime) -> None:
        """Another cell was chosen on the board; everything typed stays."""
        changed = self._doctor is None or doctor.doctor_id != self._doctor.doctor_id
        self._doctor, self._starts_at, self._taken = doctor, starts_at, None
        self._say_target()
        if changed:
            self.openings.show_openings((), starts_at, self._today())
        self.reload_openings()
        self._warn_later.start()

    @property
    def target(self) -> tuple[DoctorColumn, dt.datetime] | None:
        if self._doctor is None or self._starts_at is None:
            return None
        return self._doctor, self._starts_at

    @property
    def dirty(self) -> bool:
        """Whether something was typed or chosen that closing would lose."""
        return bool(self.patient.text or self.symptoms.text() or self._pages.currentWidget() is self.form)

    def reload_openings(self) -> None:
        """Ask for the doctor's free times again: others book meanwhile."""
        if self._doctor is None:
            return
        if self._openings_operation is not None:
            self._openings_operation.cancel()
        context, doctor_id = self._context, self._doctor.doctor_id
        length, begin = self.minutes.value, self._openings_from()

        def look() -> tuple[Opening, ...]:
            return context.database.read(
                lambda connection: reading.openings(
                    connection, context.actor, doctor_id,
                    from_=begin, days=LOOK_AHEAD_DAYS, minutes=length, zone=context.zone,
                )
            )  # fmt: skip

        self._openings_operation = context.operation(self, look)
        self._openings_operation.on_done(self._on_openings_done).on_failed(lambda _error: True).start()

    def _openings_from(self) -> dt.datetime:
        now = self._context.clock.now()
        if self._starts_at is None:
            return now
        day = dt.datetime.combine(
            self._starts_at.astimezone(self._context.zone), dt.time(), self._context.zone
        )
        return max(now, day.astimezone(dt.UTC))

    def _on_openings_done(self, found: tuple[Opening, ...]) -> None:
        self._openings_operation = None
        wanted = None if self._starts_at == self._taken else self._starts_at
        self.openings.show_openings(
            (each.starts_at for each in found), wanted, self._today(), near=self._starts_at
        )

    def _on_openings_chosen(self, moment: dt.datetime) -> None:
        self._starts_at, self._taken = moment, None
        self._say_target()
        self._warn_later.start()
        if self._doctor is not None:
            self.target_changed.emit(self._doctor.doctor_id, moment)

    def _say_target(self) -> None:
        if self._doctor is not None and self._starts_at is not None:
            when = when_text(self._context.tr, self._starts_at, self._context.zone)
            self.set_subtitle(f"{doctor_text(self._doctor)} · {when}")

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    # who

    def _on_patient_chosen(self, match: PatientMatch) -> None:
        self._forget_family()
        context = self._context

        def look() -> tuple[FamilyMember, ...]:
            return context.database.read(
                lambda connection: family(connection, context.actor, match.ref.user_id)
            )

        self._family_operation = context.operation(self, look)
        self._family_operation.on_done(self._on_family_read_done).on_failed(
            self._on_family_read_failed
        ).start()
        self._say_note(match)
        self._warn_later.start()

    def _on_family_read_done(self, members: tuple[FamilyMember, ...]) -> None:
        self._family_operation = None
        picked = self.patient.picked
        self.family.show_members(members, picked.ref if picked else None)
        self._guess_kind()
        if self._submit_when_known:
            self._submit_when_known = False
            self.submit()

    def _on_family_read_failed(self, _error: BaseException) -> bool:
        self._family_operation = None
        self._submit_when_known = False
        return False

    def _forget_family(self) -> None:
        if self._family_operation is not None:
            self._family_operation.cancel()
            self._family_operation = None
        self.family.show_members((), None)

    def _on_patient_cleared(self) -> None:
        self._forget_family()
        self.set_note("", "")
        self.warning.say("")

    def _on_family_changed(self, _member: FamilyMember) -> None:
        self._guess_kind()
        self._warn_later.start()

    def _ref(self) -> PatientRef | None:
        member, picked = self.family.chosen, self.patient.picked
        return member.ref if member else picked.ref if picked else None

    def _name(self) -> str:
        member, picked = self.family.chosen, self.patient.picked
        return member.name if member else picked.name if picked else ""

    def _guess_kind(self) -> None:
        picked = self.patient.picked
        if picked is not None and self._ref() == picked.ref and not self._kind_touched:
            self.kind.set_value(Kind.FIRST if picked.last_visit is None else Kind.FOLLOW_UP)

    def _on_kind_value_changed(self, _kind: Kind) -> None:
        self._kind_touched = True

    def _say_note(self, match: PatientMatch) -> None:
        if match.placeholder_phone or not match.phone:
            self.set_note(self._("No phone: nobody is notified"), "phone-off")
        else:
            self.set_note(self._("Notified as the patient has set it"), "message-square")

    # someone new

    def _on_patient_new_requested(self, typed: str) -> None:
        self._pages.setCurrentWidget(self.form)
        self.form.begin(typed, None)

    def _on_family_new_requested(self) -> None:
        if self.patient.picked is not None:
            self._pages.setCurrentWidget(self.form)
            self.form.begin("", self.patient.picked.ref.user_id)

    def _on_form_registered(self, person: PatientMatch | FamilyMember) -> None:
        self._pages.setCurrentWidget(self._people)
        if isinstance(person, FamilyMember):
            known = self.patient.picked
            person = PatientMatch(
                ref=person.ref, name=person.name, gender=person.gender, birthday=person.birthday,
                phone=known.phone if known else None, reading="", relationship=person.relationship, family=2,
                placeholder_phone=known.placeholder_phone if known else False,
            )  # fmt: skip
        self.patient.pick(person)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_owner_chosen(self, match: PatientMatch) -> None:
        self._pages.setCurrentWidget(self._people)
        self.patient.pick(match)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_cancelled(self) -> None:
        self._pages.setCurrentWidget(self._people)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    # warnings

    def _on_minutes_value_changed(self, _minutes: int) -> None:
        self.reload_openings()
        self._warn_later.start()

    def _on_warn_later_timeout(self) -> None:
        command = self._command()
        if command is None:
            return
        context, now = self._context, self._context.clock.now()

        def look() -> tuple[BookingWarning, ...]:
            return context.database.read(
                lambda connection: reading.warnings(
                    connection, context.actor, command, zone=context.zone, now=now
                )
            )

        def show(found: tuple[BookingWarning, ...]) -> None:
            if command == self._command():
                self.warning.say("  ".join(each.text(context.tr) for each in found))

        context.operation(self, look).on_done(show).on_failed(lambda _error: True).start()

    # booking

    def _command(self) -> BookAppointment | None:
        ref = self._ref()
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
        )

    def submit(self) -> None:
        """Book, or say what is missing. Enter pressed before the family has come is remembered."""
        if self._submitting or self._pages.currentWidget() is self.form:
            return
        command = self._command()
        if command is None:
            self.warning.say(self._("Choose a patient, or register a new one with Ctrl N"), stop=True)
            self.patient.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._family_operation is not None:
            self._submit_when_known = True
            return
        context, op_id, name = self._context, self._op_id, self._name()
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
            self._context.messages.show_error(error, retry=self.submit)
        if isinstance(error, Conflict | UserError | Unavailable):
            self._say_refusal(error)
            return True
        return False

    def _say_refusal(self, error: TranslatableError) -> None:
        self.warning.say(error.text(self._context.tr), stop=True)
        if isinstance(error, Conflict):
            self._taken = self._starts_at
            self.reload_openings()

    def _set_submitting(self, submitting: bool) -> None:
        self._submitting = submitting
        self.book.setEnabled(not submitting)

    # layout

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("↑ ↓", _("Choose a patient")),
            KeyHint("⏎", _("Take, then book")),
            KeyHint("Alt 1", _("For whom")),
            KeyHint("Alt ← →", _("Opening")),
            KeyHint("Ctrl N", _("New patient")),
            KeyHint("Ctrl ⏎", _("Book")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        theme, short = current(), self.short
        self.patient.set_rows(3 if short else 4)
        self.openings.set_days(2 if short else 3)
        gap = theme.px(12 if short else 16)
        self.body.setSpacing(gap)
        self._people_column.setSpacing(gap)
        self._choices.setSpacing(theme.px(16))
