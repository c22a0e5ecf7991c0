"""Who comes: a patient that is found, someone new, and for whom of the family it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.service import recent
from tcmdesk.features.appointments.types import Kind, LastVisit
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.patients.service.people import family
from tcmdesk.features.patients.types import FamilyMember, PatientMatch, PatientRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


@dataclass(frozen=True, slots=True)
class _Household:
    """What is known of an account: its persons, and when each was here last."""

    members: tuple[FamilyMember, ...]
    visits: Mapping[PatientRef, LastVisit]


class WhoSection(QWidget):
    """Field, list and family; the form for someone new takes the place and the room of field and list.

    `changed` says that another person, or nobody, is meant now, or that more is known of them;
    `accepted` that Enter was pressed on one already chosen, `form_toggled` that the form opened or closed.
    """

    changed = Signal()
    accepted = Signal()
    form_toggled = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = context.tr.gettext
        self._context = context
        self._household: _Household | None = None
        self._reading: Operation[_Household] | None = None
        self._chosen_before: PatientRef | None = None
        self.patient = panel("patient_field")(context, self)
        self.family = panel("family_picker")(context, self)
        self.family.set_hint(_("Who is it for? First choose a patient"))
        self.form = panel("person_form")(context, self)
        self._search = Section(_("Patient"), self.patient, _("Name, initials, last digits"), self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._search)
        self._stack.addWidget(self.form)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._stack)
        self._column.addWidget(Section(_("For whom"), self.family, parent=self))
        self._stack.currentChanged.connect(self.form_toggled)
        self.patient.found.connect(self._on_patient_found)
        self.patient.chosen.connect(self._on_patient_chosen)
        self.patient.cleared.connect(self._on_patient_cleared)
        self.patient.new_requested.connect(self._on_patient_new_requested)
        self.patient.accepted_again.connect(self.accepted)
        self.family.changed.connect(self._on_family_changed)
        self.family.new_requested.connect(self._on_family_new_requested)
        self.form.registered.connect(self._on_form_registered)
        self.form.owner_chosen.connect(self._show)
        self.form.cancelled.connect(self.return_to_search)

    def clear(self) -> None:
        """Nobody is chosen."""
        self._forget_household()
        self.patient.clear()
        self.form.forget()
        self._stack.setCurrentWidget(self._search)

    def arrange(self, *, rows: int, gap: int) -> None:
        """Matches in sight, and px between the parts."""
        self.patient.set_rows(rows)
        self._column.setSpacing(gap)

    @property
    def registering(self) -> bool:
        """Whether the form for someone new is open."""
        return self._stack.currentWidget() is self.form

    @property
    def pending(self) -> bool:
        """Whether the family of the chosen patient is still to come."""
        return self._reading is not None

    @property
    def dirty(self) -> bool:
        return bool(self.patient.text) or self.registering

    @property
    def match(self) -> PatientMatch | None:
        """The patient that was found or registered."""
        return self.patient.picked

    @property
    def ref(self) -> PatientRef | None:
        """The person the visit is for."""
        person = self.family.chosen or self.patient.picked
        return person.ref if person else None

    @property
    def name(self) -> str:
        person = self.family.chosen or self.patient.picked
        return person.name if person else ""

    @property
    def kind(self) -> Kind | None:
        """First visit or follow-up, as far as it is known."""
        if self._household is None or self.ref is None:
            return None
        return Kind.FOLLOW_UP if self.ref in self._household.visits else Kind.FIRST

    def focus_search(self) -> None:
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Give the keyboard to the field, or to the form when that is open."""
        if self.registering:
            self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_search()

    def return_to_search(self) -> None:
        """Leave the form; what was typed in it stays there."""
        self._stack.setCurrentWidget(self._search)
        if self._household is not None and not self.family.members:
            self.family.show_members(self._household.members, self._chosen_before)
        self.focus_search()

    def _show(self, match: PatientMatch) -> None:
        self._stack.setCurrentWidget(self._search)
        self.patient.pick(match)
        self.focus_search()

    def _on_patient_found(self, matches: tuple[PatientMatch, ...]) -> None:
        """The list is there; when each was here last and with whom follows, so as not to hold it up."""
        context = self._context
        refs = tuple(match.ref for match in matches)

        def look() -> dict[PatientRef, LastVisit]:
            return context.database.read(lambda connection: dict(self._visits(connection, refs)))

        def show(visits: dict[PatientRef, LastVisit]) -> None:
            self.patient.show_last_visits({ref: (visit.day, visit.doctor) for ref, visit in visits.items()})

        context.operation(self, look).on_done(show).on_failed(lambda _error: True).start()

    def _visits(self, connection: object, refs: tuple[PatientRef, ...]) -> Mapping[PatientRef, LastVisit]:
        context = self._context
        return recent.last_visits(connection, context.actor, refs, now=context.clock.now(), zone=context.zone)

    def _on_patient_chosen(self, match: PatientMatch) -> None:
        self._forget_household()
        context = self._context

        def look(connection: object) -> _Household:
            members = family(connection, context.actor, match.ref.user_id)
            return _Household(members, self._visits(connection, tuple(member.ref for member in members)))

        self._reading = context.operation(self, lambda: context.database.read(look))
        self._reading.on_done(self._on_household_read).on_failed(self._on_household_failed).start()
        self.changed.emit()

    def _on_household_read(self, household: _Household) -> None:
        self._reading = None
        self._household = household
        self.family.show_members(household.members, self.match.ref if self.match else None)
        self.changed.emit()

    def _on_household_failed(self, _error: BaseException) -> bool:
        self._reading = None
        return False

    def _on_patient_cleared(self) -> None:
        self._forget_household()
        self.changed.emit()

    def _forget_household(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._household = None
        self.family.show_members((), None)

    def _on_patient_new_requested(self, typed: str) -> None:
        self._chosen_before = self.ref
        self.family.show_members((), None)
        self._stack.setCurrentWidget(self.form)
        self.form.begin(typed, None)

    def _on_family_changed(self) -> None:
        if self.registering:
            self.return_to_search()
        self.changed.emit()

    def _on_family_new_requested(self) -> None:
        if self.match is not None:
            self._stack.setCurrentWidget(self.form)
            self.form.begin("", self.match.ref.user_id)

    def _on_form_registered(self, person: PatientMatch | FamilyMember) -> None:
        if isinstance(person, FamilyMember):
            known = self.match
            person = PatientMatch(
                ref=person.ref, name=person.name, gender=person.gender, birthday=person.birthday,
                phone=known.phone if known else None, reading="", relationship=person.relationship, family=2,
                placeholder_phone=known.placeholder_phone if known else False,
            )  # fmt: skip
        self._show(person)
