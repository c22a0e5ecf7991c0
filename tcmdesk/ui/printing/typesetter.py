"""Sets blocks into pages, in units of 1/600 inch whatever the device, so that preview, printer and PDF agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from tcmdesk.ui.printing.blocks import Align, Block, Code, Column, Gap, Line, Pair, Rule, Table

if TYPE_CHECKING:
    from tcmdesk.ui.printing.papers import Paper

DPI: Final = 600
MM: Final = DPI / 25.4
POINT: Final = DPI / 72
LEADING: Final = 1.35
"""Height of a line as a multiple of its type."""

BASE_LINE: Final = 1.03
"""How far down its line a text stands, as a multiple of its type."""

PAD_MM: Final = 0.8
BLACK: Final = 0x000000
GREY: Final = 0x5A5A5A

_FLAGS: Final = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


@dataclass(slots=True)
class SetText:
    """A text that is broken into lines, at its place on a page."""

    layout: QTextLayout
    at: QPointF
    colour: int = BLACK


@dataclass(slots=True)
class Page:
    """What stands on one page; `height` in units."""

    width: float
    height: float
    texts: list[SetText] = field(default_factory=list)
    marks: list[QRectF] = field(default_factory=list)

    def paint(self, painter: QPainter, scale: float) -> None:
        """Paint in the device's px; `scale` is its resolution over 600 dpi."""
        painter.save()
        painter.scale(scale, scale)
        for mark in self.marks:
            painter.fillRect(mark, QColor(BLACK))
        for text in self.texts:
            painter.setPen(QColor(text.colour))
            text.layout.draw(painter, text.at)
        painter.restore()


class Typesetter:
    """Sets blocks onto one paper.

    Args:
        families: fonts, best first.
        foot: what stands at the foot of each sheet, given page and count; rolls have none.
    """

    def __init__(self, paper: Paper, families: list[str], foot: str = "") -> None:
        self._paper = paper
        self._families = families
        self._foot = foot
        self._left = paper.margin * MM
        self._room = paper.room * MM
        self._pages: list[Page] = []
        self._y = 0.0

    def pages(self, blocks: tuple[Block, ...]) -> list[Page]:
        """The pages, one of them at least."""
        self._pages = []
        self._new_page()
        for block in blocks:
            self._set(block)
        page = self._pages[-1]
        if self._paper.height is None:
            page.height = self._y + self._paper.margin * MM
        elif self._foot:
            self._set_feet()
        return self._pages

    def _new_page(self) -> None:
        height = self._paper.height or 0
        self._pages.append(Page(self._paper.width * MM, height * MM))
        self._y = self._paper.margin * MM

    @property
    def _bottom(self) -> float:
        if self._paper.height is None:
            return float("inf")
        return (self._paper.height - self._paper.margin - (6 if self._foot else 0)) * MM

    def _make_room(self, height: float) -> bool:
        """Go on to a new page when `height` does not fit any more; whether it did."""
        if self._y + height <= self._bottom or self._y <= self._paper.margin * MM:
            return False
        self._new_page()
        return True

    def _set(self, block: Block) -> None:
        match block:
            case Line():
                self._line(block)
            case Pair():
                self._pair(block)
            case Rule():
                self._make_room(PAD_MM * 2 * MM)
                self._pages[-1].marks.append(QRectF(self._left, self._y + PAD_MM * MM, self._room, MM / 6))
                self._y += PAD_MM * 2 * MM
            case Gap(height):
                self._y += height * MM
            case Code():
                self._code(block)
            case Table():
                self._table(block)

    def _text(
        self, text: str, width: float, points: float, *, bold: bool = False, align: Align = "left"
    ) -> QTextLayout:
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(round(points * POINT))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # one glyph a character, so that a PDF's text can be read back
        for feature in ("liga", "clig", "dlig", "calt"):
            font.setFeature(QFont.Tag(feature), 0)
        font.setFeature(QFont.Tag("tnum"), 1)
        layout = QTextLayout(text, font)
        option = QTextOption(_FLAGS[align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        layout.setTextOption(option)
        layout.beginLayout()
        y, leading = 0.0, points * POINT * LEADING
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (leading - line.height()) / 2))
            y += leading
        layout.endLayout()
        return layout

    @staticmethod
    def _height(layout: QTextLayout, points: float) -> float:
        return max(layout.lineCount(), 1) * points * POINT * LEADING

    def _put(self, layout: QTextLayout, x: float, y: float, colour: int = BLACK) -> None:
        self._pages[-1].texts.append(SetText(layout, QPointF(x, y), colour))

    def _line(self, block: Line) -> None:
        layout = self._text(block.text, self._room, block.points, bold=block.bold, align=block.align)
        height = self._height(layout, block.points)
        self._make_room(height)
        self._put(layout, self._left, self._y)
        self._y += height

    def _pair(self, block: Pair) -> None:
        wide = block.label_width * MM
        small = min(block.points, block.label_points)
        label = self._text(block.label, wide - MM, small)
        value = self._text(block.value, self._room - wide, block.points, bold=block.bold)
        # on the base line of the first line of the value
        drop = (block.points - small) * POINT * BASE_LINE
        height = max(self._height(label, small) + drop, self._height(value, block.points))
        self._make_room(height)
        self._put(label, self._left, self._y + drop, GREY)
        self._put(value, self._left + wide, self._y)
        self._y += height

    def _code(self, block: Code) -> None:
        edge = block.edge * MM
        self._make_room(edge)
        spare = self._room - edge
        left = self._left + {"left": 0.0, "center": spare / 2, "right": spare}[block.align]
        count = len(block.modules)
        for row, modules in enumerate(block.modules):
            top, bottom = (round(self._y + edge * step / count) for step in (row, row + 1))
            start: int | None = None
            # one rectangle for each run of dark modules: seams between squares would show
            for column, dark in enumerate((*modules, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    x, right = (round(left + edge * step / count) for step in (start, column))
                    self._pages[-1].marks.append(QRectF(x, top, right - x, bottom - top))
                    start = None
        self._y += edge

    def _table(self, block: Table) -> None:
        self._row(block, tuple(column.title for column in block.columns), head=True)
        for row in block.rows:
            self._row(block, row)

    def _row(self, block: Table, cells: tuple[str, ...], *, head: bool = False) -> None:
        pad = PAD_MM * MM
        texts = [
            self._cell(column, cell, block.points - (1 if head else 0), bold=head or column.bold)
            for column, cell in zip(block.columns, cells, strict=True)
        ]
        height = max(self._height(text, block.points) for text in texts) + 2 * pad
        if self._make_room(height) and not head:
            self._row(block, tuple(column.title for column in block.columns), head=True)
        x = self._left
        for column, text in zip(block.columns, texts, strict=True):
            self._put(text, x, self._y + pad, GREY if head else BLACK)
            x += column.share * self._room
        self._y += height
        self._pages[-1].marks.append(QRectF(self._left, self._y, self._room, MM / (6 if head else 12)))

    def _cell(self, column: Column, text: str, points: float, *, bold: bool) -> QTextLayout:
        return self._text(text, column.share * self._room - 2 * MM, points, bold=bold, align=column.align)

    def _set_feet(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            words = self._foot.format(page=number, count=len(self._pages))
            layout = self._text(words, self._room, 8, align="right")
            y = page.height - self._paper.margin * MM - 8 * POINT * LEADING
            page.texts.append(SetText(layout, QPointF(self._left, y), GREY))
