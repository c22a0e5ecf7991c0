"""Where an administrator switches online visits on: licence, approval, address, and each doctor's registration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.features.consultations.types import Eligibility, Licence
from tcmdesk.features.consultations.ui.video_work import Setup
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.text import label, note
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.theme.current import Themed, current
from tcmdesk.ui.typed_days import read_full_day

if TYPE_CHECKING:
    from tcmdesk.core.errors import ValidationError
    from tcmdesk.core.i18n import Translator


class _DoctorRow(Themed, QWidget):
    def __init__(self, doctor: Eligibility, placeholder: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.doctor = doctor
        self.box = QCheckBox(doctor.name, self)
        self.box.setChecked(doctor.eligible)
        self.box.setAccessibleName(name)
        self.registration = TextInput(
            doctor.registration, placeholder=placeholder, name=placeholder, parent=self
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.box, 2)
        self._row.addWidget(self.registration, 3)
        self.start_theming()

    @property
    def entered(self) -> Eligibility:
        return replace(
            self.doctor, eligible=self.box.isChecked(), registration=self.registration.text().strip()
        )

    def apply_theme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(8))
        self.box.setFont(current().font("body"))


class SetupSheet(Sheet):
    """`save_wished` carries the whole setup and the doctors that were changed."""

    save_wished = Signal(object, object)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        _ = self._ = tr.gettext
        super().__init__(_("Online visits"), _("Close"), parent)
        self._clinic = ""
        self._rows: list[_DoctorRow] = []
        self.on = QCheckBox(_("Online visits are on"), self)
        self.holder = TextInput(parent=self)
        self.licence_no = TextInput(parent=self)
        self.approval_no = TextInput(parent=self)
        self.until = TextInput(placeholder="20301231", parent=self)
        self.scope = QCheckBox(_("The approval names internet diagnosis"), self)
        self.address = TextInput(placeholder="https://", parent=self)
        self.fields = {
            "holder": Field(_("Licence holder"), self.holder, parent=self),
            "licence_no": Field(_("Licence number"), self.licence_no, parent=self),
            "approval_no": Field(_("Number of the approval"), self.approval_no, parent=self),
            "valid_until": Field(_("Valid until"), self.until, parent=self),
            "address": Field(_("Address of the patients' page"), self.address, parent=self),
        }
        self.body.addWidget(self.on)
        for name in ("holder", "licence_no", "approval_no", "valid_until"):
            self.body.addWidget(self.fields[name])
        self.body.addWidget(self.scope)
        self.body.addWidget(self.fields["address"])
        self.body.addWidget(label(_("Doctors who may, and where that was looked up"), self))
        self._doctors = QWidget(self)
        self._list = QVBoxLayout(self._doctors)
        self.body.addWidget(self._doctors)
        self._hint = note(_("Three years of practice and a registration here are asked for by law."), self)
        self._hint.setWordWrap(True)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self.save = self.add_action(Button(_("Save"), kind="primary", size="sheet", key="⏎", parent=self))
        self.save.clicked.connect(self._on_save)
        self.submit_requested.connect(self._on_save)
        self.start_theming()

    def show_setup(self, setup: Setup) -> None:
        """What is entered by now."""
        self._clinic = setup.clinic
        entered = setup.licence
        self.on.setChecked(entered is not None and entered.switched_on)
        self.holder.setText(entered.holder if entered else setup.clinic)
        self.licence_no.setText(entered.licence_no if entered else "")
        self.approval_no.setText(entered.approval_no if entered else "")
        self.until.setText(entered.valid_until.strftime("%Y%m%d") if entered else "")
        self.scope.setChecked(entered is not None and entered.names_internet_diagnosis)
        self.address.setText(setup.address)
        for row in self._rows:
            self._list.removeWidget(row)
            row.deleteLater()
        placeholder = self._("Registration number")
        self._rows = [
            _DoctorRow(doctor, placeholder, self._("{name} may").format(name=doctor.name), self._doctors)
            for doctor in setup.doctors
        ]
        for row in self._rows:
            self._list.addWidget(row)
        self.show_error(None)

    def show_error(self, error: ValidationError | None, text: str = "") -> None:
        """Say at its field what was refused; what has no field is said in the foot."""
        field = error.field if error is not None else None
        for name, one in self.fields.items():
            one.set_error(text if name == field else "")
        said = error is not None and field not in self.fields
        self.set_note(text if said else "", "circle-alert" if said else "")

    def apply_theme(self) -> None:
        super().apply_theme()
        theme = current()
        self.body.setSpacing(theme.px(2))
        self._list.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._list.setSpacing(theme.px(6))
        for box in (self.on, self.scope):
            box.setFont(theme.font("body"))

    def _on_save(self) -> None:
        until = read_full_day(self.until.text())
        if until is None:
            self.fields["valid_until"].set_error(self._("Write the day as eight digits, like 20301231."))
            return
        entered = Licence(
            self.holder.text(), self.licence_no.text(), self.approval_no.text(), self.scope.isChecked(), until,
            self.on.isChecked(),
        )  # fmt: skip
        doctors = tuple(row.entered for row in self._rows)
        changed = tuple(row.entered for row in self._rows if row.entered != row.doctor)
        self.save_wished.emit(Setup(entered, doctors, self.address.text(), self._clinic), changed)
