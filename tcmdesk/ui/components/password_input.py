"""A password field that notices Caps Lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from tcmdesk.ui.components.inputs import TextInput

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class PasswordInput(TextInput):
    """Hidden text. `caps_lock_changed` says whether Caps Lock seems to be on.

    Qt does not tell the key's state, so it is concluded from a letter that comes in the other case than
    Shift says, and from the key itself once the state is known.
    """

    caps_lock_changed = Signal(bool)

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, main=True, password=True, parent=parent)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self._caps_lock: bool | None = None

    @property
    def caps_lock(self) -> bool:
        return bool(self._caps_lock)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            if self._caps_lock is not None:
                self._set_caps_lock(not self._caps_lock)
        elif (
            len(event.text()) == 1 and event.text().isalpha() and event.text().lower() != event.text().upper()
        ):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps_lock(event.text().isupper() != shifted)
        super().keyPressEvent(event)

    def _set_caps_lock(self, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.caps_lock_changed.emit(on)
