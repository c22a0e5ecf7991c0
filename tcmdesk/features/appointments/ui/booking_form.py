"""The fields of a booking, in the order of a telephone call: who, for whom, when, how, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from tcmdesk.features.appointments.types import SYMPTOMS_MAX
from tcmdesk.features.appointments.ui.extra_slot import ExtraSlot
from tcmdesk.features.appointments.ui.opening_strip import OpeningStrip
from tcmdesk.features.appointments.ui.section import Section, WarningLine
from tcmdesk.features.appointments.ui.visit_choices import VisitChoices
from tcmdesk.features.appointments.ui.visit_needs import VisitNeeds
from tcmdesk.features.appointments.ui.who_section import WhoSection
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class BookingForm(Sheet):
    """Makes and arranges them; what they do is the subclass's."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("New booking"), _("Close"), parent)
        self._context = context
        self._ = _
        self.who = WhoSection(context, self)
        self.body.addWidget(self.who)
        self.openings = OpeningStrip(context.tr, context.zone, self)
        self.body.addWidget(Section(_("Next openings"), self.openings, _("Alt ← → chooses"), self))
        choices = VisitChoices(context.tr, self, with_length=True)
        self.visit_type, self.kind, self.minutes = choices.visit_type, choices.kind, choices.minutes
        self.body.addWidget(choices)
        self.choices = choices
        self.needs = VisitNeeds(context, self)
        self.symptoms = TextInput(name=_("Symptoms"))
        self.symptoms.setMaxLength(SYMPTOMS_MAX)
        self._last_row = QHBoxLayout()
        for part, share in ((self.needs, 3), (Section(_("Symptoms"), self.symptoms, parent=self), 2)):
            self._last_row.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._last_row)
        self.extra = ExtraSlot(context, self)
        self.body.addWidget(self.extra)
        self.warning = WarningLine(self)
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.book = self.add_action(
            Button(_("Book"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )

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
            KeyHint("⏎", _("Take, then book")),
            KeyHint("Alt 1", _("For whom")),
            KeyHint("Alt ← →", _("Opening")),
            KeyHint("Ctrl F", _("More openings")),
            KeyHint("Ctrl N", _("New patient")),
            KeyHint("Ctrl ⏎", _("Book")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        theme, short = current(), self.short
        self.openings.set_days(2 if short else 3)
        gap = theme.px(12 if short else 16)
        self.body.setSpacing(gap)
        self._last_row.setSpacing(theme.px(16))
        self.who.arrange(rows=3 if short else 4, gap=gap)
