"""Several short texts, each a chip that can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLayoutItem

_SEPARATORS = "、，,；;"


class _Flow(QLayout):
    """From left to right, and on the next line where there is no room; the last one takes what is left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_before_last(self, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(-1, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return QSize(current().px(240), self.heightForWidth(current().px(240)))

    def minimumSize(self) -> QSize:
        return QSize(current().px(120), current().height("input"))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        gap, x, y, high = current().px(6), rect.left(), rect.top(), 0
        for item in self._items:
            hint = item.sizeHint()
            wide = min(hint.width(), rect.width())
            if x > rect.left() and x + wide > rect.right() + 1:
                x, y, high = rect.left(), y + high + gap, 0
            if item is self._items[-1]:
                wide = rect.right() + 1 - x
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, hint.height())))
            x, high = x + wide + gap, max(high, hint.height())
        return y + high - rect.top()


class _Line(TextInput):
    """Enter or a comma ends a text, Backspace in an empty line takes the last one back."""

    ended = Signal()
    taken_back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and self.text().strip():
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(current().px(140), super().sizeHint().height())


class ChipsInput(Themed, QWidget):
    """Texts in order; `changed` when the person adds one or takes one away."""

    changed = Signal()

    def __init__(self, remove_word: str, placeholder: str, parent: QWidget | None = None) -> None:
        """`remove_word` names the chips for screen readers: ``Remove {text}``."""
        super().__init__(parent)
        self._remove_word = remove_word
        self._chips: dict[Button, str] = {}
        self._flow = _Flow(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.line = _Line(placeholder=placeholder, parent=self)
        self._flow.addWidget(self.line)
        self.line.ended.connect(self._on_line_ended)
        self.line.taken_back.connect(self._on_line_taken_back)
        self.line.textEdited.connect(self._on_line_text_edited)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self.line)
        self.start_theming()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @property
    def value(self) -> tuple[str, ...]:
        """The texts, and what is still in the line."""
        typed = self.line.text().strip()
        texts = list(self._chips.values())
        return tuple([*texts, typed] if typed and typed not in texts else texts)

    def set_value(self, texts: tuple[str, ...]) -> None:
        """Other texts in their place."""
        for chip in list(self._chips):
            self._drop(chip)
        self.line.clear()
        for text in texts:
            self._add(text)

    def _add(self, text: str) -> None:
        # an ampersand would underline the letter behind it
        chip = Button(text.replace("&", "&&"), icon="x", parent=self)
        chip.setAccessibleName(self._remove_word.format(text=text))
        chip.clicked.connect(lambda: self._on_chip_clicked(chip))
        self._chips[chip] = text
        self._flow.insert_before_last(chip)
        chip.show()
        QWidget.setTabOrder(chip, self.line)
        self.updateGeometry()

    def _drop(self, chip: Button) -> None:
        del self._chips[chip]
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()

    def _on_chip_clicked(self, chip: Button) -> None:
        self._drop(chip)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_line_ended(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if text not in self._chips.values():
            self._add(text)
            self.changed.emit()

    def _on_line_taken_back(self) -> None:
        if self._chips:
            self._drop(next(reversed(self._chips)))
            self.changed.emit()

    def _on_line_text_edited(self, text: str) -> None:
        if text and text[-1] in _SEPARATORS:
            self.line.setText(text[:-1])
            if text[:-1].strip():
                self._on_line_ended()
