"""The first window asks who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.app.sign_in.brand_panel import BrandPanel
from tcmdesk.app.sign_in.form import SignInForm
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.components.banner import Action

SIZE: Final = (900, 600)
PROBLEM_HEIGHT: Final = 104
LANGUAGES: Final = (("zh_CN", "中文"), ("en", "English"))


class SignInWindow(Themed, QWidget):
    """Shows before the database floor is loaded; it knows nothing of it.

    Signals: `submitted` (account, password), `language_chosen`, `mode_chosen` (``light`` or ``dark``),
    `closed` when the person leaves, `painted` once, at the first paint.
    """

    submitted = Signal(str, str)
    language_chosen = Signal(str)
    mode_chosen = Signal(str)
    closed = Signal()
    painted = Signal()

    def __init__(self, tr: Translator, *, clinic: str, day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clinic, self._day = clinic, day
        self._was_painted = False
        self._brand = BrandPanel(self)
        self.form = SignInForm(tr, self)
        self.problem = Notice(self)
        self._status_icon = IconView("database", "inline", "text3", parent=self)
        self._status = Text("", "small", "text2", elide=True, parent=self)
        self.language = SegmentedControl(LANGUAGES, value=tr.language, name=" ", small=True, parent=self)
        self.mode = Button(icon="moon", kind="tool", size="small", name=" ", parent=self)
        self._build()
        self.form.submitted.connect(self.submitted)
        self.language.value_changed.connect(self._on_language_value_changed)
        self.mode.clicked.connect(self._on_mode_clicked)
        again = QShortcut("F5", self)
        again.activated.connect(self._on_again_activated)
        self.set_translator(tr)
        self.start_theming()

    def _build(self) -> None:
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addWidget(self._brand)
        self._right = QVBoxLayout()
        sides.addLayout(self._right, 1)
        self._problem_place = QWidget(self)
        place = QVBoxLayout(self._problem_place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.problem)
        place.addStretch(1)
        self._right.addStretch(1)
        self._right.addWidget(self.form, 0, Qt.AlignmentFlag.AlignHCenter)
        self._right.addWidget(self._problem_place, 0, Qt.AlignmentFlag.AlignHCenter)
        foot = QHBoxLayout()
        foot.addWidget(self._status_icon)
        foot.addWidget(self._status, 1)
        foot.addWidget(self.language)
        foot.addWidget(self.mode)
        self._foot = foot
        self._right.addLayout(foot)

    def apply_theme(self) -> None:
        theme = current()
        self.setMinimumSize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        margin = theme.px(24)
        self._right.setContentsMargins(margin, margin, margin, theme.px(16))
        self._right.setSpacing(theme.px(12))
        self._problem_place.setFixedSize(theme.px(440), theme.px(PROBLEM_HEIGHT))
        self._foot.setSpacing(theme.px(8))
        self.mode.set_icon_name("sun" if theme.mode == "dark" else "moon")

    def set_translator(self, tr: Translator) -> None:
        """Say everything in a language; what was typed stays."""
        _ = tr.gettext
        self.setWindowTitle(_("Sign in – {clinic}").format(clinic=self._clinic or "tcmdesk"))
        self.setAccessibleName(_("Sign in"))
        self.form.set_translator(tr)
        self.language.setAccessibleName(_("Language"))
        self.mode.setAccessibleName(_("Light or dark"))
        self.mode.setToolTip(_("Light or dark"))
        self._brand.set_texts(
            clinic=self._clinic,
            product="tcmdesk",
            day=tr.date(self._day, weekday=True),
            claim=_("The Chinese-medicine clinic's desk"),
        )

    def set_clinic(self, clinic: str, day: dt.date, tr: Translator) -> None:
        """The clinic's name and its date, once its database has said them."""
        self._clinic, self._day = clinic, day
        self.set_translator(tr)

    def set_status(self, text: str, *, good: bool | None = None) -> None:
        """How the database stands, in a word or two: `good` None while it is not known yet."""
        self._status.setText(text)
        self._status.set_colour("danger" if good is False else "text2")
        self._status_icon.set_icon("database", {None: "text3", True: "accent_text", False: "danger"}[good])

    def show_problem(self, text: str, actions: tuple[Action, ...] = ()) -> None:
        """What keeps the database from being used, and what can be done."""
        self.problem.say(text, "warn", actions)

    def clear_problem(self) -> None:
        self.problem.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), current().colour("surface"))
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def _on_again_activated(self) -> None:
        if self.problem.buttons:
            self.problem.buttons[0].click()

    def _on_language_value_changed(self, language: str) -> None:
        self.language_chosen.emit(language)

    def _on_mode_clicked(self) -> None:
        self.mode_chosen.emit("light" if current().mode == "dark" else "dark")
