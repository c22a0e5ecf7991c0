"""The made-up clinic: nothing to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcmdesk.app.connect.form_page import FormPage
from tcmdesk.app.sign_in.branch import paint_branch
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator


class _Picture(QWidget):
    """The branch of the sign-in window; it says nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter, radius = QPainter(self), current().radius("card")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(frame)
        paint_branch(painter, QRectF(self.rect()))


class DemoPage(FormPage):
    """Says what one will see."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.close_rows(_Picture(self))
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
