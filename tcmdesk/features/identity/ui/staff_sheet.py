"""Somebody who works here: who they are, what they may do, and how they get in."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import AlreadyApplied, ValidationError
from tcmdesk.features.identity.service import staff as service
from tcmdesk.features.identity.service.passwords import hash_password
from tcmdesk.features.identity.types import ROLE_LABELS, EditStaff, Gender, NewStaff, StaffFields, StaffRow
from tcmdesk.features.identity.ui.edit_sheet import EditSheet
from tcmdesk.features.identity.ui.taking_on import TakingOn
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import label
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike when they are read out or written down."""

PASSWORD_LENGTH: Final = 10
"""About 50 bits: enough for a word that is changed at the first sign-in, short enough to be dictated."""

NEW_STAFF: Final = StaffFields("", "", Gender.FEMALE, "", None, Role.FRONT_DESK)


def first_password() -> str:
    """A password made by dice, to be told to somebody once."""
    return "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))


class StaffSheet(EditSheet):
    """Fields of an account, and below them what an administrator does about getting in.

    `details_requested` carries the id of a new doctor, about whom more has to be said, `taken_on` that of a
    patient who works here now.
    """

    details_requested = Signal(str)
    taken_on = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Staff"), parent)
        self.row: StaffRow | None = None
        # in the order of the keyboard
        self.name = TextInput(parent=self)
        self.gender = SegmentedControl(
            [(Gender.FEMALE, _("Female")), (Gender.MALE, _("Male")), (Gender.OTHER, _("Other"))],
            name=_("Sex"),
            parent=self,
        )
        self.role = ComboBox([(role, _(ROLE_LABELS[role])) for role in Role], name=_("Role"), parent=self)
        self.phone, self.account, self.email, self.password = (TextInput(parent=self) for _each in range(4))
        self.add_row(("name", _("Name"), self.name, 1), ("gender", _("Sex"), self.gender, 1))
        self.add_row(("role", _("Role"), self.role, 1), ("phone", _("Phone"), self.phone, 1))
        self.add_row(("account", _("Account"), self.account, 1), ("email", _("E-mail"), self.email, 1))
        self.add_row(("password", _("First password"), self.password, 1))
        self._taking_on = TakingOn(context, self.notice, self)
        self._taking_on.taken_on.connect(self._on_taken_on)
        self._build_access()
        self.end_fields(self.lift)
        self.body.addStretch(1)
        self.start_theming()

    def _build_access(self) -> None:
        _ = self._
        self._access = QVBoxLayout()
        self._access_label = label(_("Signing in"), self)
        self._access.addWidget(self._access_label)
        row = QHBoxLayout()
        self.suspend = Button(icon="ban", text=_("Suspend"), key="F7", parent=self)
        self.reset = Button(icon="key-round", text=_("New password"), key="F8", parent=self)
        self.lift = Button(icon="lock-open", text=_("Lift lock"), key="F9", parent=self)
        for button in (self.suspend, self.reset, self.lift):
            row.addWidget(button)
        row.addStretch(1)
        self._access.addLayout(row)
        self.body.addLayout(self._access)
        self.suspend.clicked.connect(self._on_suspend_clicked)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.lift.clicked.connect(self._on_lift_clicked)
        add = self.context.shortcuts.add
        for button, key in ((self.suspend, "F7"), (self.reset, "F8"), (self.lift, "F9")):
            add(button, key, button.text(), button.click)

    def apply_theme(self) -> None:
        super().apply_theme()
        self._access.setSpacing(current().px(6))

    def begin_new(self, user_id: str) -> None:
        """Somebody who is not here yet."""
        self.row = None
        self.begin(user_id, NEW_STAFF)
        if not self.dirty or not self.password.text():
            self.password.setText(first_password())
        self._show_row()

    def begin_row(self, row: StaffRow) -> None:
        """Somebody who is."""
        self.row = row
        self.begin(row.user_id, row.fields)
        self._show_row()

    def show_row(self, row: StaffRow) -> None:
        """The same person as the list has them now."""
        self.row = row
        self.refresh(row.fields)
        self._show_row()

    def form(self) -> StaffFields:
        return StaffFields(
            self.account.text().strip(),
            self.name.text().strip(),
            self.gender.value,
            self.phone.text().strip(),
            self.email.text().strip() or None,
            # Qt hands a choice back as plain text
            Role(self.role.value),
        )

    def show_form(self, form: StaffFields) -> None:
        self.account.setText(form.account)
        self.name.setText(form.name)
        self.gender.set_value(form.gender)
        self.phone.setText(form.phone)
        self.email.setText(form.email or "")
        self.role.set_value(form.role)

    def words_of(self, name: str, value: Any) -> str:
        return self._(ROLE_LABELS[value]) if name == "role" else super().words_of(name, value)

    def besides(self) -> tuple[str]:
        return (self.password.text(),)

    def work(self, form: StaffFields, op_id: str) -> Callable[[], object]:
        key, database, actor = self.key, self.context.database, self.context.actor
        if self.row is None:
            password = self.password.text()

            def add() -> str:
                stored = hash_password(password)
                # added by a try whose answer never came: the password is still to be told
                with suppress(AlreadyApplied):
                    database.write(
                        actor,
                        "identity:staff:create",
                        lambda uow: service.add_staff(uow, actor, NewStaff(key, form), stored),
                        op_id=op_id,
                        subject=key,
                    )
                return password

            return add
        command = EditStaff(key, self.before, form)
        return lambda: database.write(
            actor,
            "identity:staff:edit",
            lambda uow: service.edit_staff(uow, actor, command),
            op_id=op_id,
            subject=key,
        )

    def after_saving(self, result: object) -> None:
        form = self.before
        if isinstance(result, str):
            self._tell_password(form.name, result)
            self.row = StaffRow(self.key, form, True, 0, None, "", "")
            self._show_row()
        else:
            self.notice.say(self._("Saved."), "info")
        if form.role is Role.DOCTOR and (self.row is None or self.row.doctor_id is None):
            self.details_requested.emit(self.key)

    def _tell_password(self, name: str, password: str) -> None:
        text = self._("The password of {name} is {password}. It is not shown again.")
        copy = Action(self._("Copy"), lambda: QApplication.clipboard().setText(password))
        self.notice.say(text.format(name=name, password=password), "info", (copy,))
        self.password.clear()

    def _show_row(self) -> None:
        _, row = self._, self.row
        new = row is None
        self.set_title(_("New member of staff") if new else row.fields.name)
        self.fields["password"].setVisible(new)
        self.fields["password"].set_help(_("Tell it once; it is changed in the menu at the lower left"))
        for part in (self._access_label, self.suspend, self.reset):
            part.setVisible(not new)
        self.lift.setVisible(not new and row.locked_minutes > 0)
        if new:
            self.set_subtitle("")
            return
        self.suspend.setText(_("Suspend") if row.active else _("Let in again"))
        self.suspend.set_icon_name("ban" if row.active else "user-check")
        state = _("May sign in") if row.active else _("Suspended: out on every workstation")
        if row.active and row.locked_minutes:
            state = _("Locked after wrong passwords for {minutes} min").format(minutes=row.locked_minutes)
        self.set_subtitle(state)
        self.hints_changed.emit()

    def hints(self) -> list[KeyHint]:
        found = super().hints()
        if self.row is not None:
            found += [KeyHint("F7", self.suspend.text()), KeyHint("F8", self.reset.text())]
        return found

    # Getting in

    def _on_suspend_clicked(self) -> None:
        row = self.row
        if row is None:
            return
        active = not row.active
        self._act(
            "resume" if active else "suspend",
            lambda uow, actor: service.set_active(uow, actor, row.user_id, active),
            self._("{name} may sign in again.")
            if active
            else self._("{name} is suspended and out within seconds."),
        )

    def _on_lift_clicked(self) -> None:
        row = self.row
        if row is not None:
            self._act(
                "unlock",
                lambda uow, actor: service.lift_lock(uow, actor, row.user_id),
                self._("{name} may try again at once."),
            )

    def _on_reset_clicked(self) -> None:
        row = self.row
        if row is None:
            return
        password = first_password()
        context, actor, database = self.context, self.context.actor, self.context.database

        def work() -> None:
            stored = hash_password(password)
            database.write(
                actor,
                "identity:password:reset",
                lambda uow: service.reset_password(uow, actor, row.user_id, stored),
                subject=row.user_id,
            )

        operation = context.operation(self, work)
        operation.on_done(lambda _done: self._tell_password(row.fields.name, password))
        operation.on_failed(self._on_act_failed).start()

    def _act(self, verb: str, do: Callable[[Any, Any], None], said: str) -> None:
        row, context = self.row, self.context
        if row is None:
            return
        actor, database = context.actor, context.database

        def work() -> None:
            database.write(actor, f"identity:staff:{verb}", lambda uow: do(uow, actor), subject=row.user_id)

        def done(_nothing: object) -> None:
            self.notice.say(said.format(name=row.fields.name), "info")
            self.saved.emit(row.user_id)

        context.operation(self, work).on_done(done).on_failed(self._on_act_failed).start()

    def refuse(self, error: BaseException, form: StaffFields) -> bool:
        refused = super().refuse(error, form)
        if self.row is None and isinstance(error, ValidationError) and error.field in {"phone", "account"}:
            self._taking_on.look(form.phone, form.role)
        return refused

    def _on_taken_on(self, user_id: str) -> None:
        self.before = self.form()
        self.taken_on.emit(user_id)

    def _on_act_failed(self, error: BaseException) -> bool:
        return self.refuse(error, self.form())
