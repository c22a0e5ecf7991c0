"""Time that is kept for someone who has been offered it: free for nobody else, so the board shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from tcmdesk.features.appointments.service import holds
from tcmdesk.features.appointments.types import Span
from tcmdesk.features.appointments.ui.layout import minute_of
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPainter

    from tcmdesk.features.appointments.types import Hold
    from tcmdesk.features.appointments.ui.board_grid import BoardGrid
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.ui.operation import Operation

TABLE = "desk_holds"


class BoardHolds(QObject):
    """Reads the holds of the shown day when it is turned to and when some begin or end."""

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._found: tuple[Hold, ...] = ()
        self._day: dt.date | None = None
        self._operation: Operation[tuple[Hold, ...]] | None = None

    def turn(self) -> None:
        """Another day may be shown."""
        day = self._screen.day if self._screen.days.view.span is Span.DAY else None
        if day != self._day:
            self._day = day
            self._show(())
            self.load()

    def load(self) -> None:
        """Read what is kept on the shown day."""
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        context, day = self._context, self._day
        if day is None:
            return
        now = context.clock.now()

        def read() -> tuple[Hold, ...]:
            return context.database.read(
                lambda connection: holds.holds_on(connection, context.actor, day, context.zone, now=now)
            )

        self._operation = context.operation(self, read)
        self._operation.on_done(self._show).on_failed(lambda _error: True).start()

    def tick(self) -> None:
        """Time has passed: what is kept no longer is not shown."""
        self._show(self._found)

    def _show(self, found: tuple[Hold, ...]) -> None:
        now = self._context.clock.now()
        self._found = tuple(hold for hold in found if hold.expires_at > now)
        self._screen.grid.set_holds(self._found)


def paint_hold(painter: QPainter, grid: BoardGrid, hold: Hold, exposed: QRectF) -> None:
    """For whom a time is kept and until when; nothing where it lies off the board."""
    board, theme = grid.board, current()
    column = board.column_of(hold.doctor_id)
    if column is None or board.is_week:
        return
    start = minute_of(hold.starts_at, board.day, board.zone)
    if not board.axis.start <= start < board.axis.end:
        return
    edge = theme.px(4)
    top, bottom = grid.axis.y(start), grid.axis.y(start + hold.minutes)
    box = QRectF(
        grid.columnViewportPosition(column) + edge, grid.top(round(top)) + 2,
        grid.columnWidth(column) - 2 * edge, round(bottom) - round(top) - 3,
    )  # fmt: skip
    if not box.intersects(exposed):
        return
    paint.rounded(painter, box, theme.radius("card_small"), "surface", "accent_line")
    middle = box.center().y() if box.height() < theme.px(40) else box.top() + theme.px(12)
    left, right = box.left() + theme.px(9), box.right() - theme.px(7)
    left += paint.icon(painter, "hourglass", left, middle, theme.icon("inline"), "accent_text") + theme.px(4)
    until = f"–{hold.expires_at.astimezone(board.zone):%H:%M}"
    wide = paint.text_width(until, "small")
    if right - left >= wide + theme.px(48):
        right -= paint.text(painter, right, middle, until, "small", "text2", align="right") + theme.px(6)
    paint.text(painter, left, middle, hold.patient_name, "body", "text2", max_width=max(right - left, 0))
