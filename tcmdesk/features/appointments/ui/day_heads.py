"""The head of a day in a week: weekday, date, how full its two halves are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from tcmdesk.features.appointments.ui.load_bars import load_bar
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tcmdesk.features.appointments.ui.board_grid import BoardGrid
    from tcmdesk.features.appointments.ui.loads import Load


def day_head(painter: QPainter, box: QRectF, grid: BoardGrid, column: int) -> None:
    """Paint one; today's is tinted under a line in the accent."""
    theme, tr = current(), grid.translator
    day = grid.board.days[column]
    today = column in grid.today_columns()
    now = grid.now_in(column)
    past = now is not None and now >= 24 * 60
    top = theme.px(12)
    if today:
        painter.fillRect(box.adjusted(0, 0, 0, -1), theme.colour("accent_soft"))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), theme.px(3)), theme.colour("accent"))
    else:
        painter.fillRect(QRectF(box.left(), top, 1, box.height() - top), theme.colour("line_soft"))
    left, right = box.left() + theme.px(10), box.right() - theme.px(10)
    first, second = theme.px(19), theme.px(38)
    ink = "text2" if past else "text"
    left_of_date = left + paint.text(painter, left, first, tr.weekday(day), "subheading", ink, bold=True)
    left_of_date += theme.px(8)
    room = right - left_of_date
    paint.text(painter, left_of_date, first, tr.date(day), "small", "text2", max_width=max(room, 0))
    morning, afternoon = grid.board.halves[column]
    if not (morning.capacity or afternoon.capacity or morning.booked or afternoon.booked):
        paint.text(painter, left, second, tr.gettext("No hours"), "small", "text3")
        return
    half = (right - left - theme.px(10)) / 2
    _half(painter, left, second, half, tr.gettext("AM"), morning, tr.gettext("AM off"))
    _half(
        painter, left + half + theme.px(10), second, half, tr.gettext("PM"), afternoon, tr.gettext("PM off")
    )


def _half(
    painter: QPainter, left: float, middle: float, width: float, word: str, load: Load, off: str
) -> None:
    theme = current()
    if load.share is None:
        paint.text(painter, left, middle, off, "mark", "text3", max_width=width)
        return
    said = f"{word} {load.share:.0%}"
    if paint.text_width(said, "mark", bold=load.is_full) > width:
        said = f"{load.share:.0%}"
    paint.text(
        painter, left, middle, said, "mark", "accent_text" if load.is_full else "text2", bold=load.is_full
    )
    load_bar(painter, left, middle + theme.px(12), width, load.share, full=load.is_full)
