"""The panel at the right in which something is booked, changed, cancelled or resolved.

No scrim and no dialog: the board beside it stays alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.components.text import Text, heading
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from tcmdesk.ui.shortcuts import KeyHint


class _Scroller(QScrollArea):
    """Scrolls by wheel and by focus; keys belong to the sheet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Sheet(Pane):
    """Title, a body that scrolls when the window is low, and a foot with what can be done.

    Subclasses fill `body`, add actions and call `start_theming` at the end of their constructor.

    Esc and the cross ask to close; Enter, where no field takes it, and Ctrl Enter ask to submit. Alt with
    the left or right arrow is a step (-1 or 1) here, whatever it means to the window, and Alt with a digit a
    choice by number. `hints_changed` says that its keys do something else now.
    """

    hints_changed = Signal()
    close_requested = Signal()
    submit_requested = Signal()
    stepped = Signal(int)
    numbered = Signal(int)

    def __init__(self, title: str, close_text: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines=("left",), parent=parent)
        self._watched: QWidget | None = None
        self._listening = False
        self._title = heading(title, self)
        self._subtitle = Text("", "body", "accent_text", elide=True, parent=self)
        self._cross = Button(icon="x", kind="ghost", name=close_text, parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.close_requested)
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        self._head.addLayout(titles, 1)
        self._head.addWidget(KeyCap("Esc", self))
        self._head.addWidget(self._cross)
        self._column.addLayout(self._head)
        self._content = QWidget(self)
        self.body = QVBoxLayout(self._content)
        self._scroller = _Scroller(self)
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setWidget(self._content)
        for ground in (self._content, self._scroller.viewport()):
            ground.setAutoFillBackground(False)
        self._column.addWidget(self._scroller, 1)
        self._foot_pane = Pane("canvas", lines=("top",), parent=self)
        self._foot = QHBoxLayout(self._foot_pane)
        self._mark = IconView("info", "control", "text3", parent=self._foot_pane)
        self._note = Text("", "small", "text2", elide=True, parent=self._foot_pane)
        self._foot.addWidget(self._mark)
        self._foot.addWidget(self._note, 1)
        self._column.addWidget(self._foot_pane)
        self.set_note("", "")

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    @property
    def subtitle(self) -> str:
        return self._subtitle.text()

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
        self.setAccessibleDescription(text)

    @property
    def note(self) -> str:
        """What stands at the left of the foot."""
        return self._note.text()

    def set_note(self, text: str, icon: str) -> None:
        """What will happen besides, at the left of the foot."""
        self._note.setText(text)
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.set_icon(icon)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part of the body, once everything has found its place."""
        QTimer.singleShot(0, part, lambda: self._scroller.ensureWidgetVisible(part))

    def clipped_texts(self) -> list[str]:
        """What does not fit across, for the check of the pictures."""
        return [self._title.text()] if self.content_width > self.room_width else []

    def add_action(self, button: Button) -> Button:
        """Put a button at the right end of the foot."""
        self._foot.addWidget(button)
        return button

    @property
    def content_width(self) -> int:
        """What the body needs across, px."""
        return self._content.minimumSizeHint().width()

    @property
    def room_width(self) -> int:
        """What the body has across, px; it never scrolls sideways."""
        return self._scroller.viewport().width()

    @property
    def short(self) -> bool:
        """Whether the window is too low for the long form."""
        return self.window().height() < current().tokens.short_height * current().scale

    def hints(self) -> list[KeyHint]:
        """What the keys do in this sheet, most used first."""
        return []

    def arrange(self) -> None:
        """Lay out for the window's height; called whenever it changes."""

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedWidth(theme.width("booking"))
        self._column.setContentsMargins(1, 0, 0, 0)
        pad = theme.px(20)
        self._head.setContentsMargins(pad, theme.px(14), theme.px(12), theme.px(6))
        self._head.setSpacing(theme.px(6))
        self._foot_pane.setFixedHeight(theme.px(60))
        self._foot.setContentsMargins(pad, 0, pad, 0)
        self._foot.setSpacing(theme.px(8))
        self.body.setContentsMargins(pad, theme.px(6), pad, theme.px(8))
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._themed_by is not None:
            self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._listening:
            QApplication.instance().focusChanged.connect(self._on_focus_changed)
            self._listening = True
        self._on_focus_changed(None, QApplication.focusWidget())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # one that was never shown is told to hide as well
        if self._listening:
            QApplication.instance().focusChanged.disconnect(self._on_focus_changed)
            self._listening = False
        self._on_focus_changed(None, None)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Buttons and the window's own shortcuts take Alt and an arrow for themselves, so they are caught before.
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if new is not None and self.isAncestorOf(new) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            return super().eventFilter(watched, event)
        wish = self._wish(event)
        if wish is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            signal, value = wish
            signal.emit(value)
        event.accept()
        return True

    def _wish(self, event: QKeyEvent) -> tuple[SignalInstance, int] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
            return None
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            return self.stepped, 1 if key == Qt.Key.Key_Right else -1
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return self.numbered, key - Qt.Key.Key_0
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        }:
            self.submit_requested.emit()
        else:
            super().keyPressEvent(event)
