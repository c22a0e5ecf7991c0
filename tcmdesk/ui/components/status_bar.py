"""The bar at the foot: which keys work here, and how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.ui.shortcuts import KeyHint
    from tcmdesk.ui.theme.tokens import Colour


@dataclass(frozen=True, slots=True)
class StatusItem:
    """How one thing stands, at the right of the bar: icon and translated words; `run` makes it a button."""

    text: str
    icon: str
    colour: Colour = "text3"
    run: Callable[[], None] | None = None


class _Hints(QWidget):
    """Key hints, most used first; those that do not fit are left out from the end, the overview's never."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hints: list[KeyHint] = []
        self.last: KeyHint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_hints(self, hints: Sequence[KeyHint], last: KeyHint | None) -> None:
        self.hints, self.last = list(hints), last
        spoken = [*self.hints, *([last] if last else [])]
        self.setAccessibleName("; ".join(f"{hint.keys} {hint.text}" for hint in spoken))
        self.update()

    def _width(self, hint: KeyHint) -> float:
        theme = current()
        caps = sum(paint.key_cap_width(key) + theme.px(3) for key in hint.keys.split(" "))
        return caps + theme.px(3) + paint.text_width(hint.text, "small") + theme.px(14)

    def visible_hints(self) -> list[KeyHint]:
        """Those that fit, in order, the overview's at the end."""
        room = self.width() - (self._width(self.last) if self.last else 0)
        shown = []
        for hint in self.hints:
            room -= self._width(hint)
            if room < 0:
                break
            shown.append(hint)
        return [*shown, self.last] if self.last else shown

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        x, middle = 0.0, self.height() / 2
        for hint in self.visible_hints():
            for key in hint.keys.split(" "):
                x += paint.key_cap(painter, x, middle, key) + theme.px(3)
            x += theme.px(3)
            x += paint.text(painter, x, middle, hint.text, "small", "text3") + theme.px(14)


class _State(Themed, QAbstractButton):
    def __init__(self, item: StatusItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)
        self.set_item(item)
        self.start_theming()

    def set_item(self, item: StatusItem) -> None:
        self._item = item
        self.setText(item.text)
        self.setAccessibleName(item.text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if item.run else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def _on_clicked(self) -> None:
        if self._item.run:
            self._item.run()

    def apply_theme(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        words = paint.text_width(self._item.text, "small")
        return QSize(
            round(words + theme.icon("inline") + theme.px(4) + theme.px(12)), theme.height("status_bar")
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box = QRectF(self.rect()).adjusted(0, 3, 0, -2)
        if self._item.run and self.underMouse():
            paint.rounded(painter, box, theme.radius("chip"), "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("chip"))
        x, middle = theme.px(6), self.height() / 2
        x += paint.icon(
            painter, self._item.icon, x, middle, theme.icon("inline"), self._item.colour
        ) + theme.px(4)
        paint.text(painter, x, middle, self._item.text, "small", self._item.colour)


class StatusBar(Pane):
    """28 px at the foot of the window: key hints at the left, states at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", lines=("top",), parent=parent)
        self._row = QHBoxLayout(self)
        self._hints = _Hints(self)
        self._row.addWidget(self._hints, 1)
        self._states: list[_State] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height("status_bar"))
        self._row.setContentsMargins(theme.px(16), 1, theme.px(10), 0)
        self._row.setSpacing(theme.px(4))

    def set_hints(self, hints: Sequence[KeyHint], overview: KeyHint | None = None) -> None:
        """Most used first; `overview` (``?``) stays visible when others have no room."""
        self._hints.set_hints(hints, overview)

    @property
    def shown_hints(self) -> list[KeyHint]:
        """The hints that fit at this width."""
        return self._hints.visible_hints()

    def set_states(self, items: Sequence[StatusItem]) -> None:
        """How things stand, left to right; the most lasting at the right end."""
        for state in self._states[len(items) :]:
            self._row.removeWidget(state)
            state.hide()
            state.deleteLater()
        # Those that stay are changed in place: a minute that passes must not take the focus away.
        for state, item in zip(self._states, items, strict=False):
            state.set_item(item)
        added = [_State(item, self) for item in items[len(self._states) :]]
        for state in added:
            self._row.addWidget(state)
        self._states = [*self._states[: len(items)], *added]
