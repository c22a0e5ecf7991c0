"""A clinic in a file on this computer, and its first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.app.connect.form_page import FormPage
from tcmdesk.core.i18n import N_
from tcmdesk.ui.components.inputs import TextInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator

_MISSING = {
    "clinic": N_("The clinic's name is missing"),
    "name": N_("Your name is missing"),
    "account": N_("The account is missing"),
    "phone": N_("The phone is missing"),
    "password": N_("The password is missing"),
}


@dataclass(frozen=True, slots=True)
class OwnClinic:
    """What is needed to begin alone."""

    clinic: str
    name: str
    account: str
    phone: str
    password: str


class OwnPage(FormPage):
    """Fields of a new clinic; `filled` reads them."""

    reserve_lines = True

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        names = ("clinic", "name", "phone", "account", "password", "again")
        self._inputs = {
            name: TextInput(password=name in {"password", "again"}, parent=self) for name in names
        }
        get = self._inputs.__getitem__
        self.add_row(("clinic", N_("Name of the clinic"), get("clinic"), 1))
        self.add_row(("name", N_("Your name"), get("name"), 1), ("phone", N_("Phone"), get("phone"), 1))
        self.add_row(("account", N_("Account to sign in with"), get("account"), 1))
        self.add_row(
            ("password", N_("Password"), get("password"), 1), ("again", N_("Password again"), get("again"), 1)
        )
        self.close_rows()
        self.set_translator(tr)
        self.start_theming()

    @property
    def filled(self) -> OwnClinic:
        """What is filled in."""
        texts = {name: control.text() for name, control in self._inputs.items()}
        return OwnClinic(
            texts["clinic"].strip(), texts["name"].strip(), texts["account"].strip(), texts["phone"].strip(),
            texts["password"],
        )  # fmt: skip

    def complete(self) -> bool:
        """Whether everything needed is there; otherwise the field says what is missing."""
        _ = self._tr.gettext
        for name, text in _MISSING.items():
            if not self._inputs[name].text().strip():
                self.show_field_error(name, _(text))
                return False
        if self._inputs["password"].text() != self._inputs["again"].text():
            self.show_field_error("again", _("The two passwords differ"))
            return False
        self.clear_errors()
        return True

    def focus_first_empty(self) -> None:
        for control in self._inputs.values():
            if not control.text():
                control.setFocus()
                return

    def set_translator(self, tr: Translator) -> None:
        super().set_translator(tr)
        self._tr = tr
        _ = tr.gettext
        self.title.setText(_("A clinic on this computer"))
        self.about.setText(_("One workstation. You become its administrator."))
