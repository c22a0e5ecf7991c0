"""The clinic's MySQL server: where it is and how to get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tcmdesk.app.connect.address import ServerAddress
from tcmdesk.app.connect.form_page import FormPage
from tcmdesk.core.i18n import N_
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator

_MISSING = {
    "host": N_("The server's name or number is missing"),
    "port": N_("A port is a number up to 65535"),
    "database": N_("The database's name is missing"),
    "account": N_("The account is missing"),
}


class ServerPage(FormPage):
    """Fields of an address; `address` reads them."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._inputs = {
            name: TextInput(password=name == "password", parent=self)
            for name in ("host", "port", "database", "account", "password", "ca")
        }
        get = self._inputs.__getitem__
        self.add_row(("host", N_("Host"), get("host"), 3), ("port", N_("Port"), get("port"), 1))
        self.add_row(
            ("database", N_("Database"), get("database"), 1),
            ("account", N_("Workstation account"), get("account"), 1),
        )
        self.add_row(("password", N_("Password"), get("password"), 1))
        self._browse = Button("·", parent=self)
        self._browse.clicked.connect(self._on_browse_clicked)
        with_button = QWidget(self)
        row = QHBoxLayout(with_button)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(8))
        row.addWidget(get("ca"), 1)
        row.addWidget(self._browse)
        with_button.setFocusProxy(get("ca"))
        self.add_row(("ca", N_("CA certificate"), with_button, 1))
        self.close_rows()
        self.set_translator(tr)
        self.start_theming()

    @property
    def address(self) -> ServerAddress:
        """What is filled in."""
        return ServerAddress(
            **{
                name: control.text() if name == "password" else control.text().strip()
                for name, control in self._inputs.items()
            }
        )

    def fill(self, address: ServerAddress) -> None:
        """Put an address into the fields and lead to the first that is empty."""
        for name, control in self._inputs.items():
            control.setText(getattr(address, name))
        self.focus_first_empty()

    def focus_first_empty(self) -> None:
        for name, control in self._inputs.items():
            if not control.text() and name != "ca":
                control.setFocus()
                return

    def complete(self) -> bool:
        """Whether everything needed is there; otherwise the field says what is missing."""
        missing = self.address.missing()
        if missing is None:
            self.clear_errors()
            return True
        self.show_field_error(missing, self._tr.gettext(_MISSING[missing]))
        return False

    def set_translator(self, tr: Translator) -> None:
        super().set_translator(tr)
        self._tr = tr
        _ = tr.gettext
        self._inputs["ca"].setAccessibleName(_("CA certificate"))
        self.title.setText(_("Connect to the clinic's MySQL"))
        self.about.setText(_("The administrator has these details."))
        self._browse.setText(_("Browse"))
        self._inputs["ca"].setPlaceholderText(
            _("Empty: the connection is not encrypted with a known certificate")
        )

    def _on_browse_clicked(self) -> None:
        dialog = QFileDialog(self, self._tr.gettext("CA certificate"))
        dialog.setNameFilters(["PEM (*.pem *.crt *.cer)", "* (*)"])
        dialog.fileSelected.connect(self._inputs["ca"].setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
