"""One's own password: the old one, and twice the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tcmdesk.core.errors import TranslatableError, UserError, ValidationError
from tcmdesk.features.identity.service.sign_in import change_password
from tcmdesk.features.identity.types import PASSWORD_BYTES, PASSWORD_MIN
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.password_input import PasswordInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.context import UiContext

WIDTH = 420


def password_note(tr: Translator, password: str) -> str:
    """What is said below a new password while it is typed: how long it must be, or how long it is."""
    size = len(password.encode())
    if len(password) < PASSWORD_MIN:
        return tr.gettext("At least {least} characters").format(least=PASSWORD_MIN)
    return tr.gettext("{size} of {most} bytes").format(size=size, most=PASSWORD_BYTES)


class ChangePasswordDialog(Dialog):
    """Three fields. What is refused is said at its field, and everything typed stays."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        _ = self._ = context.tr.gettext
        super().__init__(
            _("Change password"),
            close_text=_("Close"),
            subtitle=context.actor.name,
            width=WIDTH,
            parent=parent,
        )
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.old, self.new, self.again = (PasswordInput(parent=self) for _each in range(3))
        self.fields = {
            "old": Field(_("Present password"), self.old, parent=self),
            "password": Field(_("New password"), self.new, parent=self),
            "again": Field(_("New password again"), self.again, parent=self),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self.cancel = self.add_action(Button(_("Cancel"), size="sheet", key="Esc", parent=self))
        self.save = self.add_action(
            Button(_("Change password"), kind="primary", size="sheet", key="⏎", parent=self)
        )
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        for field in self.fields.values():
            field.control.textEdited.connect(self._on_field_text_edited)
        self._show_note()
        self.old.setFocus()

    def submit(self) -> None:
        """Change it, or say at the field what stands in the way."""
        if not self.save.isEnabled() or not self._complete():
            return
        database, actor = self._context.database, self._context.actor
        old, new = self.old.text(), self.new.text()
        self.save.setEnabled(False)
        operation = self._context.operation(self, lambda: change_password(database, actor, old, new))
        operation.on_done(self._on_submit_done).on_failed(self._on_submit_failed).start()

    def _complete(self) -> bool:
        _ = self._
        missing = {
            "old": "" if self.old.text() else _("Type the password that you signed in with"),
            "password": "" if self.new.text() else _("Type a new password"),
            "again": "" if self.again.text() == self.new.text() else _("The two passwords differ"),
        }
        for name, sentence in missing.items():
            self.fields[name].set_error(sentence)
        wrong = next((name for name, sentence in missing.items() if sentence), None)
        if wrong is not None:
            self._lead_to(wrong)
        return wrong is None

    def _lead_to(self, name: str) -> None:
        control = self.fields[name].control
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        control.selectAll()

    def _on_submit_done(self, _nothing: object) -> None:
        self._context.messages.done(self._("Password changed. It is asked at the next sign-in."))
        self.accept()

    def _on_submit_failed(self, error: BaseException) -> bool:
        self.save.setEnabled(True)
        if not isinstance(error, TranslatableError):
            return False
        named = isinstance(error, ValidationError) and error.field in self.fields
        name = error.field if named else "old" if isinstance(error, UserError) else "again"
        self.fields[name].set_error(error.text(self._context.tr))
        self._lead_to(name)
        return True

    def _on_field_text_edited(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        self._show_note()

    def _show_note(self) -> None:
        self.fields["password"].set_help(password_note(self._context.tr, self.new.text()))
