"""Asks the person whose desk is locked for the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.password_input import PasswordInput
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.components.banner import Action

WIDTH: Final = 320
NOTICE_HEIGHT: Final = 92
"""Room for two lines and a row of buttons, kept whether or not there is something to say."""


class LockForm(Themed, QWidget):
    """`submitted` carries the password, `switch_requested` asks for another person."""

    submitted = Signal(str)
    switch_requested = Signal()

    def __init__(self, tr: Translator, name: str, role: str, parent: QWidget | None = None) -> None:
        """`name` is the person's, `role` its translated word."""
        super().__init__(parent)
        _ = self._ = tr.gettext
        self._busy = False
        self.name = Text(name, "display", elide=True, parent=self)
        self._subtitle = Text(_("{role} · locked").format(role=role), "body", "text2", parent=self)
        self.notice = Notice(self)
        self._place = QWidget(self)
        self.password = PasswordInput(parent=self)
        self._field = Field(_("Password"), self.password, reserve=False, parent=self)
        self._caps_icon = IconView("arrow-big-up", "inline", "warn", parent=self)
        self._caps_text = Text(_("Caps Lock is on"), "small", "warn", parent=self)
        self._hint = Text("", "small", "text3", parent=self)
        self.button = Button(_("Unlock"), kind="primary", size="sheet", key="⏎", parent=self)
        self.switch = Button(_("Switch user"), icon="users", size="sheet", key="Ctrl U", parent=self)
        for button in (self.button, self.switch):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()
        self._show_caps_lock(False)
        self.password.caps_lock_changed.connect(self._show_caps_lock)
        self.button.clicked.connect(self._on_button_clicked)
        self.switch.clicked.connect(self.switch_requested)
        self.start_theming()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        place = QVBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._subtitle)
        place.addWidget(self.notice)
        place.addStretch(1)
        caps = self._caps = QHBoxLayout()
        caps.addWidget(self._caps_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        caps.addWidget(self._caps_text)
        caps.addStretch(1)
        caps.addWidget(self._hint)
        for part in (self.name, self._place, self._field):
            self._column.addWidget(part)
        self._column.addLayout(caps)
        self._column.addWidget(self.button)
        self._column.addWidget(self.switch)

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedWidth(theme.px(WIDTH))
        self._place.setFixedHeight(theme.px(NOTICE_HEIGHT))
        self._column.setSpacing(theme.px(10))
        self._caps.setSpacing(theme.px(4))
        for control in (self.password, self.button, self.switch):
            control.setFixedHeight(theme.height("sign_in"))

    def set_hint(self, password: str) -> None:
        """The demo's password, which is no secret."""
        self._hint.setText(self._("Demo password: {password}").format(password=password))

    def begin(self) -> None:
        """Take the keyboard."""
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """The answer is awaited."""
        self._busy = busy
        self.button.setEnabled(not busy)

    def say(self, text: str, actions: tuple[Action, ...] = (), *, warn: bool = False) -> None:
        """Say something translated in the kept place, and lead to the password, selected to be typed anew."""
        self._subtitle.hide()
        self.notice.say(text, "warn" if warn else "danger", actions)
        self.password.setFocus()
        self.password.selectAll()

    def _show_caps_lock(self, on: bool) -> None:
        self._caps_icon.setVisible(on)
        self._caps_text.setVisible(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_button_clicked()
            return
        super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        if self._busy:
            return
        if not self.password.text():
            self.password.setFocus()
            return
        self.notice.clear()
        self._subtitle.show()
        self.submitted.emit(self.password.text())
