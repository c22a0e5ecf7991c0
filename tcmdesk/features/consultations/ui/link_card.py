"""A patient's link: the code to photograph, the text to copy, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator

EDGE: Final = 168
QUIET: Final = 4
"""Modules of white around a code (ISO/IEC 18004, 9.1)."""


def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a QR code for a text."""
    import segno

    return tuple(tuple(bool(dark) for dark in row) for row in segno.make_qr(text, error="m").matrix)


class QrCode(Themed, QWidget):
    """A code for a telephone's camera: dark on white in every theme, or cameras miss it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setAccessibleName(name)
        self.start_theming()

    def set_text(self, text: str) -> None:
        self._modules = modules_of(text) if text else ()
        self.update()

    def apply_theme(self) -> None:
        edge = current().px(EDGE)
        self.setFixedSize(QSize(edge, edge))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self._modules:
            return
        painter, light = QPainter(self), current().with_(mode="light")
        painter.fillRect(self.rect(), light.colour("surface"))
        step = self.width() / (len(self._modules) + 2 * QUIET)
        ink = light.colour("text")
        for row, line in enumerate(self._modules):
            for column, dark in enumerate(line):
                if dark:
                    left, top = (column + QUIET) * step, (row + QUIET) * step
                    # a hair larger, so that no seam shows between neighbours
                    painter.fillRect(QRectF(left, top, step + 0.3, step + 0.3), ink)


class LinkCard(Themed, QWidget):
    """The signals ask to make a new link, to take it back, to print it."""

    issue_wished = Signal()
    revoke_wished = Signal()
    print_wished = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = self._ = tr.gettext
        self.code = QrCode(_("Code of the patient's link"), self)
        self.address = TextInput(name=_("The patient's link"), parent=self)
        self.address.setReadOnly(True)
        self.copy = Button(_("Copy"), icon="copy", size="small", parent=self)
        self.printer = Button(_("Print"), icon="printer", size="small", parent=self)
        self.revoke = Button(_("Take back"), size="small", kind="ghost", parent=self)
        self.issue = Button(_("Make a link"), icon="plus", key="L", parent=self)
        self.line = Text("", "small", "text2", wrap=True, parent=self)
        self.hint = note(_("Opens once, on one device. A new link closes the one before."), self)
        self.hint.setWordWrap(True)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.printer.clicked.connect(self.print_wished)
        self.revoke.clicked.connect(self.revoke_wished)
        self.issue.clicked.connect(self.issue_wished)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.line)
        self._column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self.address)
        self._row = QHBoxLayout()
        for button in (self.copy, self.printer, self.revoke):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.issue)
        self._column.addWidget(self.hint)
        self.show_link("", "")
        self.start_theming()

    def show_link(self, text: str, state: str) -> None:
        """The link as it was made just now (never again later), and what is known of it."""
        self.code.set_text(text)
        self.address.setText(text)
        self.address.setCursorPosition(0)
        for widget in (self.code, self.address, self.copy, self.printer):
            widget.setVisible(bool(text))
        self.revoke.setVisible(bool(state))
        self.issue.setText(self._("Make a new link") if state else self._("Make a link"))
        self.line.setText(state)
        self.line.setVisible(bool(state))

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._row.setSpacing(theme.px(6))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self.copy.setText(self._("Copied"))
