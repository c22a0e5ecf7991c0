"""The window that asks where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.app.connect.choices import Choice, Choices
from tcmdesk.app.connect.demo_page import DemoPage
from tcmdesk.app.connect.own_page import OwnPage
from tcmdesk.app.connect.server_page import ServerPage
from tcmdesk.app.sign_in.window import LANGUAGES
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from tcmdesk.core.i18n import Translator

SIZE: Final = (900, 600)
LEFT: Final = 360


class ConnectWindow(Themed, QWidget):
    """Three ways to begin at the left, what each needs at the right.

    Signals: `submitted` with the name of the way, `tested` when the server's details are to be tried,
    `language_chosen`, `closed`.
    """

    submitted = Signal(str)
    tested = Signal()
    language_chosen = Signal(str)
    closed = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._headline = Text("", "title", parent=self)
        self._later = Text("", "small", "text2", parent=self)
        self.choices = Choices(_choices(tr), tr.gettext("Where to begin?"), self)
        self.language = SegmentedControl(LANGUAGES, value=tr.language, name=" ", small=True, parent=self)
        self.demo, self.own, self.server = DemoPage(tr, self), OwnPage(tr, self), ServerPage(tr, self)
        self._pages = {"demo": self.demo, "own": self.own, "server": self.server}
        self.stack = QStackedWidget(self)
        self.test = Button("·", icon="refresh-cw", key="Ctrl T", size="sheet", parent=self)
        self.leave = Button("·", key="Esc", size="sheet", parent=self)
        self.go = Button("·", kind="primary", key="⏎", size="sheet", parent=self)
        self._build()
        self._connect()
        self.set_translator(tr)
        self.start_theming()
        self.choices.choose("server")

    @property
    def way(self) -> str:
        """``demo``, ``own`` or ``server``."""
        return next(name for name, page in self._pages.items() if page is self.stack.currentWidget())

    def _build(self) -> None:
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        self._side = QWidget(self)
        left = self._left = QVBoxLayout(self._side)
        left.addWidget(self._headline)
        left.addWidget(self._later)
        left.addSpacing(current().px(12))
        left.addWidget(self.choices)
        left.addStretch(1)
        left.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        sides.addWidget(self._side)
        right = self._right = QVBoxLayout()
        for page in self._pages.values():
            self.stack.addWidget(page)
        right.addWidget(self.stack, 1)
        foot = self._foot = QHBoxLayout()
        foot.addWidget(self.test)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        right.addLayout(foot)
        sides.addLayout(right, 1)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._on_choices_chosen)
        self.language.value_changed.connect(self._on_language_value_changed)
        self.test.clicked.connect(self._on_test_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.leave.clicked.connect(self.close)
        QShortcut("Ctrl+T", self).activated.connect(self._on_test_clicked)
        QShortcut("Escape", self).activated.connect(self.close)
        for keys in ("Return", "Enter"):
            QShortcut(keys, self).activated.connect(self._on_go_clicked)
        for at, name in enumerate(self._pages, start=1):
            QShortcut(f"Alt+{at}", self).activated.connect(lambda name=name: self.choices.choose(name))

    def apply_theme(self) -> None:
        theme = current()
        self.setMinimumSize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self._side.setFixedWidth(theme.px(LEFT))
        self._left.setContentsMargins(theme.px(28), theme.px(88), theme.px(20), theme.px(24))
        self._left.setSpacing(theme.px(4))
        self._right.setContentsMargins(theme.px(28), theme.px(26), theme.px(28), theme.px(24))
        self._right.setSpacing(theme.px(12))
        self._foot.setSpacing(theme.px(8))

    def set_translator(self, tr: Translator) -> None:
        """Say everything in a language; what was typed stays."""
        self._tr = tr
        _ = tr.gettext
        self.setWindowTitle(_("Where to begin?"))
        self._headline.setText(_("Where to begin?"))
        self._later.setText(_("This can be changed later."))
        self.choices.set_texts(_choices(tr), _("Where to begin?"))
        self.language.setAccessibleName(_("Language"))
        for page in self._pages.values():
            page.set_translator(tr)
        self.test.setText(_("Test"))
        self.leave.setText(_("Leave"))
        self.go.setText(_("Continue"))

    def choose(self, way: str) -> None:
        """Open a way and lead to its first empty field."""
        self.choices.choose(way)
        self.go.setFocus()
        self._pages[way].focus_first_empty()

    def set_busy(self, busy: bool) -> None:
        """An answer is awaited; the fields stay as they are."""
        for button in (self.go, self.test):
            button.setEnabled(not busy)

    def _on_choices_chosen(self, name: str) -> None:
        self.stack.setCurrentWidget(self._pages[name])
        self.test.setVisible(name == "server")

    def _on_language_value_changed(self, language: str) -> None:
        self.language_chosen.emit(language)

    def _on_test_clicked(self) -> None:
        if self.test.isEnabled() and self.way == "server" and self.server.complete():
            self.tested.emit()

    def _on_go_clicked(self) -> None:
        if self.go.isEnabled() and self._pages[self.way].complete():
            self.submitted.emit(self.way)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        side = QRectF(self._side.geometry())
        painter.fillRect(side, theme.colour("canvas"))
        paint.separator(painter, side.right() - 1, 0, side.height(), vertical=True)
        margin, mark = theme.px(28), theme.px(36)
        paint.seal(painter, QRectF(margin, margin, mark, mark))
        paint.text(painter, margin + mark + theme.px(12), margin + mark / 2, "tcmdesk", "heading")


def _choices(tr: Translator) -> tuple[Choice, ...]:
    _ = tr.gettext
    return (
        Choice("demo", "flask-conical", _("Look at the demo clinic"), _("Made-up patients and doctors")),
        Choice("own", "laptop", _("A clinic on this computer"), _("One workstation, data stays here")),
        Choice("server", "server", _("The clinic's MySQL"), _("Many desks, shared with the platform")),
    )
