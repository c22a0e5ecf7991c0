"""A booking beyond the doctor's hours or seats, for a reason that stays with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import EXTRA
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.schedules.types import REASON_MAX
from tcmdesk.ui.components.inputs import TextInput

if TYPE_CHECKING:
    from tcmdesk.core.errors import Conflict
    from tcmdesk.ui.context import UiContext

_OVERCOME = frozenset({"appointments.slot_taken", "appointments.closed"})
"""Refusals that an extra slot gets over."""


class ExtraSlot(QWidget):
    """One field, there only when an extra slot is wanted or would help, and only for who may give one."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = context.tr.gettext
        self._allowed = context.allowed(EXTRA)
        self.reason_input = TextInput(
            placeholder=_("Why it is given; left empty it is not"), name=_("Extra slot")
        )
        self.reason_input.setMaxLength(REASON_MAX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Section(_("Extra slot"), self.reason_input, _("Alt E"), self))
        self.hide()

    @property
    def reason(self) -> str | None:
        """Why the slot is given; None for an ordinary booking."""
        return self.reason_input.text().strip() or None

    def offer(self) -> None:
        """Show the field, for who may fill it."""
        self.setVisible(self._allowed)

    def offer_after(self, refusal: Conflict) -> None:
        """Show the field when it would help."""
        if refusal.code in _OVERCOME:
            self.offer()

    def ask(self) -> None:
        """Show the field and give it the keyboard."""
        self.offer()
        if self._allowed:
            self.reason_input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """An ordinary booking again."""
        self.reason_input.clear()
        self.hide()
