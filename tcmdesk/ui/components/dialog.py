"""Dialogs, only for an end: sign, merge, delete, resolve. Opened with `open()`; nothing waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QBitmap, QGuiApplication, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent


class Scrim(QWidget):
    """Dims a window behind a dialog and carries the dialog's shadow."""

    def __init__(self, window: QWidget, dialog: QWidget) -> None:
        super().__init__(window)
        self._dialog = dialog
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        dialog.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.setGeometry(self.parentWidget().rect())
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.fillRect(event.rect(), theme.colour("scrim"))
        depth = theme.tokens.shadows["dialog"]
        corner = self.mapFromGlobal(self._dialog.mapToGlobal(self._dialog.rect().topLeft()))
        box = QRectF(corner, self._dialog.size())
        paint.shadow(painter, box, theme.radius("dialog"), blur=theme.px(depth.blur), dy=theme.px(depth.dy))


class Dialog(Themed, QDialog):
    """Title, body, foot. Esc always leaves without loss.

    Fill `body`; add buttons with `add_action`, the primary one last (Enter presses it).
    `note` stands at the left of the foot: what cannot be undone.
    """

    def __init__(
        self,
        title: str,
        *,
        close_text: str,
        subtitle: str = "",
        note: str = "",
        width: int = 560,
        parent: QWidget,
    ) -> None:
        """`width` is px at 100 %; `close_text` names the closing cross for screen readers."""
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._width = width
        self._scrim: Scrim | None = None
        self._primary: Button | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        # X11 without a compositor would show black corners; there the window is cut to its shape instead.
        self._blends = QGuiApplication.platformName() != "xcb"
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._blends)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(Text(title, "heading", parent=self))
        self._subtitle = Text(subtitle, "body", "text2", elide=True, parent=self)
        self._head.addWidget(self._subtitle, 1)
        self._head.addWidget(KeyCap("Esc", self))
        cross = Button(icon="x", kind="tool", name=close_text, parent=self)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self.reject)
        self._head.addWidget(cross)
        self._column.addLayout(self._head)
        self.body = QVBoxLayout()
        self._column.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._note = Text(note, "small", "text2", wrap=True, parent=self)
        self._foot.addWidget(self._note, 1)
        self._column.addLayout(self._foot)
        self.start_theming()

    def set_note(self, text: str) -> None:
        self._note.setText(text)

    def add_action(self, button: Button) -> Button:
        """Put a button at the right end of the foot; a primary one answers to Enter and Ctrl Enter."""
        self._foot.addWidget(button)
        if button.is_primary:
            self._primary = button
            button.setDefault(True)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In a text area Enter is a new line; with Ctrl it always ends the dialog.
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._primary is not None:
            self._primary.click()
            return
        super().keyPressEvent(event)

    def apply_theme(self) -> None:
        theme = current()
        pad = theme.px(24)
        self.setFixedWidth(theme.px(self._width))
        self._column.setContentsMargins(1, 1, 1, 1)
        self._head.setContentsMargins(pad, 0, theme.px(16), 0)
        self._head.setSpacing(theme.px(12))
        self.body.setContentsMargins(pad, theme.px(20), pad, theme.px(20))
        self.body.setSpacing(theme.px(12))
        self._foot.setContentsMargins(pad, theme.px(12), pad, theme.px(12))
        self._foot.setSpacing(theme.px(8))
        for at, token in ((0, "dialog_head"), (2, "dialog_foot")):
            row = self._column.itemAt(at).layout()
            margins = row.contentsMargins()
            control = theme.height("button_primary_sheet" if at == 2 else "button")
            gap = (theme.height(token) - control) // 2
            row.setContentsMargins(margins.left(), gap, margins.right(), gap)

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            # Placed here and not by the window manager, some of which move a window without telling it.
            self.adjustSize()
            window = self.parentWidget().window()
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - self.rect().center())
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._scrim is None and self.parentWidget() is not None:
            self._scrim = Scrim(self.parentWidget().window(), self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._blends:
            shape = QBitmap(self.size())
            shape.clear()
            painter = QPainter(shape)
            painter.setBrush(Qt.GlobalColor.color1)
            painter.drawRoundedRect(self.rect(), current().radius("dialog"), current().radius("dialog"))
            painter.end()
            self.setMask(shape)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        paint.rounded(painter, QRectF(self.rect()), theme.radius("dialog"), "raised", "line")
        paint.separator(painter, 1, theme.height("dialog_head"), self.width() - 2)
        paint.separator(painter, 1, self.height() - theme.height("dialog_foot") - 1, self.width() - 2)
