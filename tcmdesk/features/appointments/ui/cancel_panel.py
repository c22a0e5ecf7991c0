"""Cancelling: an end, so it is asked for once, with the reason that the patient is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import REASON_MAX, AppointmentCard
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.appointments.ui.sheet import Sheet
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.ui.context import UiContext

REASONS: Final = (
    N_("Patient asked to cancel"),
    N_("Patient will come another day"),
    N_("Doctor is not available"),
    N_("Booked by mistake"),
)


class _Reasons(Themed, QWidget):
    """One of a few sentences; digits and arrows choose."""

    def __init__(self, words: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        for at, word in enumerate(words):
            button = QRadioButton(f"{at + 1}  {word}", self)
            button.setAccessibleName(word)
            self._group.addButton(button, at)
            self._column.addWidget(button)
        self.words = words
        self.choose(0)
        self.start_theming()

    @property
    def chosen(self) -> str:
        return self.words[self._group.checkedId()]

    def choose(self, at: int) -> None:
        button = self._group.button(at)
        button.setChecked(True)
        self.setFocusProxy(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(self.words) and not event.modifiers():
            self.choose(digit)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(6))
        for button in self._group.buttons():
            button.setFont(current().font("body"))


class CancelPanel(Sheet):
    """Asks for the reason. `confirmed` brings the card and the reason; Esc leaves without loss."""

    confirmed = Signal(object, str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Cancel appointment"), _("Close"), parent)
        self._context = context
        self._card: AppointmentCard | None = None
        self.reasons = _Reasons(tuple(_(reason) for reason in REASONS), self)
        self.own_words = TextInput(name=_("In other words"))
        self.own_words.setMaxLength(REASON_MAX)
        self.body.addWidget(Section(_("Reason"), self.reasons, _("The patient is told"), self))
        self.body.addWidget(Section(_("In other words"), self.own_words, parent=self))
        self.body.addStretch(1)
        keep = self.add_action(Button(_("Keep"), key="Esc", size="sheet", parent=self))
        self.confirm = self.add_action(
            Button(_("Cancel appointment"), icon="ban", key="⏎", kind="danger", size="sheet", parent=self)
        )
        keep.clicked.connect(self.close_requested)
        self.confirm.clicked.connect(self._on_confirm)
        self.submit_requested.connect(self._on_confirm)
        self.start_theming()

    def begin(self, card: AppointmentCard) -> None:
        """Ask about this appointment."""
        self._card = card
        today = self._context.clock.now().astimezone(self._context.zone).date()
        self.set_subtitle(card_sentence(card, self._context.tr, self._context.zone, today))
        self.set_note(self._context.tr.gettext("Ctrl Z takes it back"), "undo-2")
        self.reasons.choose(0)
        self.own_words.clear()
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        return self.own_words.text().strip() or self.reasons.chosen

    def _on_confirm(self) -> None:
        if self._card is not None:
            self.confirmed.emit(self._card, self.reason)

    def arrange(self) -> None:
        self.body.setSpacing(current().px(16))
