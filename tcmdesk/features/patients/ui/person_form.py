"""Registering someone without leaving the booking: a new patient, or a new member of a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.errors import Conflict, Unavailable, UserError, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.patients.service import desk
from tcmdesk.features.patients.types import (
    RELATIONSHIP_LABELS,
    FamilyMember,
    Gender,
    NewPatient,
    NewProfile,
    PatientMatch,
)
from tcmdesk.features.patients.ui.birthday import parse_birthday
from tcmdesk.features.patients.ui.phone_owner import PhoneOwner
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text, label
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.ui.context import UiContext

_TIES = ("spouse", "child", "parent", "sibling", "other")


class PersonForm(Themed, QWidget):
    """Name, sex, birthday or age, phone; for a family member the tie as well.

    What is typed stays through every refusal, and the ids stay the same, so that a retry is the same person.
    `registered` brings a `PatientMatch` (new patient) or `FamilyMember`; `owner_chosen` the `PatientMatch`
    that has the number already; `cancelled` goes back.
    """

    registered = Signal(object)
    owner_chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        _ = self._ = context.tr.gettext
        self._account: str | None = None
        self._id, self._op_id = uuid7(), uuid7()
        self._begun: tuple[str, str | None] | None = None
        self._owner_match: PatientMatch | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._title = Text("", "subheading", parent=self)
        self._column.addWidget(self._title)
        self._build_fields()
        self.owner = PhoneOwner(context, self)
        self._foot = QWidget(self)
        self._buttons = QHBoxLayout(self._foot)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addStretch(1)
        self.back = Button(_("Back to search"), size="small", kind="ghost", key="Esc", parent=self._foot)
        self.save = Button(_("Register and choose"), size="small", key="⏎", parent=self._foot)
        self._buttons.addWidget(self.back)
        self._buttons.addWidget(self.save)
        self._column.addWidget(self.owner)
        self._column.addWidget(self._foot)
        self._wire()

    def _build_fields(self) -> None:
        _ = self._
        self._grid = QGridLayout()
        self.name = TextInput()
        self.name.setMaxLength(100)
        self.name_field = Field(_("Name"), self.name, parent=self)
        self.gender = SegmentedControl(
            [(Gender.FEMALE, _("Female")), (Gender.MALE, _("Male")), (Gender.OTHER, _("Other"))],
            name=_("Sex"),
            parent=self,
        )
        sex = QVBoxLayout()
        sex.addWidget(label(_("Sex"), self))
        sex.addWidget(self.gender)
        sex.addStretch(1)
        self._sex = sex
        self.birthday = TextInput(placeholder=_("1990-3-1 or 36"))
        self.birthday_field = Field(_("Birthday or age"), self.birthday, parent=self)
        self.phone = TextInput()
        self.phone_field = Field(
            _("Phone"), self.phone, help_text=_("Without one nobody is notified"), parent=self
        )
        self.tie = ComboBox(
            [(tie, _(RELATIONSHIP_LABELS[tie])) for tie in _TIES], name=_("Relationship"), parent=self
        )
        self.tie_field = Field(_("Relationship"), self.tie, parent=self)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.name_field, 0, 0, top)
        self._grid.addLayout(sex, 0, 1, top)
        self._grid.addWidget(self.birthday_field, 1, 0, top)
        self._grid.addWidget(self.phone_field, 1, 1, top)
        self._grid.addWidget(self.tie_field, 1, 1, top)
        for each in range(2):
            self._grid.setColumnStretch(each, 1)
            self._grid.setRowStretch(each, 1)
        self._column.addLayout(self._grid, 1)

    def _wire(self) -> None:
        for first, second in zip(
            (self.name, self.gender, self.birthday, self.phone, self.tie, self.back),
            (self.gender, self.birthday, self.phone, self.tie, self.back, self.save),
            strict=True,
        ):
            QWidget.setTabOrder(first, second)
        self.owner.use_requested.connect(self._on_owner_use_requested)
        self.owner.join_requested.connect(self._on_owner_join_requested)
        self.back.clicked.connect(self.cancelled)
        self.save.clicked.connect(self.submit)
        self.phone.textEdited.connect(self._on_phone_text_edited)
        self._show_owner(None)
        self.start_theming()

    def begin(self, typed: str, account: str | None) -> None:
        """A new patient, or a member of `account`. `typed` is taken as name or phone.

        A form that was left by Esc is taken up again, when it was for the same.
        """
        if self._begun == (typed, account):
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._begun = (typed, account)
        self._id, self._op_id = uuid7(), uuid7()
        digits = typed.replace(" ", "").replace("-", "").lstrip("+")
        self.name.setText("" if digits.isdigit() else typed)
        self.phone.setText(typed if digits.isdigit() else "")
        self.birthday.clear()
        self._set_account(account)
        (self.name if not self.name.text() else self.birthday).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing is to be taken up again."""
        self._begun = None

    def _set_account(self, account: str | None) -> None:
        _ = self._
        self._account = account
        self._title.setText(_("New member of the family") if account else _("New patient"))
        self.tie_field.setVisible(account is not None)
        self.phone_field.setVisible(account is None)
        self._show_owner(None)
        for field in (self.name_field, self.birthday_field, self.phone_field):
            field.set_error("")

    def submit(self) -> None:
        """Register, or say at the field what is missing."""
        if not self.save.isEnabled() or not self._complete():
            return
        context = self._context
        database, actor, op_id = context.database, context.actor, self._op_id
        today = context.clock.now().astimezone(context.zone).date()
        name, birthday = self.name.text().strip(), parse_birthday(self.birthday.text(), today)
        gender = self.gender.value
        if self._account is None:
            patient = NewPatient(self._id, name, gender, self.phone.text().strip() or None, birthday)
            operation = context.operation(
                self, lambda: desk.create_patient(database, actor, patient, op_id=op_id)
            )
        else:
            member = NewProfile(self._id, self._account, name, gender, birthday, self.tie.value)
            operation = context.operation(
                self, lambda: desk.create_profile(database, actor, member, op_id=op_id)
            )
        self.save.setEnabled(False)
        operation.on_done(self._on_submit_done).on_failed(self._on_submit_failed).start()

    def _complete(self) -> bool:
        _ = self._
        today = self._context.clock.now().astimezone(self._context.zone).date()
        typed = self.birthday.text().strip()
        missing = {
            self.name_field: "" if self.name.text().strip() else _("Type a name"),
            self.birthday_field: (
                _("Type a date such as 1990-3-1 or 19900301, or an age")
                if (typed and parse_birthday(typed, today) is None) or (not typed and self._account)
                else ""
            ),
        }
        for field, sentence in missing.items():
            field.set_error(sentence)
        wrong = next((field for field, sentence in missing.items() if sentence), None)
        if wrong is not None:
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def _on_submit_done(self, person: PatientMatch | FamilyMember) -> None:
        self.save.setEnabled(True)
        self.forget()
        self.registered.emit(person)

    def _on_submit_failed(self, error: BaseException) -> bool:
        self.save.setEnabled(True)
        if isinstance(error, Conflict) and isinstance(error.current, PatientMatch):
            self._show_owner(error.current)
            self.phone_field.set_error(self._("This number is taken"))
            self.owner.use.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        fields = {"name": self.name_field, "birthday": self.birthday_field, "phone": self.phone_field}
        if isinstance(error, ValidationError) and error.field in fields:
            fields[error.field].set_error(error.text(self._context.tr))
            fields[error.field].control.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        # A refusal changes nothing, so the same ids may be tried again; only an answer that never came must.
        return isinstance(error, Unavailable | UserError) and self._say(error)

    def _say(self, error: Unavailable | UserError) -> bool:
        self._context.messages.show_error(error, retry=self.submit)
        return True

    def _show_owner(self, match: PatientMatch | None) -> None:
        """The owner takes the place of the buttons: a number that is taken cannot be registered."""
        self._owner_match = match
        self.owner.show_owner(match)
        self._foot.setVisible(match is None)

    def _on_owner_use_requested(self) -> None:
        self.forget()
        self.owner_chosen.emit(self._owner_match)

    def _on_owner_join_requested(self) -> None:
        if self._owner_match is not None:
            self._id, self._op_id = uuid7(), uuid7()
            self._set_account(self._owner_match.ref.user_id)
            self.birthday.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_phone_text_edited(self) -> None:
        self._show_owner(None)
        self.phone_field.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def apply_theme(self) -> None:
        theme = current()
        self._column.setSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(2))
        self._sex.setSpacing(theme.px(4))
        self._buttons.setSpacing(theme.px(8))
