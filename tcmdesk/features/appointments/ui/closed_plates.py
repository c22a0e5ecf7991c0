"""Time in which nobody is seen, hatched, with the reason on a white plate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

from tcmdesk.features.appointments.types import NOON
from tcmdesk.features.schedules.types import EXCEPTION_LABELS
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import Closure
    from tcmdesk.features.appointments.ui.board_grid import BoardGrid
    from tcmdesk.features.appointments.ui.layout import BoardLayout

LEAST_HEIGHT: Final = 40
"""Lower stretches have no plate, px at 100 %."""

PLATE_HEIGHT: Final = 52
"""A plate of two lines, px at 100 %."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A closed stretch of a column, minutes of its day, and its one or two lines."""

    column: int
    start: int
    end: int
    title: str
    detail: str = ""


def plates_of(layout: BoardLayout, tr: Translator) -> tuple[Plate, ...]:
    """Leave and holidays; in a week also the halves of days in which the doctor never works."""
    found = [
        Plate(column, closure.start, closure.end, *_words(closure, tr))
        for column, doctor in enumerate(layout.doctors)
        for closure in doctor.closures
    ]
    if layout.is_week:
        found += _idle_halves(layout, tr)
    return tuple(found)


def _words(closure: Closure, tr: Translator) -> tuple[str, str]:
    label = tr.gettext(EXCEPTION_LABELS[closure.kind])
    moved = ""
    if closure.moved:
        moved = tr.ngettext("{count} rebooked", "{count} rebooked", closure.moved).format(count=closure.moved)
    return closure.reason or label, moved or (label if closure.reason else "")


def _idle_halves(layout: BoardLayout, tr: Translator) -> list[Plate]:
    found = []
    for column, (day, doctor) in enumerate(zip(layout.days, layout.doctors, strict=True)):
        for start, end, word in (
            (layout.axis.start, NOON, tr.gettext("{weekday} AM")),
            (NOON, layout.axis.end, tr.gettext("{weekday} PM")),
        ):
            works = any(each.start < end and start < each.end for each in doctor.sessions)
            closed = any(each.start < end and start < each.end for each in doctor.closures)
            if not works and not closed and start < end:
                detail = tr.weekday(day) if not doctor.sessions else word.format(weekday=tr.weekday(day))
                found.append(Plate(column, start, end, tr.gettext("No hours"), detail))
    return found


def paint_plate(painter: QPainter, grid: BoardGrid, plate: Plate, exposed: QRectF) -> None:
    """Hatch a stretch, and say why in the middle of what is free of cards."""
    theme = current()
    for top, bottom in _unfolded(grid, plate):
        edge = theme.px(4)
        box = QRectF(
            grid.columnViewportPosition(plate.column) + edge,
            grid.top(top) + 2,
            grid.columnWidth(plate.column) - 2 * edge,
            bottom - top - 4,
        )
        if box.height() <= 0 or not box.intersects(exposed):
            continue
        painter.fillRect(box, theme.colour("surface"))
        paint.hatch(painter, box)
        if box.height() >= theme.px(LEAST_HEIGHT) and not _covered(grid, plate.column, box):
            _plate(painter, box, plate)


def _covered(grid: BoardGrid, column: int, box: QRectF) -> bool:
    """Whether a card lies where the plate would be; one at the edge leaves room for it."""
    half = current().px(PLATE_HEIGHT) / 2
    middle = box.center().y()
    return any(
        each.column == column
        and grid.top(grid.axis.y(each.start)) < middle + half
        and middle - half < grid.top(grid.axis.y(each.shown_end))
        for each in grid.board.placed.values()
    )


def _unfolded(grid: BoardGrid, plate: Plate) -> list[tuple[float, float]]:
    """Where the stretch lies, without folded breaks."""
    axis = grid.axis
    found: list[tuple[float, float]] = []
    start = max(plate.start, axis.start)
    for band in axis.rows:
        if band.folded and band.start < plate.end and start < band.end:
            if band.start > start:
                found.append((axis.y(start), axis.y(band.start)))
            start = band.end
    if start < min(plate.end, axis.end):
        found.append((axis.y(start), axis.y(min(plate.end, axis.end))))
    return found


def _plate(painter: QPainter, box: QRectF, plate: Plate) -> None:
    theme = current()
    two = bool(plate.detail) and box.height() >= theme.px(64)
    words = max(paint.text_width(plate.title, bold=True), paint.text_width(plate.detail, "small"))
    wide = min(words + theme.px(28), box.width() - theme.px(12))
    white = QRectF(0, 0, wide, theme.px(PLATE_HEIGHT if two else 30))
    white.moveCenter(box.center())
    white = paint.pixel_aligned(white)
    paint.rounded(painter, white, theme.radius("card"), "surface", "line")
    middle, room = white.center(), wide - theme.px(10)
    first = middle.y() - (theme.px(10) if two else 0)
    paint.text(
        painter, middle.x(), first, plate.title, "body", "text2", bold=True, align="center", max_width=room
    )
    if two:
        paint.text(
            painter, middle.x(), middle.y() + theme.px(11), plate.detail, "small", "text2", align="center", max_width=room
        )  # fmt: skip
