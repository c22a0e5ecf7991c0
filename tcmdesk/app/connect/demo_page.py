"""The made-up clinic: nothing to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.app.connect.form_page import FormPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator


class DemoPage(FormPage):
    """Says what one will see."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.close_rows()
        self.set_translator(tr)
        self.start_theming()

    def complete(self) -> bool:
        """Nothing is needed."""
        return True

    def focus_first_empty(self) -> None:
        """There is no field."""

    def set_translator(self, tr: Translator) -> None:
        _ = tr.gettext
        self.title.setText(_("Look around in the demo clinic"))
        self.about.setText(
            _(
                "Six doctors, three hundred patients and four weeks of appointments around today, all made up."
                " Try everything: it is made anew every day, and no one is told anything."
            )
        )
