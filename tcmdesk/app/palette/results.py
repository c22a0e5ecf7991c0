"""The list in the palette. The keyboard stays in the field above and steps through it from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tcmdesk.app.palette.model import PaletteModel, PaletteRole, Section
from tcmdesk.ui import paint
from tcmdesk.ui.findings import Finding, Span
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from tcmdesk.ui.theme.tokens import Colour, TypeRole

Index = QModelIndex | QPersistentModelIndex
MOST_LINES = 9


def _marked(
    painter: QPainter, x: float, middle: float, string: str, spans: tuple[Span, ...], role: TypeRole,
    colour: Colour, *, bold: bool,
) -> float:  # fmt: skip
    start, at = x, 0
    for begin, end in (*spans, (len(string), len(string))):
        x += paint.text(painter, x, middle, string[at:begin], role, colour, bold=bold)
        x += paint.text(painter, x, middle, string[begin:end], role, "accent_text", bold=True)
        at = end
    return x - start


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title, reading, detail; at the right what it is now and its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        theme = current()
        finding = isinstance(index.data(PaletteRole.LINE), Finding)
        return QSize(0, theme.height("match_row") if finding else theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = current(), index.data(PaletteRole.LINE)
        box = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        if isinstance(line, Finding):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if chosen or hovered:
                paint.rounded(painter, box, theme.radius("card"), "sel" if chosen else "hover")
            self._finding(painter, box, line, chosen=chosen)
        elif line is not None:
            left, middle = box.left() + theme.px(12), box.center().y() + theme.px(3)
            paint.text(painter, left, middle, line, "small", "text2", bold=True)

    def _finding(self, painter: QPainter, box: QRectF, line: Finding, *, chosen: bool) -> None:
        theme, middle = current(), box.center().y()
        quiet: Colour = "text2" if chosen else "text3"
        ink: Colour = "accent_text" if chosen else "text2"
        edge = theme.icon("control")
        x = box.left() + theme.px(16)
        paint.icon(painter, line.icon, x, middle, edge, ink)
        x += edge + theme.px(16)
        right = box.right() - theme.px(12)
        cap = "⏎" if chosen and not line.key else line.key
        if cap:
            right -= paint.key_cap(painter, right, middle, cap, align="right") + theme.px(12)
        if line.aside:
            right -= paint.text(painter, right, middle, line.aside, "body", "text2", align="right")
            right -= theme.px(12)
        title_room = right - x
        if paint.text_width(line.title, "subheading", bold=True) > title_room:
            paint.text(painter, x, middle, line.title, "subheading", bold=True, max_width=title_room)
            return
        x += _marked(painter, x, middle, line.title, line.spans, "subheading", "text", bold=True)
        x += theme.px(10)
        if line.reading and x + paint.text_width(line.reading, "body", bold=True) < right:
            x += _marked(painter, x, middle, line.reading, line.reading_spans, "body", quiet, bold=False)
            x += theme.px(14)
        if line.detail and right - x > theme.px(40):
            paint.text(painter, x, middle, line.detail, "body", "text2", max_width=right - x)


class PaletteResults(Themed, QListView):
    """`chosen` comes from the mouse and brings the finding."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = PaletteModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(PaletteDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), current().colour("raised"))
        self.setPalette(palette)
        self.viewport().setAutoFillBackground(False)
        self._fit()

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show what was found; the first line is chosen for Enter unless the person has stepped on."""
        kept = self.current
        self.lines.show_sections(sections)
        row = next((row for row in range(self.lines.rowCount()) if self._line(row) == kept), None)
        self._choose(self._next(-1, 1) if kept is None or row is None else row)
        self._fit()

    def _line(self, row: int) -> object:
        return self.lines.index(row).data(PaletteRole.LINE)

    @property
    def current(self) -> Finding | None:
        """The line that Enter takes."""
        line = self.currentIndex().data(PaletteRole.LINE) if self.currentIndex().isValid() else None
        return line if isinstance(line, Finding) else None

    def step(self, by: int) -> None:
        """To the next or the previous finding; titles are stepped over."""
        self._choose(self._next(self.currentIndex().row(), by))

    def _next(self, row: int, by: int) -> int:
        row += by
        while 0 <= row < self.lines.rowCount() and not self.lines.is_finding(row):
            row += by
        return row

    def _choose(self, row: int) -> None:
        if self.lines.is_finding(row):
            self.setCurrentIndex(self.lines.index(row))
            self.scrollTo(
                self.lines.index(max(row - 1, 0))
                if not self.lines.is_finding(row - 1)
                else self.currentIndex()
            )

    def _fit(self) -> None:
        theme = current()
        rows = [self.lines.is_finding(row) for row in range(self.lines.rowCount())]
        content = sum(theme.height("match_row") if finding else theme.px(34) for finding in rows)
        self.setFixedHeight(min(content, MOST_LINES * theme.height("match_row")) + theme.px(4))

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(PaletteRole.LINE)
        if isinstance(line, Finding):
            self.chosen.emit(line)
