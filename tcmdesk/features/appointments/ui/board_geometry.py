"""Where things lie in the grid's viewport, and what lies at a point of it. All lengths are px."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from tcmdesk.features.appointments.ui.layout import CardSpot
from tcmdesk.features.appointments.ui.time_axis import CELL, DAY_END
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.layout import BoardLayout, Spot
    from tcmdesk.features.appointments.ui.placing import ClashFrame, Placed
    from tcmdesk.features.appointments.ui.time_axis import TimeAxis


class BoardGeometry:
    """Mixed into the grid, before its Qt class; asks it for columns and scrolling."""

    board: BoardLayout | None
    axis: TimeAxis | None
    now_minute: int | None

    def top(self, y: float) -> float:
        """A height on the axis as it is scrolled now."""
        return y - self.verticalOffset()

    def content_right(self) -> int:
        last = len(self.board.doctors) - 1 if self.board else -1
        return self.columnViewportPosition(last) + self.columnWidth(last) if last >= 0 else 0

    def now_y(self) -> float | None:
        """Height of the present minute on the axis; None on other days and outside the hours shown."""
        if self.now_minute is None or self.axis is None or self.board is None:
            return None
        ahead, minute = divmod(self.now_minute, DAY_END)
        shown = ahead in self.board.aheads and self.axis.start <= minute <= self.axis.end
        return self.axis.y(minute) if shown else None

    def now_in(self, column: int) -> int | None:
        """The present minute of a column's day: below 0 before that day, from 1440 after it."""
        return None if self.now_minute is None else self.now_minute - self.board.aheads[column] * DAY_END

    def today_columns(self) -> range:
        """The columns of today, which lie side by side."""
        ahead = None if self.now_minute is None else self.now_minute // DAY_END
        found = [column for column, each in enumerate(self.board.aheads) if each == ahead]
        return range(found[0], found[-1] + 1) if found else range(0)

    def card_rect(self, placed: Placed) -> QRectF:
        edge, gap = current().px(4), current().px(2)
        left = self.columnViewportPosition(placed.column) + edge
        wide = self.columnWidth(placed.column) - 2 * edge
        lane = (wide - gap * (placed.lanes - 1)) / placed.lanes
        top, bottom = round(self.axis.y(placed.start)), round(self.axis.y(placed.shown_end))
        if bottom - top < self.axis.cell and placed.shown_end <= self.axis.end:
            bottom = top + self.axis.cell
        # Whole pixels, or edges blur; a hair of ground stays between one card and the next.
        return QRectF(
            round(left + placed.lane * (lane + gap)), self.top(top) + 2, round(lane), bottom - top - 3
        )

    def frame_rect(self, frame: ClashFrame) -> QRectF:
        box = QRectF()
        for placed in frame.placed:
            box = box.united(self.card_rect(placed))
        return box

    def action_top(self, frame: ClashFrame) -> float:
        """Where the words below the names of a clash begin; its lower edge when it has no room for them."""
        box = self.frame_rect(frame)
        return box.bottom() - (current().px(22) if box.height() >= current().px(40) else 0)

    def spot_rect(self, spot: Spot) -> QRectF | None:
        """Where a spot lies; None when it is not on the board."""
        if self.board is None:
            return None
        if isinstance(spot, CardSpot):
            placed = self.board.placed.get(spot.appointment_id)
            return None if placed is None else self.card_rect(placed)
        column = self.board.column_of(spot.doctor_id, spot.ahead)
        if column is None or not self.axis.start <= spot.minute < self.axis.end:
            return None
        edge = current().px(4)
        return QRectF(
            self.columnViewportPosition(column) + edge,
            self.top(round(self.axis.y(spot.minute))) + 2,
            self.columnWidth(column) - 2 * edge,
            self.axis.cell - 3,
        )

    def spot_under(self, point: QPointF) -> Spot | None:
        """The card or cell at a point of the viewport."""
        if self.board is None:
            return None
        column = self.columnAt(int(point.x()))
        minute = self.axis.minute_at(point.y() + self.verticalOffset())
        if column < 0 or point.y() + self.verticalOffset() >= self.axis.height:
            return None
        cluster = self.board.cluster_at.get((column, self.axis.row_at(minute)))
        if cluster is None:
            return self.board.spot_at(column, minute)
        for placed in cluster.placed:
            if self.card_rect(placed).adjusted(-2, -2, 2, 2).contains(point):
                return CardSpot(placed.card.appointment_id)
        start = minute // CELL * CELL
        return self.board.cell(column, start)

    def frame_under(self, point: QPointF) -> ClashFrame | None:
        """The clash whose action is at a point."""
        if self.board is None:
            return None
        for frame in self.board.frames:
            box = self.frame_rect(frame)
            if box.contains(point) and (
                box.height() < current().px(40) or point.y() > self.action_top(frame)
            ):
                return frame
        return None
