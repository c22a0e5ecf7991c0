"""Lucide's icons, tinted by a token and sharp at any device pixel ratio.

An icon is named as Lucide names it; only those in `resources/icons` exist. Pixmaps are cached by everything
that shapes them, so asking while painting is cheap and a changed look needs no invalidation.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from tcmdesk.core import paths
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour


@cache
def _source(name: str) -> str:
    path = paths.resources() / "icons" / f"{name}.svg"
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise LookupError(f"there is no icon {name!r} in {path.parent}") from None


def stroke_for(size: int) -> float:
    """Stroke width in the icon's own 24-unit grid, so that lines look equally heavy at every size."""
    theme = current()
    strokes = theme.tokens.stroke
    if size < theme.icon("control"):
        return strokes["small"]
    return strokes["control"] if size < theme.icon("nav") else strokes["nav"]


@lru_cache(maxsize=2048)
def _render(name: str, pixels: int, ratio: float, tint: str, stroke: float) -> QPixmap:
    svg = _source(name).replace("currentColor", tint).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, size: int, colour: Colour = "text2", *, ratio: float | None = None) -> QPixmap:
    """A tinted icon, `size` px wide and high in logical pixels.

    `ratio` is the device pixel ratio of what it is painted on; the screen's when not given.
    `LookupError` when there is no such icon.
    """
    scale = ratio or QApplication.instance().devicePixelRatio()
    tint = current().colour(colour).name()
    return _render(name, round(size * scale), scale, tint, stroke_for(size))


def icon(name: str, size: int | None = None, colour: Colour = "text2") -> QIcon:
    """An icon for Qt's own buttons and actions, grey when disabled. Ask again when the look changes."""
    edge = size or current().icon("control")
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(pixmap(name, edge, colour, ratio=ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, edge, "text3", ratio=ratio), QIcon.Mode.Disabled)
    return made
