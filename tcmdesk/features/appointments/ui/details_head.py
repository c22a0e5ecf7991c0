"""The marks at the head of an appointment: how far it is, who booked it, its room, whose account it is under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.features.appointments.types import SOURCE_LABELS
from tcmdesk.features.appointments.ui.words import state_text
from tcmdesk.ui.components.badge import Chip
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import AppointmentCard


class DetailsHead(Themed, QWidget):
    """A line of marks; those that say nothing are left out."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.status = Chip("", parent=self)
        self.origin = Chip("", parent=self)
        self._kind = Chip("", parent=self)
        self._room = Chip("", parent=self)
        self._extra = Chip(tr.gettext("Extra slot"), icon="circle-plus", parent=self)
        self.account = Text("", "small", "text3", elide=True, parent=self)
        for chip in (self.status, self.origin, self._kind, self._room, self._extra):
            self._row.addWidget(chip)
        self._row.addWidget(self.account, 1)
        self.start_theming()

    def show_card(self, card: AppointmentCard) -> None:
        """Say what is known of an appointment."""
        _ = self._tr.gettext
        self.status.set_text(state_text(card, self._tr))
        self.origin.set_text(_(SOURCE_LABELS[card.source]))
        for chip, text in ((self._kind, card.visit_kind), (self._room, card.room)):
            chip.set_text(text)
            chip.setVisible(bool(text))
        self._extra.setVisible(card.extra)
        same = card.account_name == card.patient_name
        self.account.setText("" if same else _("Account of {name}").format(name=card.account_name))

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(8))
