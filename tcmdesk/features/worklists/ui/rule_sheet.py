"""The clinic's rule for confirming bookings without looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.worklists.service import autoconfirm
from tcmdesk.features.worklists.types import AutoConfirm
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import DoctorColumn
    from tcmdesk.ui.context import UiContext


_ACROSS: Final = 3


class _Doctor(Button):
    """A doctor who is chosen or not: the icon says which, the tint comes last."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, icon="circle", size="small", checkable=True, parent=parent)
        self.toggled.connect(lambda on: self.set_icon_name("circle-check" if on else "circle"))


class RuleSheet(Sheet):
    """On or off, for whom, for which doctors. `saved` when it holds."""

    saved = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Confirm by rule"), _("Close"), parent)
        self._context = context
        self._ = _
        self._op_id = uuid7()
        self._wanted = AutoConfirm()
        self.on = SegmentedControl(
            [(False, _("Off")), (True, _("On"))], name=_("Confirm bookings of the platform"), parent=self
        )
        self.known_only = SegmentedControl(
            [(True, _("Who was here before")), (False, _("Everybody"))], name=_("Of whom"), parent=self
        )
        self.in_person_only = SegmentedControl(
            [(False, _("All")), (True, _("In person only"))], name=_("Which visits"), parent=self
        )
        self._doctors = QWidget(self)
        self._grid = QGridLayout(self._doctors)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, Button] = {}
        self.body.addWidget(
            Text(
                _("The clinic confirms these by itself. What clashes or names no time is left to you."),
                "body", "text2", wrap=True, parent=self,
            )
        )  # fmt: skip
        for title, control in (
            (_("Confirm bookings of the platform"), self.on),
            (_("Of whom"), self.known_only),
            (_("Which visits"), self.in_person_only),
            (_("Doctors; none chosen means all"), self._doctors),
        ):
            self.body.addWidget(Field(title, control, reserve=False, parent=self))
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
        """Show the rule that holds."""
        self._op_id = uuid7()
        context = self._context
        today = context.clock.now().astimezone(context.zone).date()
        self.save.setEnabled(False)

        def look() -> tuple[AutoConfirm, tuple[DoctorColumn, ...]]:
            rule = context.database.read(lambda connection: autoconfirm.rule(connection, context.actor))
            doctors = context.database.read(
                lambda connection: reading.board_doctors(connection, context.actor, today)
            )
            return rule, doctors

        context.operation(self, look).on_done(lambda found: self.show_rule(*found)).start()
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rule(self, rule: AutoConfirm, doctors: tuple[DoctorColumn, ...]) -> None:
        """Fill the fields."""
        self._wanted = rule
        self.on.set_value(rule.on)
        self.known_only.set_value(rule.known_only)
        self.in_person_only.set_value(rule.in_person_only)
        for box in self._boxes.values():
            box.deleteLater()
        self._boxes = {}
        for at, doctor in enumerate(doctors):
            box = _Doctor(f"{doctor.name}  {doctor.department}", parent=self)
            box.setChecked(doctor.doctor_id in rule.doctors)
            self._boxes[doctor.doctor_id] = box
            self._grid.addWidget(box, *divmod(at, _ACROSS))
        self.save.setEnabled(True)

    @property
    def wanted(self) -> AutoConfirm:
        """The rule as the fields say it."""
        chosen = tuple(doctor_id for doctor_id, box in self._boxes.items() if box.isChecked())
        return AutoConfirm(self.on.value, chosen, self.known_only.value, self.in_person_only.value)

    def submit(self) -> None:
        """Save the rule."""
        if not self.save.isEnabled():
            return
        context, wanted, op_id = self._context, self.wanted, self._op_id
        self.save.setEnabled(False)

        def work() -> None:
            autoconfirm.change_rule(context.database, context.actor, wanted, op_id=op_id)

        def done(_result: None) -> None:
            said = (
                self._("Bookings are confirmed by rule")
                if wanted.on
                else self._("Nothing is confirmed by rule")
            )
            context.messages.done(said)
            self.saved.emit()

        context.operation(self, work).on_done(done).on_failed(self._on_save_failed).start()

    def _on_save_failed(self, _error: BaseException) -> bool:
        self.save.setEnabled(True)
        return False

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [KeyHint("Tab", _("Next field")), KeyHint("Ctrl ⏎", _("Save")), KeyHint("Esc", _("Close"))]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(12))
        self._grid.setSpacing(current().px(8))
