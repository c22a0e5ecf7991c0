"""What administrators decide about everybody's work."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from tcmdesk.core.errors import Conflict
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.features.settings import service
from tcmdesk.features.settings.types import CATEGORY, LONGEST_WAIT, MOST_EXTRA_SLOTS, ClinicRules
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class ClinicRulesSheet(FormSheet):
    """All rules; opening one of the list puts the keyboard on it.

    What was changed elsewhere meanwhile is said and shown; what is typed here stays, and saving again replaces it.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Rules"), parent)
        self._read = ClinicRules()
        self.closures = self._choice(_("Booking into time off"), _("Refuse"), _("Warn"))
        self.extra = NumberInput(low=0, high=MOST_EXTRA_SLOTS, parent=self)
        self.mirror = self._choice(_("Closed time on the platform"), _("Block it"), _("Only mark it"))
        self.long_wait = NumberInput(low=1, high=LONGEST_WAIT, unit=_("min"), parent=self)
        self.messages = self._choice(_("Messages to patients"), _("On"), _("Off"))
        for name, label, control, said in (
            ("closures_refuse", _("Booking into time off"), self.closures,
                _("Extra bookings are possible all the same")),
            ("extra_slots", _("Extra bookings at one time"), self.extra, _("0: nobody beyond the seats")),
            ("mirror_closures", _("Closed time on the platform"), self.mirror,
                _("Blocking takes it with bookings of the clinic's own")),
            ("long_wait", _("A long wait"), self.long_wait, _("The waiting room marks who waits so long")),
            ("notifications", _("Messages to patients"), self.messages,
                _("Bookings, moves and cancellations")),
        ):  # fmt: skip
            self.add_row((name, label, control, 1))
            self.fields[name].set_help(said)
        self.body.addStretch(1)
        self.start_theming()

    def _choice(self, name: str, yes: str, no: str) -> SegmentedControl:
        return SegmentedControl([(True, yes), (False, no)], name=name, parent=self)

    def fill(self, row: ClinicRules) -> None:
        self._read = row
        self.closures.set_value(row.closures_refuse)
        self.extra.setValue(row.extra_slots)
        self.mirror.set_value(row.mirror_closures)
        self.long_wait.setValue(row.long_wait)
        self.messages.set_value(row.notifications)

    def row(self) -> ClinicRules:
        return ClinicRules(
            extra_slots=self.extra.value(),
            closures_refuse=self.closures.value,
            mirror_closures=self.mirror.value,
            long_wait=self.long_wait.value(),
            notifications=self.messages.value,
        )

    def write(self, row: ClinicRules, op_id: str, *, keep: bool) -> None:  # noqa: ARG002
        actor, read = self.context.actor, self._read
        self.context.database.write(
            actor,
            "settings:rules:save",
            lambda uow: service.save_rules(uow, actor, row, read=read),
            op_id=op_id,
            subject=CATEGORY,
        )

    def take_focus(self) -> None:
        """Put the keyboard on the rule that was opened."""
        self.fields[self.key].control.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_refused(self, error: Any) -> bool:
        if isinstance(error, Conflict) and isinstance(error.current, ClinicRules):
            typed, read, now = self.row(), self._read, error.current
            own = {name: value for name, value in asdict(typed).items() if value != getattr(read, name)}
            self.fill(replace(now, **own))
            self._read = now
        return super()._on_refused(error)
