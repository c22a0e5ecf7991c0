"""After how many minutes the clinic's desks lock themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.features.identity.service import idle as service
from tcmdesk.features.identity.types import IDLE_DEFAULT
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext

CHOICES: Final = (1, 2, 5, 10, 15, 30, 60, 120)


class IdleChoice(Themed, QWidget):
    """A quiet label and a choice that is saved when it is made."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = self._ = context.tr.gettext
        self._context = context
        self._label = Text(_("Desks lock after"), "small", "text2", parent=self)
        self.minutes = ComboBox(name=_("Desks lock after"), parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        self._row.addWidget(self.minutes)
        self._show(IDLE_DEFAULT)
        self.minutes.activated.connect(self._on_minutes_activated)
        self.start_theming()

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(8))

    def load(self) -> None:
        """Ask what the clinic agreed on."""
        database, actor = self._context.database, self._context.actor

        def work() -> int:
            return database.read(lambda connection: service.idle_minutes(connection, actor))

        self._context.operation(self, work).on_done(self._show).start()

    def _show(self, minutes: int) -> None:
        every = sorted({*CHOICES, minutes})
        word = self._("{minutes} min")
        self.minutes.set_options((each, word.format(minutes=each)) for each in every)
        self.minutes.set_value(minutes)

    def _on_minutes_activated(self, _at: int) -> None:
        minutes, context = self.minutes.value, self._context
        database, actor = context.database, context.actor

        def work() -> None:
            database.write(
                actor, "identity:idle:set", lambda uow: service.set_idle_minutes(uow, actor, minutes)
            )

        text = self._("Desks lock themselves after {minutes} min.").format(minutes=minutes)
        context.operation(self, work).on_done(lambda _done: context.messages.done(text)).start()
