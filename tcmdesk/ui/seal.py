"""The character 杏 (apricot, the healer's grove) as an outline, so that the program's mark needs no font.

Loading a serif Chinese font for one character costs 3 MB and some milliseconds of every start, and not every
computer has one. The outline follows Noto Serif CJK's bold (SIL Open Font License), 1,000 units an em.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from tcmdesk.ui.theme.current import current

_OUTLINE: Final = (
    "M-284 103 L-284 470 L-268 470 C-220 470 -170 444 -170 434 L-170 388 L184 388 L184 464 L204 464 C242 464 300 "
    "442 302 435 L302 149 C320 145 334 136 338 129 L228 45 L174 103 L-162 103 L-284 55 L-284 103 M-170 360 L-170 "
    "131 L184 131 L184 360 L-170 360 M-64 -470 L-64 -293 L-458 -293 L-450 -265 L-134 -265 C-202 -135 -324 -5 -476 "
    "78 L-468 90 C-300 33 -160 -52 -64 -160 L-64 59 L-42 59 C4 59 54 38 54 28 L54 -265 C120 -110 238 -4 380 69 "
    "C396 11 428 -27 474 -38 L476 -48 C336 -85 166 -156 78 -265 L430 -265 C444 -265 454 -270 458 -281 C414 -319 "
    "344 -374 344 -374 L280 -293 L54 -293 L54 -428 C82 -432 90 -442 92 -456 L-64 -470"
)
_POINTS: Final = {"M": 1, "L": 1, "C": 3}


@cache
def outline() -> QPainterPath:
    """The character around the origin, 1,000 units an em."""
    path = QPainterPath()
    words = iter(_OUTLINE.replace("M", " M ").replace("L", " L ").replace("C", " C ").split())
    for command in words:
        numbers = [float(next(words)) for _ in range(2 * _POINTS[command])]
        {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo}[command](*numbers)
    return path


def paint_character(painter: QPainter, rect: QRectF, size: float) -> None:
    """Fill the character with the painter's pen colour, centred in `rect`, `size` px an em."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(size / 1000, size / 1000)
    painter.fillPath(outline(), painter.pen().color())
    painter.restore()


def mark(edge: int) -> QPixmap:
    """The mark as a picture of `edge` px, for title and task bars."""
    from tcmdesk.ui import paint

    picture = QPixmap(edge, edge)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint.rounded(painter, QRectF(0, 0, edge, edge), edge * 0.22, "accent")
    painter.setPen(current().colour("accent_fg"))
    paint_character(painter, QRectF(0, 0, edge, edge), edge * 0.66)
    painter.end()
    return picture
