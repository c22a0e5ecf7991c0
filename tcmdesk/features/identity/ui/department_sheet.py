"""A department."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcmdesk.core.errors import Conflict
from tcmdesk.features.identity.service import departments as service
from tcmdesk.features.identity.types import NEW_DEPARTMENT, DepartmentFields, DepartmentRow, SaveDepartment
from tcmdesk.features.identity.ui.edit_sheet import EditSheet
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.inputs import TextArea, TextInput
from tcmdesk.ui.components.segmented import SegmentedControl

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class DepartmentSheet(EditSheet):
    """Name, code, whom to ask, and whether it is open. One with doctors is closed only knowingly."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Department"), parent)
        self._new = False
        self._knowingly: DepartmentFields | None = None
        self.name, self.code, self.person, self.phone = (TextInput(parent=self) for _each in range(4))
        self.description = TextArea(lines=4, parent=self)
        self.active = SegmentedControl(
            [(True, _("In use")), (False, _("Not in use"))], name=_("State"), parent=self
        )
        self.add_row(("name", _("Department name"), self.name, 2), ("code", _("Code"), self.code, 1))
        self.add_row(
            ("contact_person", _("Contact"), self.person, 1),
            ("contact_phone", _("Contact phone"), self.phone, 1),
        )
        self.add_row(("description", _("Description"), self.description, 1))
        self.add_row(("active", _("State"), self.active, 1))
        self.end_fields(self.active)
        self.body.addStretch(1)
        self.start_theming()

    def begin_new(self, department_id: str) -> None:
        """One that is not there yet."""
        self._new, self._knowingly = True, None
        self.begin(department_id, NEW_DEPARTMENT)
        self.set_title(self._("New department"))
        self.set_subtitle("")

    def begin_row(self, row: DepartmentRow) -> None:
        """One that is."""
        self._new, self._knowingly = False, None
        self.begin(row.department_id, row.fields)
        self.show_row(row)

    def show_row(self, row: DepartmentRow) -> None:
        """The same as the list has it now."""
        self._new = False
        self.refresh(row.fields)
        self.set_title(row.fields.name)
        self.set_subtitle(self._("{number} doctors").format(number=row.doctors) if row.doctors else "")

    def form(self) -> DepartmentFields:
        return DepartmentFields(
            self.name.text().strip(),
            self.code.text().strip(),
            self.person.text().strip(),
            self.phone.text().strip(),
            self.description.toPlainText().strip(),
            self.active.value,
        )

    def show_form(self, form: DepartmentFields) -> None:
        self.name.setText(form.name)
        self.code.setText(form.code)
        self.person.setText(form.contact_person)
        self.phone.setText(form.contact_phone)
        self.description.setPlainText(form.description)
        self.active.set_value(form.active)

    def words_of(self, name: str, value: object) -> str:
        if name == "active":
            return self._("In use") if value else self._("Not in use")
        return super().words_of(name, value)

    def besides(self) -> tuple[DepartmentFields | None]:
        return (self._knowingly,)

    def work(self, form: DepartmentFields, op_id: str) -> Callable[[], object]:
        database, actor, key = self.context.database, self.context.actor, self.key
        command = SaveDepartment(
            key, None if self._new else self.before, form, with_doctors=form == self._knowingly
        )
        return lambda: database.write(
            actor,
            "identity:department:save",
            lambda uow: service.save_department(uow, actor, command),
            op_id=op_id,
            subject=key,
        )

    def refuse(self, error: BaseException, form: DepartmentFields) -> bool:
        refused = super().refuse(error, form)
        if isinstance(error, Conflict) and error.code == "identity.department_in_use":
            actions = (
                Action(self._("Close it all the same"), self._close_with_doctors),
                Action(self._("Leave it open"), self._leave_open),
            )
            self.notice.say(error.text(self.context.tr), "warn", actions)
        return refused

    def after_saving(self, result: object) -> None:  # noqa: ARG002
        self._new, self._knowingly = False, None
        self.set_title(self.name.text().strip())
        self.notice.say(self._("Saved."), "info")

    def _close_with_doctors(self) -> None:
        self._knowingly = self.form()
        self.submit()

    def _leave_open(self) -> None:
        self.clear_errors()
        self.show_form(replace(self.form(), active=True))
