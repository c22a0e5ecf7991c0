"""Fields of text and choices. The style sheet draws their boxes, these classes what it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current, repolish

if TYPE_CHECKING:
    from collections.abc import Iterable


def set_invalid(control: QWidget, invalid: bool) -> None:
    """Draw a control's edge in red, or not."""
    if bool(control.property("invalid")) != invalid:
        control.setProperty("invalid", invalid)
        repolish(control)


class TextInput(Themed, QLineEdit):
    """One line of text. `name` is for screen readers when no `Field` labels it; `main` is 36 px high."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        name: str = "",
        main: bool = False,
        password: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._main = main
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        if password:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height("input_main" if self._main else "input"))
        self.setFont(theme.font("body"))


class TextArea(Themed, QPlainTextEdit):
    """Several lines of text, `lines` of them visible. Tab leaves it: no one writes tabs here."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        name: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFont(current().font("body"))
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        # One line is as high as an input, so that the two stand level side by side.
        theme = current()
        room = theme.height("input") + (self._lines - 1) * QFontMetrics(theme.font("body")).lineSpacing()
        return QSize(theme.px(240), room)


class ComboBox(Themed, QComboBox):
    """One of several values; `options` are (value, translated word) pairs."""

    def __init__(
        self,
        options: Iterable[tuple[Any, str]] = (),
        *,
        value: Any = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.set_options(options)
        if value is not None:
            self.set_value(value)
        self.start_theming()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def set_options(self, options: Iterable[tuple[Any, str]]) -> None:
        self.clear()
        for value, word in options:
            self.addItem(word, value)

    @property
    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value; `ValueError` when it is not among the options."""
        at = self.findData(value)
        if at < 0:
            raise ValueError(f"no option has the value {value!r}")
        self.setCurrentIndex(at)

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("input"))
        self.setFont(current().font("body"))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + current().px(12), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # scrolling a page must not change what was chosen
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        edge = current().icon("control")
        ink = "text2" if self.isEnabled() else "text3"
        painter = QPainter(self)
        paint.icon(
            painter, "chevron-down", self.width() - edge - current().px(8), self.height() / 2, edge, ink
        )


class SearchField(TextInput):
    """A field to find things: a magnifier, the cap of the key that leads to it, no edge until it has the focus.

    Esc empties it; a second Esc is left to the screen.
    """

    def __init__(
        self,
        placeholder: str,
        *,
        key: str = "",
        name: str = "",
        quiet: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._key = key
        super().__init__(placeholder=placeholder, name=name, parent=parent)
        self.setProperty("quiet", quiet)

    def apply_theme(self) -> None:
        super().apply_theme()
        theme = current()
        cap = round(paint.key_cap_width(self._key)) + theme.px(4) if self._key else 0
        self.setTextMargins(theme.px(22), 0, cap, 0)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self.setMinimumWidth(words + theme.px(22) + cap + theme.px(28))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        middle = QRectF(self.rect()).center().y()
        paint.icon(painter, "search", theme.px(9), middle, theme.icon("control"), "text3")
        if self._key and not self.text():
            paint.key_cap(painter, self.width() - theme.px(8), middle, self._key, align="right")
