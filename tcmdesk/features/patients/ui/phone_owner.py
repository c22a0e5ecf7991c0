"""Whose number it is already, for a form that meets one that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.features.patients.types import PatientMatch, masked_phone, sex_age
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext


class PhoneOwner(Themed, QWidget):
    """Who has the phone number already, and what to do about it."""

    use_requested = Signal()
    join_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        _ = context.tr.gettext
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._sentence = Text("", "small", "warn", elide=True, parent=self)
        self.use = Button(_("Use this patient"), size="small", parent=self)
        self.join = Button(_("Add to the family"), size="small", parent=self)
        self.use.clicked.connect(self.use_requested)
        self.join.clicked.connect(self.join_requested)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self.use)
        self._row.addWidget(self.join)
        self.start_theming()

    @property
    def text(self) -> str:
        return self._sentence.text()

    def show_owner(self, match: PatientMatch | None) -> None:
        """Say who it is, or go out of the way."""
        self.setVisible(match is not None)
        if match is None:
            return
        today = self._context.clock.now().astimezone(self._context.zone).date()
        who = " ".join(
            part
            for part in (match.name, sex_age(self._context.tr, match.gender, match.birthday, today))
            if part
        )
        said = self._context.tr.gettext("{phone} is the number of {person}")
        self._sentence.setText(said.format(phone=masked_phone(match.phone) or match.phone, person=who))

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("button_small"))
        self._row.setSpacing(current().px(8))
