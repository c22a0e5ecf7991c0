"""A bed or a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.schedules.service import resources as service
from tcmdesk.features.schedules.types import RESOURCE_LABELS, Resource
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class ResourceSheet(FormSheet):
    """Name, kind, how many it holds, and whose it is."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Bed or room"), parent)
        self.name = TextInput(parent=self)
        self.kind = SegmentedControl(
            [(kind, _(label)) for kind, label in RESOURCE_LABELS.items()], name=_("Kind"), parent=self
        )
        self.seats, self.place = NumberInput(1, low=1, high=20, parent=self), NumberInput(0, parent=self)
        self.department, self.doctor = ComboBox(parent=self), ComboBox(parent=self)
        self.active = SegmentedControl(
            [(True, _("In use")), (False, _("Not in use"))], name=_("State"), parent=self
        )
        self.add_row(("name", _("What it is called"), self.name, 1))
        self.add_row(("kind", _("Kind"), self.kind, 1))
        self.add_row(
            ("seats", _("People at a time"), self.seats, 1), ("place", _("Place in the list"), self.place, 1)
        )
        self.add_row(("department", _("For the department"), self.department, 1))
        self.add_row(("doctor", _("Consulting room of"), self.doctor, 1))
        self.add_row(("active", _("State"), self.active, 1))
        self.body.addStretch(1)
        self.start_theming()

    def offer(self, doctors: dict[str, str], departments: dict[str, str]) -> None:
        """Who there is to choose from."""
        self.department.set_options([(None, self._("Everybody")), *departments.items()])
        self.doctor.set_options([(None, self._("Nobody")), *doctors.items()])

    def fill(self, row: Resource) -> None:
        self.name.setText(row.name)
        self.kind.set_value(row.kind)
        self.seats.setValue(row.seats)
        self.place.setValue(row.place)
        self.active.set_value(row.active)
        for box, value in ((self.department, row.department_id), (self.doctor, row.doctor_id)):
            box.setCurrentIndex(max(0, box.findData(value)))

    def row(self) -> Resource:
        return Resource(
            self.key, self.name.text().strip(), self.kind.value, self.seats.value(), self.department.value,
            self.doctor.value, self.active.value, self.place.value(),
        )  # fmt: skip

    def write(self, row: Resource, op_id: str, *, keep: bool) -> None:  # noqa: ARG002
        actor = self.context.actor
        self.context.database.write(
            actor,
            "schedules:resource:save",
            lambda uow: service.save_resource(uow, actor, row),
            op_id=op_id,
            subject=row.resource_id,
        )
