"""Account and password, and a kept place for what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.password_input import PasswordInput
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.core.i18n import Translator

WIDTH: Final = 320
NOTICE_HEIGHT: Final = 58
"""Room for two lines, kept whether or not there is something to say."""


class SignInForm(Themed, QWidget):
    """`submitted` carries account and password. What was typed stays until the window goes."""

    submitted = Signal(str, str)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._busy = False
        self._hint = ""
        self._title = Text("", "display", parent=self)
        self._subtitle = Text("", "body", "text2", parent=self)
        self.notice = Notice(self)
        self._notice_place = QWidget(self)
        self.account = TextInput(main=True, parent=self)
        self.password = PasswordInput(parent=self)
        self._account_field = Field("", self.account, reserve=False, parent=self)
        self._password_field = Field("", self.password, reserve=False, parent=self)
        self._caps_icon = IconView("arrow-big-up", "inline", "warn", parent=self)
        self._caps_text = Text("", "small", "warn", parent=self)
        self._forgotten = Text("", "small", "text3", parent=self)
        self.button = Button("·", kind="primary", size="sheet", key="⏎", parent=self)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()
        self._show_caps_lock(False)
        self.password.caps_lock_changed.connect(self._show_caps_lock)
        self.button.clicked.connect(self._on_button_clicked)
        self.set_translator(tr)
        self.start_theming()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        place = QVBoxLayout(self._notice_place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._subtitle)
        place.addWidget(self.notice)
        place.addStretch(1)
        caps = QHBoxLayout()
        caps.addWidget(self._caps_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        caps.addWidget(self._caps_text)
        caps.addStretch(1)
        caps.addWidget(self._forgotten)
        self._caps = caps
        for part in (self._title, self._notice_place, self._account_field, self._password_field):
            self._column.addWidget(part)
        self._column.addLayout(caps)
        self._column.addWidget(self.button)

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedWidth(theme.px(WIDTH))
        self._notice_place.setFixedHeight(theme.px(NOTICE_HEIGHT))
        self._column.setSpacing(theme.px(10))
        self._caps.setSpacing(theme.px(4))
        self.account.setFixedHeight(theme.height("sign_in") - theme.px(2))
        self.password.setFixedHeight(theme.height("sign_in") - theme.px(2))
        self.button.setFixedHeight(theme.height("sign_in"))

    def set_translator(self, tr: Translator) -> None:
        """Say everything in a language; what was typed stays."""
        self._tr = tr
        _ = tr.gettext
        self._title.setText(_("Sign in"))
        self._subtitle.setText(_("Continue with your clinic account"))
        self._account_field.set_label(_("Phone or account"))
        self._password_field.set_label(_("Password"))
        self._caps_text.setText(_("Caps Lock is on"))
        hint = _("Demo password: {password}").format(password=self._hint)
        self._forgotten.setText(hint if self._hint else _("Forgotten? Ask an administrator"))
        self._show_button()

    def set_hint(self, password: str) -> None:
        """The demo's password, which is no secret."""
        self._hint = password
        self.set_translator(self._tr)

    def set_account(self, account: str) -> None:
        """Fill in who signed in last, and lead to the first empty field."""
        self.account.setText(account)
        (self.password if account else self.account).setFocus()

    def set_busy(self, busy: bool) -> None:
        """The answer is awaited; the fields stay as they are."""
        self._busy = busy
        self.button.setEnabled(not busy)
        self._show_button()

    def refuse(self, text: str) -> None:
        """Say why it was not accepted (translated) and lead to the password, selected to be typed anew."""
        self._subtitle.hide()
        self.notice.say(text)
        self.password.setFocus()
        self.password.selectAll()

    def explain(self, text: str) -> None:
        """Say why one is asked (translated), without blaming what was typed."""
        self._subtitle.hide()
        self.notice.say(text, "warn")

    def accept_again(self) -> None:
        """Take the refusal away."""
        self.notice.clear()
        self._subtitle.show()

    def _show_button(self) -> None:
        _ = self._tr.gettext
        self.button.setText(_("Signing in…") if self._busy else _("Sign in"))

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
        for control in (self.account, self.password):
            if not control.text():
                control.setFocus()
                return
        self.submitted.emit(self.account.text().strip(), self.password.text())
