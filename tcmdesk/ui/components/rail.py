"""The rail: where one can go, with icon and word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent


@dataclass(frozen=True, slots=True)
class RailItem:
    """A destination: the screen's name, its translated title, its icon, the key that leads there."""

    name: str
    title: str
    icon: str
    key: str = ""


class _RailButton(Themed, QAbstractButton):
    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setText(item.title)
        self.setAccessibleName(item.title)
        self.setToolTip(f"{item.title}  {item.key}" if item.key else item.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def nextCheckState(self) -> None:
        """The rail decides what is on: a second click on the open screen does not switch it off."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # the rail moves the focus
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("nav_item") + current().px(4))

    def sizeHint(self) -> QSize:
        return QSize(current().width("rail"), current().height("nav_item") + current().px(4))

    def clipped_texts(self) -> Iterator[str]:
        """Its title, when even the smallest type does not fit."""
        if paint.text_width(self.text(), "mark", bold=True) > self.width() - current().px(12):
            yield self.text()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        on = self.isChecked()
        wide, high = self.width() - 1, theme.height("nav_item")
        box = QRectF(theme.px(6), 0, wide - theme.px(11), high)
        if on:
            paint.rounded(painter, box, theme.radius("card"), "accent_soft")
            bar = QRectF(0, theme.px(14), theme.px(3), theme.px(24))
            paint.rounded(painter, bar, theme.px(3) / 2, "accent")
        elif self.underMouse():
            paint.rounded(painter, box, theme.radius("card"), "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        ink = "accent_text" if on else "text2"
        edge, centre = theme.icon("nav"), box.center().x()
        paint.icon(painter, self.item.icon, centre - edge / 2, theme.px(18), edge, ink)
        role = "small" if paint.text_width(self.text(), "small", bold=True) <= box.width() - 2 else "mark"
        paint.text(
            painter,
            centre,
            theme.px(39.5),
            self.text(),
            role,
            ink,
            bold=on,
            align="center",
            max_width=box.width(),
        )


class _IconButton(Themed, QAbstractButton):
    """A round or bare button at the rail's foot."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedSize(current().px(44), current().px(40))

    def _paint_ground(self, painter: QPainter) -> None:
        theme, box = current(), QRectF(self.rect())
        if self.underMouse():
            paint.rounded(painter, box, theme.radius("card"), "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))


class _SettingsButton(_IconButton):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter, edge = QPainter(self), current().icon("nav")
        self._paint_ground(painter)
        paint.icon(painter, "settings", (self.width() - edge) / 2, self.height() / 2, edge)


class _UserButton(_IconButton):
    """The first character of the user's name, with a dot while the database answers."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self._initial = name[:1]
        self.connected = True
        super().__init__(name, parent)

    def set_name(self, name: str) -> None:
        self._initial = name[:1]
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        self._paint_ground(painter)
        edge = theme.px(32)
        disc = QRectF((self.width() - edge) / 2, (self.height() - edge) / 2, edge, edge)
        paint.rounded(painter, disc, edge / 2, "tile")
        centre = disc.center()
        paint.text(
            painter, centre.x(), centre.y(), self._initial, "subheading", "text2", bold=True, align="center"
        )
        outer, inner = theme.px(11), theme.px(8)
        dot = QRectF(disc.right() - theme.px(8), disc.bottom() - theme.px(9), outer, outer)
        paint.rounded(painter, dot, outer / 2, "canvas")
        gap = (outer - inner) / 2
        tint = "accent" if self.connected else "danger"
        paint.rounded(painter, dot.adjusted(gap, gap, -gap, -gap), inner / 2, tint)


class Rail(Pane):
    """Navigation, 68 px wide: the mark, the destinations, settings and the user at the foot.

    Tab enters at the open screen; the arrow keys move between destinations, Enter or Space opens.
    Settings are shown only when `settings_text` is given.
    """

    chosen = Signal(str)
    settings_requested = Signal()
    user_requested = Signal()

    def __init__(
        self,
        items: Sequence[RailItem],
        *,
        name: str,
        user: str,
        settings_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("canvas", lines=("right",), parent=parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._buttons: list[_RailButton] = []
        for item in items:
            button = _RailButton(item, self)
            button.clicked.connect(lambda _checked=False, target=item.name: self.chosen.emit(target))
            self._buttons.append(button)
            self._column.addWidget(button)
        self._column.addStretch(1)
        if settings_text:
            settings = _SettingsButton(settings_text, self)
            settings.clicked.connect(self.settings_requested)
            self._column.addWidget(settings, 0, Qt.AlignmentFlag.AlignHCenter)
        self._user = _UserButton(user, self)
        self._user.clicked.connect(self.user_requested)
        self._column.addWidget(self._user, 0, Qt.AlignmentFlag.AlignHCenter)
        self._set_tab_stop(0)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedWidth(theme.width("rail"))
        self._column.setContentsMargins(0, theme.px(60), 1, theme.px(22))

    def set_current(self, name: str) -> None:
        """Mark the open screen; a name that is not in the rail marks none."""
        for at, button in enumerate(self._buttons):
            button.setChecked(button.item.name == name)
            if button.isChecked():
                self._set_tab_stop(at)

    def set_user(self, name: str) -> None:
        """Somebody else works here now."""
        self._user.set_name(name)

    def set_connected(self, connected: bool) -> None:
        self._user.connected = connected
        self._user.update()

    def _set_tab_stop(self, chosen: int) -> None:
        # One stop for Tab in the whole list; arrows do the rest.
        for at, button in enumerate(self._buttons):
            policy = Qt.FocusPolicy.TabFocus if at == chosen else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((at for at, button in enumerate(self._buttons) if button.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if focused is None or step is None:
            super().keyPressEvent(event)
            return
        target = (focused + step) % len(self._buttons)
        self._set_tab_stop(target)
        self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        edge = current().px(32)
        paint.seal(QPainter(self), QRectF((self.width() - edge) / 2, current().px(12), edge, edge))
