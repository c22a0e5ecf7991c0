"""The flowering apricot branch beside the sign-in form (杏林, the apricot grove, stands for good medicine)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Twig:
    """A cubic curve that thins from `base` to `tip`; all lengths are shares of the panel's width."""

    points: tuple[Point, Point, Point, Point]
    base: float
    tip: float


@dataclass(frozen=True, slots=True)
class _Blossom:
    """A flower: place and radius as shares of the width, turn in degrees, how far it has opened (0-1)."""

    at: Point
    radius: float
    turn: float
    opened: float = 1.0


# x and y are shares of the panel's width, y counted from the panel's middle, so that the branch keeps its shape
_TWIGS: Final = (
    _Twig(((-0.03, 0.47), (0.20, 0.40), (0.30, 0.13), (0.57, 0.04)), 0.040, 0.026),
    _Twig(((0.57, 0.04), (0.76, -0.02), (0.86, -0.14), (1.04, -0.30)), 0.026, 0.013),
    _Twig(((0.335, 0.20), (0.40, 0.02), (0.33, -0.12), (0.46, -0.30)), 0.019, 0.007),
    _Twig(((0.60, 0.03), (0.72, 0.10), (0.78, 0.20), (0.93, 0.22)), 0.017, 0.007),
    _Twig(((0.385, -0.05), (0.32, -0.14), (0.25, -0.14), (0.17, -0.21)), 0.011, 0.005),
    _Twig(((0.80, -0.10), (0.85, -0.18), (0.84, -0.26), (0.80, -0.33)), 0.010, 0.005),
    _Twig(((0.17, 0.36), (0.24, 0.36), (0.30, 0.38), (0.36, 0.44)), 0.013, 0.005),
)
_BLOSSOMS: Final = (
    _Blossom((0.61, 0.02), 0.078, 4),
    _Blossom((0.46, -0.30), 0.068, 22),
    _Blossom((0.205, -0.19), 0.050, 48),
    _Blossom((0.79, -0.09), 0.060, 60),
    _Blossom((0.90, 0.215), 0.054, 30),
    _Blossom((0.22, 0.31), 0.058, 12),
    _Blossom((0.375, -0.03), 0.042, 36, 0.8),
    _Blossom((0.73, 0.115), 0.038, 8, 0.8),
    _Blossom((0.80, -0.335), 0.032, 70, 0.7),
)
_BUDS: Final = (
    ((0.535, -0.155), 0.015), ((0.955, -0.245), 0.017), ((0.145, 0.415), 0.016), ((0.365, 0.445), 0.014),
    ((0.305, -0.105), 0.012), ((0.845, 0.165), 0.013), ((0.49, 0.105), 0.011),
)  # fmt: skip
_FALLING: Final = (((0.66, 0.36), 25), ((0.52, 0.50), 110), ((0.80, 0.55), 70))
_STEPS: Final = 36


def paint_branch(painter: QPainter, area: QRectF) -> None:
    """Paint ground and branch into an area of any size; the branch fills its width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.fillRect(area, current().colour("brand"))
    painter.translate(area.left(), area.center().y())
    painter.scale(area.width(), area.width())
    painter.setPen(Qt.PenStyle.NoPen)
    for twig in _TWIGS:
        _paint_twig(painter, twig)
    for at, turn in _FALLING:
        _paint_petal(painter, at, turn)
    for at, radius in _BUDS:
        painter.setBrush(_colour("brand_soft"))
        painter.drawEllipse(QPointF(*at), radius, radius * 1.12)
    for blossom in _BLOSSOMS:
        _paint_blossom(painter, blossom)
    painter.restore()


def _colour(name: Colour, opacity: float = 1.0) -> QColor:
    colour = QColor(current().colour(name))
    colour.setAlphaF(opacity)
    return colour


def _paint_twig(painter: QPainter, twig: _Twig) -> None:
    start, one, two, end = (QPointF(*point) for point in twig.points)
    curve = QPainterPath(start)
    curve.cubicTo(one, two, end)
    left, right = [], []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        point, angle = curve.pointAtPercent(share), math.radians(curve.angleAtPercent(share))
        # bark is not a tube: a slow swelling along the way
        half = (twig.base + (twig.tip - twig.base) * share) / 2 * (1 + 0.10 * math.sin(share * 19))
        aside = QPointF(math.sin(angle), math.cos(angle)) * half
        left.append(point - aside)
        right.append(point + aside)
    painter.setBrush(_colour("brand_branch"))
    painter.drawPolygon(QPolygonF([*left, *reversed(right)]))
    painter.drawEllipse(end, twig.tip / 2, twig.tip / 2)


def _petal(radius: float) -> QPainterPath:
    """Narrow at the heart, round at the rim; it points up."""
    path = QPainterPath(QPointF(0, -0.08 * radius))
    path.cubicTo(_scaled(-0.52, -0.20, radius), _scaled(-0.74, -0.98, radius), _scaled(0, -1.0, radius))
    path.cubicTo(_scaled(0.74, -0.98, radius), _scaled(0.52, -0.20, radius), _scaled(0, -0.08, radius))
    return path


def _scaled(x: float, y: float, radius: float) -> QPointF:
    return QPointF(x * radius, y * radius)


def _paint_petal(painter: QPainter, at: Point, turn: float) -> None:
    painter.save()
    painter.translate(*at)
    painter.rotate(turn)
    painter.setBrush(_colour("brand_petal", 0.45))
    painter.drawPath(_petal(0.030))
    painter.restore()


def _paint_blossom(painter: QPainter, blossom: _Blossom) -> None:
    radius = blossom.radius
    painter.save()
    painter.translate(*blossom.at)
    painter.rotate(blossom.turn)
    petal = _petal(radius * (0.8 + 0.2 * blossom.opened))
    painter.setBrush(_colour("brand_petal", 0.94))
    for _ in range(5):
        painter.drawPath(petal)
        painter.rotate(72)
    pen = QPen(_colour("brand"), radius * 0.045)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for stamen in range(10):
        reach = radius * (0.52 if stamen % 2 else 0.40) * blossom.opened
        angle = math.radians(stamen * 36 + 18)
        tip = QPointF(math.sin(angle) * reach, -math.cos(angle) * reach)
        painter.setPen(pen)
        painter.drawLine(QPointF(0, 0), tip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour("brand"))
        painter.drawEllipse(tip, radius * 0.045, radius * 0.045)
    painter.drawEllipse(QPointF(0, 0), radius * 0.15, radius * 0.15)
    painter.restore()
