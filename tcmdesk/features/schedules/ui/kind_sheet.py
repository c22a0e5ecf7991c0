"""A sort of visit, and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.schedules.service import resources as service
from tcmdesk.features.schedules.types import RESOURCE_LABELS, VisitKind
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class KindSheet(FormSheet):
    """Minutes of the doctor, and of a bed or room after so many."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Kind of visit"), parent)
        self.name = TextInput(parent=self)
        self.minutes = NumberInput(15, low=5, high=480, step=5, parent=self)
        self.needs = SegmentedControl(
            [(None, _("Nothing")), *((kind, _(label)) for kind, label in RESOURCE_LABELS.items())],
            name=_("Besides"),
            parent=self,
        )
        self.offset = NumberInput(0, low=0, high=240, step=5, parent=self)
        self.length = NumberInput(30, low=5, high=480, step=5, parent=self)
        self.doctor = ComboBox(parent=self)
        self.usual = SegmentedControl(
            [(True, _("Usual")), (False, _("When chosen"))], name=_("New bookings"), parent=self
        )
        self.active = SegmentedControl(
            [(True, _("In use")), (False, _("Not in use"))], name=_("State"), parent=self
        )
        self.add_row(
            ("name", _("What it is called"), self.name, 2),
            ("minutes", _("Of the doctor, minutes"), self.minutes, 1),
        )
        self.add_row(("needs", _("Besides"), self.needs, 1))
        self.add_row(
            ("offset", _("After, minutes"), self.offset, 1), ("length", _("For, minutes"), self.length, 1)
        )
        self.add_row(("doctor", _("For"), self.doctor, 1))
        self.add_row(("usual", _("New bookings"), self.usual, 1))
        self.add_row(("active", _("State"), self.active, 1))
        self.body.addStretch(1)
        self.needs.value_changed.connect(self._on_needs_value_changed)
        self.start_theming()

    def offer(self, doctors: dict[str, str]) -> None:
        """Who there is to choose from."""
        self.doctor.set_options([(None, self._("Everybody")), *doctors.items()])

    def fill(self, row: VisitKind) -> None:
        self.name.setText(row.name)
        self.minutes.setValue(row.doctor_minutes)
        self.needs.set_value(row.needs)
        self.offset.setValue(row.offset)
        self.length.setValue(row.resource_minutes or 30)
        self.doctor.setCurrentIndex(max(0, self.doctor.findData(row.doctor_id)))
        self.usual.set_value(row.usual)
        self.active.set_value(row.active)
        self._on_needs_value_changed(row.needs)

    def row(self) -> VisitKind:
        needs = self.needs.value
        return VisitKind(
            self.key, self.name.text().strip(), self.minutes.value(), needs, self.offset.value() if needs else 0,
            self.length.value() if needs else 0, None, self.doctor.value, self.usual.value, self.active.value,
        )  # fmt: skip

    def write(self, row: VisitKind, op_id: str, *, keep: bool) -> None:  # noqa: ARG002
        actor = self.context.actor
        self.context.database.write(
            actor,
            "schedules:kind:save",
            lambda uow: service.save_visit_kind(uow, actor, row),
            op_id=op_id,
            subject=row.kind_id,
        )

    def _on_needs_value_changed(self, needs: object) -> None:
        for name in ("offset", "length"):
            self.fields[name].setEnabled(needs is not None)
