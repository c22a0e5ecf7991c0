"""The clinic's rules for offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.waitlist.service import rules as reading
from tcmdesk.features.waitlist.types import KEEP_MINUTES, Rules
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class RulesSheet(Sheet):
    """How long an offer stands, and whether cancelled times are offered by themselves. `saved` when it holds."""

    saved = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Rules for offers"), _("Close"), parent)
        self._context = context
        self._ = _
        self._op_id = uuid7()
        self.minutes = NumberInput(KEEP_MINUTES, low=1, high=reading.LONGEST, unit=_("min"))
        self.automatic = SegmentedControl(
            [(True, _("Offer at once")), (False, _("Leave to the desk"))],
            name=_("Cancelled times"),
            parent=self,
        )
        self._minutes_field = Field(_("An offer stands for"), self.minutes, parent=self)
        self.body.addWidget(self._minutes_field)
        self.body.addWidget(
            Field(
                _("Cancelled times"),
                self.automatic,
                help_text=_("Held for who fits best; the patient is told"),
                parent=self,
            )
        )
        self.body.addStretch(1)
        close = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.save = self.add_action(
            Button(_("Save"), icon="check", key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )
        close.clicked.connect(self.close_requested)
        self.save.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.start_theming()

    def begin(self) -> None:
        """Show the rules that hold."""
        self._op_id = uuid7()
        self.save.setEnabled(False)
        context = self._context
        context.operation(
            self,
            lambda: context.database.read(lambda connection: reading.offer_rules(connection, context.actor)),
        ).on_done(self.show_rules).start()
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rules(self, rules: Rules) -> None:
        """Fill the fields."""
        self.minutes.setValue(rules.keep_minutes)
        self.automatic.set_value(rules.automatic)
        self._minutes_field.set_error("")
        self.save.setEnabled(True)

    @property
    def rules(self) -> Rules:
        """The rules as the fields say them."""
        return Rules(self.minutes.value(), self.automatic.value)

    def submit(self) -> None:
        """Save the rules."""
        if not self.save.isEnabled():
            return
        context, wanted, op_id = self._context, self.rules, self._op_id
        self.save.setEnabled(False)
        context.operation(
            self, lambda: reading.change_rules(context.database, context.actor, wanted, op_id=op_id)
        ).on_done(self._on_save_done).on_failed(self._on_save_failed).start()

    def _on_save_done(self, _result: None) -> None:
        self._context.messages.done(self._("Rules for offers saved"))
        self.saved.emit()

    def _on_save_failed(self, error: BaseException) -> bool:
        self.save.setEnabled(True)
        if isinstance(error, ValidationError):
            self._minutes_field.set_error(error.text(self._context.tr))
            return True
        return False

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("Tab", _("Next field")),
            KeyHint("Ctrl ⏎", _("Save")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(12))
