"""Painting primitives for delegates and painted components. Lengths are px at 100 % unless said otherwise.

Each takes the painter first and leaves its state as it was, but for pen, brush and font.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tcmdesk.ui import icons
from tcmdesk.ui.seal import paint_character
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour, TypeRole

Align = Literal["left", "center", "right"]

# Keys that are drawn as a symbol: the name a cap is asked for, and the icon.
KEY_ICONS: Final = {"⏎": "corner-down-left", "Enter": "corner-down-left"}


def text_width(text: str, role: TypeRole = "body", *, bold: bool | None = None) -> float:
    """Width of a text in px at the scale in force."""
    return QFontMetricsF(current().font(role, bold=bold)).horizontalAdvance(text)


def baseline(font: QFont, middle: float) -> float:
    """Where a line must stand so that its capitals and Chinese characters look centred on `middle`."""
    return middle + font.pixelSize() * 0.36


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: Colour | None = None,
    line: Colour | None = None,
    *,
    width: float = 1,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    opacity: float = 1,
) -> None:
    """A rounded rectangle; its edge (`width` px wide) lies inside `rect`. `radius` is in px."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * opacity)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    if line:
        painter.setPen(QPen(theme.colour(line), width, style))
        half = width / 2
        box.adjust(half, half, -half, -half)
        radius = max(0, radius - half)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def text(
    painter: QPainter,
    x: float,
    middle: float,
    string: str,
    role: TypeRole = "body",
    colour: Colour = "text",
    *,
    bold: bool | None = None,
    align: Align = "left",
    max_width: float | None = None,
    strike: bool = False,
    serif: bool = False,
) -> float:
    """One line, vertically centred on `middle`; `x` is its left, middle or right edge by `align`.

    Cut with an ellipsis beyond `max_width` px. Returns the width in px that was painted.
    """
    theme = current()
    font = theme.font(role, bold=bold, serif=serif)
    if strike:
        font = QFont(font)
        font.setStrikeOut(True)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(string)
    if max_width is not None and width > max_width:
        string = metrics.elidedText(string, Qt.TextElideMode.ElideRight, max_width)
        width = metrics.horizontalAdvance(string)
    left = x - {"left": 0, "center": width / 2, "right": width}[align]
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    painter.drawText(QPointF(left, baseline(font, middle)), string)
    return width


def icon(
    painter: QPainter, name: str, x: float, middle: float, size: int | None = None, colour: Colour = "text2"
) -> int:
    """An icon with its left edge at `x`, vertically centred; `size` in px, 14 px at 100 % when not given.

    Returns its width in px.
    """
    edge = size or current().icon("inline")
    ratio = painter.device().devicePixelRatioF()
    # Whole device pixels, or the tinted lines blur.
    left, top = round(x * ratio) / ratio, round((middle - edge / 2) * ratio) / ratio
    painter.drawPixmap(QPointF(left, top), icons.pixmap(name, edge, colour, ratio=ratio))
    return edge


def _key_part_width(part: str) -> float:
    return current().px(11) if part in KEY_ICONS else text_width(part, "mark")


@lru_cache(maxsize=512)
def _key_width(label: str, scale: float, families: tuple[str, ...]) -> int:  # noqa: ARG001  (the cache's key)
    theme = current()
    parts = label.split(" ")
    gap = text_width(" ", "mark")
    content = sum(_key_part_width(part) for part in parts) + gap * (len(parts) - 1)
    return max(theme.height("kbd"), round(content) + theme.px(8))


def key_cap_width(label: str) -> int:
    """Width in px of a key cap."""
    theme = current()
    return _key_width(label, theme.scale, tuple(theme.families()))


def key_cap(
    painter: QPainter,
    x: float,
    middle: float,
    label: str,
    *,
    align: Align = "left",
    on: Colour | None = None,
) -> int:
    """A key cap such as ``N``, ``Ctrl K`` or ``Ctrl ⏎``; on a filled ground name its text colour in `on`.

    Returns its width in px.
    """
    theme = current()
    width, height = key_cap_width(label), theme.height("kbd")
    left = x - {"left": 0, "center": width / 2, "right": width}[align]
    box = QRectF(round(left), round(middle - height / 2), width, height)
    if on:
        rounded(painter, box, theme.radius("kbd"), None, on, opacity=0.35)
    else:
        rounded(painter, box, theme.radius("kbd"), "surface", "line")
    ink: Colour = on or "text3"
    parts = label.split(" ")
    gap = text_width(" ", "mark")
    at = box.center().x() - (sum(map(_key_part_width, parts)) + gap * (len(parts) - 1)) / 2
    for part in parts:
        if part in KEY_ICONS:
            icon(painter, KEY_ICONS[part], at, box.center().y(), theme.px(11), ink)
        else:
            text(painter, at, box.center().y(), part, "mark", ink)
        at += _key_part_width(part) + gap
    return width


def pill(
    painter: QPainter,
    x: float,
    middle: float,
    label: str,
    colour: Colour = "text2",
    ground: Colour = "sunken",
    *,
    icon_name: str = "",
    bold: bool = False,
    height: float | None = None,
) -> float:
    """A rounded mark with a word and maybe an icon; `height` in px (18 px at 100 %). Returns its width in px."""
    theme = current()
    tall = height or theme.px(18)
    edge, gap, pad = theme.px(12), theme.px(2), theme.px(7)
    width = text_width(label, "mark", bold=bold) + 2 * pad + (edge + gap if icon_name else 0)
    rounded(painter, QRectF(x, middle - tall / 2, width, tall), tall / 2, ground)
    at = x + pad
    if icon_name:
        at += icon(painter, icon_name, at - 1, middle, edge, colour) + gap
    text(painter, at, middle, label, "mark", colour, bold=bold)
    return width


def hatch(painter: QPainter, rect: QRectF, colour: Colour = "hatch", gap: int = 8) -> None:
    """Diagonal lines over a rectangle: closed, on leave. They keep their place when `rect` scrolls."""
    step = current().px(gap)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current().colour(colour), 1))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, radius: float, colour: Colour = "focus") -> None:
    """The 2 px ring of what has the keyboard, inside `rect`."""
    rounded(painter, rect, radius, None, colour, width=2)


def seal(painter: QPainter, rect: QRectF, ground: Colour = "accent", ink: Colour = "accent_fg") -> None:
    """The program's mark: the character for apricot (杏, the healer's grove) on a rounded square."""
    theme = current()
    rounded(painter, rect, rect.width() * 0.22, ground)
    painter.setPen(theme.colour(ink))
    paint_character(painter, rect, rect.width() * 0.58)


def shadow(painter: QPainter, rect: QRectF, radius: float, *, blur: int, dy: int) -> None:
    """A soft shadow below a rounded rectangle, as stacked translucent outlines: no effect layer, no cache."""
    ink = current().colour("shadow")
    steps = max(4, blur // 3)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ink.setAlphaF(ink.alphaF() / steps)
    painter.setBrush(ink)
    for step in range(steps):
        spread = blur / 2 * (1 - 2 * step / steps)
        box = rect.translated(0, dy).adjusted(-spread, -spread, spread, spread)
        painter.drawRoundedRect(box, radius + max(0, spread), radius + max(0, spread))
    painter.restore()


def elided(string: str, width: float, role: TypeRole = "body", *, bold: bool | None = None) -> str:
    """The text, cut with an ellipsis when it is wider than `width` px."""
    metrics = QFontMetricsF(current().font(role, bold=bold))
    return metrics.elidedText(string, Qt.TextElideMode.ElideRight, width)


def pixel_aligned(rect: QRectF) -> QRectF:
    """The rectangle with whole edges, for crisp 1 px lines."""
    return QRectF(round(rect.left()), round(rect.top()), round(rect.width()), round(rect.height()))


def separator(painter: QPainter, x: float, y: float, length: float, *, vertical: bool = False) -> None:
    """A 1 px line that separates; never the edge of a control."""
    box = QRectF(x, y, 1, length) if vertical else QRectF(x, y, length, 1)
    painter.fillRect(box, current().colour("line"))
