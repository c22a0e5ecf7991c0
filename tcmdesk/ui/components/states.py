"""What stands in the place of content: nothing there, still loading, could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.components.banner import Action
    from tcmdesk.ui.theme.tokens import Colour


class _Centred(Themed, QWidget):
    """A column in the middle: icon, bold line, quiet line, and what a subclass adds below."""

    def __init__(self, icon: str, tint: Colour, title: str, detail: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title} {detail}".strip())
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(IconView(icon, "empty", tint, parent=self), 0, Qt.AlignmentFlag.AlignHCenter)
        for line in (
            Text(title, "subheading", wrap=True, parent=self),
            Text(detail, "small", "text2", wrap=True, parent=self),
        ):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(line)
            line.setVisible(bool(line.text()))

    def _close_column(self, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)

    def apply_theme(self) -> None:
        theme = current()
        self._column.setSpacing(theme.px(6))
        self._column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))


class EmptyState(_Centred):
    """What is not there, what to do about it, and the key that does it."""

    def __init__(
        self, icon: str, title: str, hint: str = "", *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(icon, "text3", title, hint, parent)
        self._close_column(*([KeyCap(key, self)] if key else []))
        self.start_theming()


class ErrorState(_Centred):
    """What could not be done, why (with a number to quote), and an offer to try again."""

    def __init__(
        self, title: str, detail: str, *, retry: Action | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("circle-alert", "danger", title, detail, parent)
        self.button = Button(retry.text, key=retry.key, parent=self) if retry else None
        if self.button and retry:
            self.button.clicked.connect(lambda _checked=False: retry.run())
        self._close_column(*([self.button] if self.button else []))
        self.start_theming()


class LoadingState(Themed, QWidget):
    """Grey bars of the size of the rows that will stand here. They do not move."""

    def __init__(self, name: str, *, row_height: int = 36, parent: QWidget | None = None) -> None:
        """`name` says to screen readers what is loading; `row_height` is px at 100 %."""
        super().__init__(parent)
        self._row_height = row_height
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        step, edge, pad = theme.px(self._row_height), theme.px(min(28, self._row_height - 6)), theme.px(16)
        room = self.width() - 2 * pad - edge - theme.px(12)
        y = theme.px(20)
        for row in range(max(0, (self.height() - y) // step)):
            long, short = (0.55, 0.8) if row % 2 == 0 else (0.75, 0.6)
            left = pad + edge + theme.px(12)
            paint.rounded(painter, QRectF(pad, y, edge, edge), theme.radius("control"), "tile")
            paint.rounded(
                painter,
                QRectF(left, y + theme.px(3), min(room * long, theme.px(130)), theme.px(9)),
                theme.px(4),
                "tile",
            )
            paint.rounded(
                painter,
                QRectF(left, y + theme.px(17), min(room * short, theme.px(140)), theme.px(7)),
                theme.px(3),
                "tile",
            )
            y += step


class StateStack(QStackedWidget):
    """Content, or what stands in its place at the same size.

    `show_loading` waits 300 ms before it shows, so that quick answers do not flicker.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._other: QWidget | None = None
        self._waiting: QWidget | None = None
        self.addWidget(content)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._on_delay_timeout)

    @property
    def shows_content(self) -> bool:
        return self.currentWidget() is self._content

    def show_content(self) -> None:
        self._stop_waiting()
        self._replace(None)

    def show_loading(self, state: LoadingState) -> None:
        """Put `state` in place after 300 ms unless something else is shown before."""
        self._stop_waiting()
        state.setParent(self)
        state.hide()
        self._waiting = state
        self._delay.start(current().tokens.loading_after_ms)

    def show_state(self, state: EmptyState | ErrorState) -> None:
        """Put an empty or an error state in place at once; screen readers are told."""
        self._stop_waiting()
        self._replace(state)
        QAccessible.updateAccessibility(QAccessibleEvent(state, QAccessible.Event.Alert))

    def _stop_waiting(self) -> None:
        self._delay.stop()
        if self._waiting is not None:
            self._waiting.deleteLater()
            self._waiting = None

    def _on_delay_timeout(self) -> None:
        state, self._waiting = self._waiting, None
        self._replace(state)

    def _replace(self, state: QWidget | None) -> None:
        before, self._other = self._other, state
        if state is not None:
            self.addWidget(state)
        self.setCurrentWidget(state or self._content)
        if before is not None:
            self.removeWidget(before)
            before.deleteLater()
