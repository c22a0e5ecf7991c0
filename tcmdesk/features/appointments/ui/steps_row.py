"""What can be done with an appointment as a whole, each with its key."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import BOOK, COMPLETE, Status
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.ui.context import UiContext


class Step(Enum):
    """One of the things to do."""

    CONFIRM = auto()
    COMPLETE = auto()
    MOVE = auto()
    RESTORE = auto()
    RESOLVE = auto()
    CANCEL = auto()


_WORDS: Final = {
    Step.CONFIRM: (N_("Confirm"), "check", "O"),
    Step.COMPLETE: (N_("Complete"), "circle-check", "D"),
    Step.MOVE: (N_("Reschedule"), "calendar-clock", "M"),
    Step.RESTORE: (N_("Restore"), "undo-2", ""),
    Step.RESOLVE: (N_("Resolve"), "triangle-alert", "R"),
    Step.CANCEL: (N_("Cancel"), "ban", "X"),
}
_NEEDS: Final = {
    Step.CONFIRM: frozenset({Status.PENDING}),
    Step.COMPLETE: frozenset({Status.CONFIRMED}),
    Step.MOVE: frozenset({Status.PENDING, Status.CONFIRMED}),
    Step.RESTORE: frozenset({Status.CANCELLED}),
    Step.RESOLVE: frozenset({Status.PENDING, Status.CONFIRMED}),
    Step.CANCEL: frozenset({Status.PENDING, Status.CONFIRMED}),
}


def possible(step: Step, card: AppointmentCard, context: UiContext, *, clashes: bool) -> bool:
    """Whether a step suits the appointment's status and the person's rights."""
    right = COMPLETE if step is Step.COMPLETE else BOOK
    return card.status in _NEEDS[step] and context.allowed(right) and (clashes or step is not Step.RESOLVE)


class StepsRow(Themed, QWidget):
    """Buttons for the steps that are possible now; `chosen` brings the `Step`."""

    chosen = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.buttons: dict[Step, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for step, (word, icon, key) in _WORDS.items():
            if step is Step.CANCEL:
                self._row.addStretch(1)
            kind = "danger" if step is Step.CANCEL else "plain"
            button = Button(
                context.tr.gettext(word), icon=icon, key=key, size="small", kind=kind, parent=self
            )
            button.clicked.connect(lambda _checked=False, step=step: self.chosen.emit(step))
            self._row.addWidget(button)
            self.buttons[step] = button
        self.start_theming()

    def show_for(self, card: AppointmentCard, *, clashes: bool) -> None:
        """Offer what is possible with this appointment."""
        for step, button in self.buttons.items():
            button.setVisible(possible(step, card, self._context, clashes=clashes))

    def hints(self) -> list[KeyHint]:
        """The keys of the steps that are offered."""
        return [
            KeyHint(button.key, button.text())
            for button in self.buttons.values()
            if button.key and button.isVisibleTo(self)
        ]

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(8))
