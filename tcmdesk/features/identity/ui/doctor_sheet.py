"""What is said about a doctor, here and to the platform's patients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.service import doctors as service
from tcmdesk.features.identity.types import DoctorCard, DoctorFields, SaveDoctor
from tcmdesk.features.identity.ui.chips_input import ChipsInput
from tcmdesk.features.identity.ui.edit_sheet import EditSheet
from tcmdesk.features.identity.ui.photos_input import PhotosInput
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox, TextArea, TextInput
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.identity.types import DepartmentRow
    from tcmdesk.ui.context import UiContext


class DoctorSheet(EditSheet):
    """All of `doctors`. The id number is masked until it is asked for, and who asked is written down."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Doctor"), parent)
        self.card: DoctorCard | None = None
        self._new_id = uuid7()
        self._departments: dict[str | None, str] = {}
        # in the order of the keyboard
        self.title_line = TextInput(parent=self)
        self.department = ComboBox(name=_("Department"), parent=self)
        self.hospital, self.certificate = TextInput(parent=self), TextInput(parent=self)
        number = QWidget(self)
        self.number = TextInput(parent=number)
        self.show_number = Button(icon="eye", name=_("Show number"), parent=number)
        self.specialties = ChipsInput(_("Remove {text}"), _("Type one, then Enter"), self)
        self.introduction = TextArea(lines=3, parent=self)
        self.experience = TextArea(lines=2, parent=self)
        self.photos = PhotosInput(context, self)
        self.show_number.clicked.connect(self._on_show_number_clicked)
        row = QHBoxLayout(number)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(8))
        row.addWidget(self.number, 1)
        row.addWidget(self.show_number)
        number.setFocusProxy(self.number)
        self.add_row(
            ("title", _("Professional title"), self.title_line, 1),
            ("department_id", _("Department"), self.department, 1),
        )
        self.add_row(("hospital", _("Hospital"), self.hospital, 1))
        self.add_row(
            ("certificate_type", _("Certificate"), self.certificate, 1),
            ("id_number", _("Id number"), number, 1),
        )
        self.number.setAccessibleName(_("Id number"))
        self.add_row(("specialties", _("Specialties"), self.specialties, 1))
        self.add_row(("introduction", _("Introduction"), self.introduction, 1))
        self.add_row(("experience", _("Experience"), self.experience, 1))
        self.add_row(("photos", _("Photos"), self.photos, 1))
        self.end_fields(self.photos)
        self.body.addStretch(1)
        self.start_theming()

    def set_departments(self, departments: tuple[DepartmentRow, ...]) -> None:
        """Those to choose from: the open ones, and the one that is chosen whatever it is."""
        chosen = self.department.value
        self._departments = {None: self._("No department")} | {
            row.department_id: row.fields.name
            for row in departments
            if row.fields.active or row.department_id == chosen
        }
        self._offer(chosen)

    def begin_card(self, card: DoctorCard) -> None:
        """A doctor as the database has them, or somebody who is to become one."""
        if card.user_id == self.key and self.dirty:
            return
        self.card = card
        self._new_id = uuid7()
        self.begin(card.user_id, card.fields)
        self.set_title(card.name)
        self.set_subtitle("" if card.doctor_id else self._("Details missing: patients cannot book yet"))
        self._mask()

    def show_card(self, card: DoctorCard) -> None:
        """The same doctor as they are now."""
        changed = self.card is None or card.masked_id_number != self.card.masked_id_number
        self.card = card
        self.refresh(card.fields)
        if changed and not self.number.isModified():
            self._mask()

    def form(self) -> DoctorFields:
        return DoctorFields(
            self.certificate.text().strip(),
            self.hospital.text().strip(),
            self.department.value,
            self.title_line.text().strip(),
            self.introduction.toPlainText().strip(),
            self.specialties.value,
            self.experience.toPlainText().strip(),
            self.photos.value,
        )

    def show_form(self, form: DoctorFields) -> None:
        self.certificate.setText(form.certificate_type)
        self.hospital.setText(form.hospital)
        self._offer(form.department_id)
        self.title_line.setText(form.title)
        self.introduction.setPlainText(form.introduction)
        self.specialties.set_value(form.specialties)
        self.experience.setPlainText(form.experience)
        self.photos.set_value(form.photos)

    @property
    def dirty(self) -> bool:
        return super().dirty or (not self.number.isReadOnly() and self.number.isModified())

    def words_of(self, name: str, value: Any) -> str:
        if name == "department_id":
            return self._departments.get(value, "–")
        if name == "photos":
            return self._("{number} photos").format(number=len(value))
        return super().words_of(name, value)

    def besides(self) -> tuple[str | None]:
        return (None if self.number.isReadOnly() else self.number.text().strip(),)

    def work(self, form: DoctorFields, op_id: str) -> Callable[[], object]:
        database, actor = self.context.database, self.context.actor
        (number,) = self.besides()
        command = SaveDoctor(self.key, self._new_id, self.before, form, number)
        return lambda: database.write(
            actor,
            "identity:doctor:save",
            lambda uow: service.save_doctor(uow, actor, command),
            op_id=op_id,
            subject=self.key,
        )

    def after_saving(self, result: object) -> None:  # noqa: ARG002
        self.number.setModified(False)
        self.set_subtitle("")
        self.notice.say(self._("Saved."), "info")

    def _offer(self, chosen: str | None) -> None:
        options = dict(self._departments)
        options.setdefault(chosen, self._("Closed department") if chosen else self._("No department"))
        self.department.set_options(options.items())
        self.department.set_value(chosen)

    def _mask(self) -> None:
        card = self.card
        hidden = card is not None and card.doctor_id is not None
        self.number.setText(card.masked_id_number if hidden and card else "")
        self.number.setCursorPosition(0)
        self.number.setReadOnly(hidden)
        self.number.setModified(False)
        self.show_number.setVisible(hidden)

    def _on_show_number_clicked(self) -> None:
        card, context = self.card, self.context
        if card is None or card.doctor_id is None:
            return
        database, actor, doctor_id = context.database, context.actor, card.doctor_id

        def work() -> str:
            return database.write(
                actor,
                "identity:id_number:read",
                lambda uow: service.reveal_id_number(uow, actor, doctor_id),
                subject=doctor_id,
            )

        def show(number: str) -> None:
            if self.card is card:
                self.number.setText(number)
                self.number.setReadOnly(False)
                self.show_number.hide()
                self.number.setFocus()

        context.operation(self, work).on_done(show).start()
