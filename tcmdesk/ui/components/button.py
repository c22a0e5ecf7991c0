"""Buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour, TypeRole

Kind = Literal["primary", "plain", "ghost", "danger", "danger_fill", "tool", "link"]
Size = Literal["regular", "small", "row", "sheet"]

_HEIGHTS: Final[dict[Size, str]] = {
    "regular": "button",
    "small": "button_small",
    "row": "button_row",
    "sheet": "button_primary_sheet",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """Ink, ground and edge of a kind of button; the ground under the pointer."""

    ink: Colour
    ground: Colour | None = None
    edge: Colour | None = None
    hover: Colour | None = "hover"
    filled: bool = False


_LOOKS: Final[dict[Kind, _Look]] = {
    "primary": _Look("accent_fg", "accent", hover="accent_hover", filled=True),
    "plain": _Look("text", "surface", "field_line"),
    "ghost": _Look("text2"),
    "tool": _Look("text2"),
    "danger": _Look("danger", "surface", "danger", hover="danger_soft"),
    "danger_fill": _Look("danger_fg", "danger", hover="danger", filled=True),
    "link": _Look("accent_text"),
}
_CHECKED: Final = _Look("accent_text", "accent_soft", hover="accent_soft")
_DISABLED: Final = _Look("text3", "sunken", hover="sunken")


class Button(Themed, QPushButton):
    """A push button with an icon, a word and the cap of its key.

    `kind`: ``primary`` (one a screen or sheet, at the right end), ``plain``, ``ghost``, ``danger`` (red word),
    ``danger_fill`` (only to end a call), ``tool`` (icon; accent tint while checked), ``link`` (a word in the
    accent inside a row). `size`: ``regular`` 32, ``small`` 28, ``row`` 26, ``sheet`` 36 px.
    `key` is only shown; `ui.shortcuts` makes it work. `badge` is a count at the upper right corner.
    A button without a word needs `name` for screen readers; it becomes the tooltip too.
    """

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        kind: Kind = "plain",
        size: Size = "regular",
        key: str = "",
        badge: str = "",
        name: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        if not text and not name:
            raise ValueError("a button without a word needs a name")
        self._kind: Kind = kind
        self._size: Size = size
        self._icon_name, self._key, self._badge = icon, key, badge
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)
        if name and not text:
            self.setToolTip(name)
        self.start_theming()

    @property
    def key(self) -> str:
        return self._key

    @property
    def is_primary(self) -> bool:
        return self._kind == "primary"

    def set_icon_name(self, icon: str) -> None:
        self._icon_name = icon
        self._reshape()

    def set_badge(self, badge: str, description: str = "") -> None:
        """Show a count (empty hides it); `description` says it to screen readers."""
        self._badge = badge
        self.setAccessibleDescription(description)
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._reshape()

    def apply_theme(self) -> None:
        self.setFont(current().font(self._text_role(), bold=self._bold()))
        self._reshape()

    def _reshape(self) -> None:
        self.updateGeometry()
        self.update()

    def _text_role(self) -> TypeRole:
        return "small" if self._size in {"small", "row"} or self._kind == "link" else "body"

    def _bold(self) -> bool:
        return self._kind in {"primary", "link"}

    def _content_width(self) -> float:
        theme = current()
        width = 0.0
        if self._icon_name:
            width += theme.icon("control")
        if self.text():
            gap = theme.px(6) if self._icon_name else 0
            width += gap + paint.text_width(self._shown_text(), self._text_role(), bold=self._bold())
        if self._key:
            width += (theme.px(8) if width else 0) + paint.key_cap_width(self._key)
        return width

    def _shown_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _padding(self) -> int:
        theme = current()
        if self._kind == "link":
            return theme.px(4)
        return theme.px(12) if self.text() else theme.px(8)

    def sizeHint(self) -> QSize:
        height = current().height(_HEIGHTS[self._size])
        return QSize(max(height, round(self._content_width() + 2 * self._padding() + 0.5)), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt lets Enter press a button in dialogs only.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def _look(self) -> _Look:
        if not self.isEnabled():
            look = _LOOKS[self._kind]
            return _DISABLED if look.ground else _Look("text3", hover=None)
        return _CHECKED if self.isChecked() else _LOOKS[self._kind]

    def _ground(self, look: _Look) -> Colour | None:
        if self.isDown() and not look.filled:
            return "sel" if self._kind != "danger" else "danger_soft"
        under = self.underMouse() and self.isEnabled()
        return look.hover if under else look.ground

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current()
        painter = QPainter(self)
        look, radius = self._look(), theme.radius("control")
        box = QRectF(self.rect())
        ground = self._ground(look)
        if self.hasFocus() and look.filled:
            # A ring of the fill's own colour would not be seen: it stands off by a gap.
            paint.focus_ring(painter, box, radius)
            box = box.adjusted(3, 3, -3, -3)
            paint.rounded(painter, box, radius - 2, ground)
        else:
            edge = None if self.hasFocus() else look.edge
            paint.rounded(painter, box, radius, ground, edge)
            if self.hasFocus():
                paint.focus_ring(painter, box, radius)
        if self.isDown() and look.filled:
            paint.rounded(painter, box, radius, "shadow", opacity=0.6)
        self._paint_content(painter, look)
        if self._badge:
            self._paint_badge(painter)

    def _paint_content(self, painter: QPainter, look: _Look) -> None:
        theme = current()
        x = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self._icon_name:
            x += paint.icon(painter, self._icon_name, x, middle, theme.icon("control"), look.ink)
            x += theme.px(6) if self.text() else 0
        if self.text():
            role = self._text_role()
            x += paint.text(painter, x, middle, self._shown_text(), role, look.ink, bold=self._bold())
        if self._key:
            x += theme.px(8)
            paint.key_cap(painter, x, middle, self._key, on=look.ink if look.filled else None)

    def _paint_badge(self, painter: QPainter) -> None:
        theme = current()
        edge = theme.height("kbd")
        width = max(edge, round(paint.text_width(self._badge, "mark", bold=True)) + theme.px(8))
        box = QRectF(self.width() - width, 0, width, edge)
        paint.rounded(painter, box, edge / 2, "danger")
        centre = box.center()
        paint.text(
            painter, centre.x(), centre.y(), self._badge, "mark", "danger_fg", bold=True, align="center"
        )
