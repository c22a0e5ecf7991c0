"""Paints the grid, from the ground up: time past and closed, lines, the present, cards, what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from tcmdesk.features.appointments.ui.board_holds import paint_hold
from tcmdesk.features.appointments.ui.card_looks import CardState, state_of
from tcmdesk.features.appointments.ui.card_painter import CardPainter
from tcmdesk.features.appointments.ui.closed_plates import paint_plate, plates_of
from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.features.appointments.ui.placing import Placed
from tcmdesk.features.appointments.ui.words import clock, span
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPainter

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.ui.board_grid import BoardGrid
    from tcmdesk.features.appointments.ui.card_faces import CardFaces
    from tcmdesk.features.appointments.ui.carry import Carry


class BoardPainter:
    """Paints one grid; asks it where things lie."""

    def __init__(self, grid: BoardGrid, tr: Translator, today: dt.date, faces: CardFaces) -> None:
        self._grid = grid
        self._tr = tr
        self.cards = CardPainter(tr, today)
        self._faces = faces
        self._plates = plates_of(grid.board, tr) if grid.board is not None else ()

    def paint(self, painter: QPainter, exposed: QRectF) -> bool:
        """Paint what is exposed; False when some cards have only their ground yet."""
        painter.fillRect(exposed, current().colour("surface"))
        if self._grid.board is None or self._grid.axis is None:
            return True
        self._faces.begin()
        self._ground(painter, exposed)
        self._lines(painter)
        for plate in self._plates:
            paint_plate(painter, self._grid, plate, exposed)
        self._still_sold(painter, exposed)
        self._present(painter)
        for hold in self._grid.holds:
            paint_hold(painter, self._grid, hold, exposed)
        self._offer(painter)
        self._all_cards(painter, exposed)
        self._ring(painter)
        if self._grid.carry is not None:
            self._carried(painter, self._grid.carry)
        return not self._faces.missing

    def _ground(self, painter: QPainter, exposed: QRectF) -> None:
        grid, theme = self._grid, current()
        board, axis = grid.board, grid.axis
        wide = grid.content_right()
        tall = axis.height
        for column in range(len(board.doctors)):
            now = grid.now_in(column)
            if now is not None and now > axis.start:
                left = grid.columnViewportPosition(column)
                past = QRectF(left, grid.top(0), grid.columnWidth(column), axis.y(now))
                painter.fillRect(past, theme.colour("canvas"))
        for column, rows in board.closed:
            top, bottom = axis.tops[rows.start], axis.tops[rows.stop]
            box = QRectF(
                grid.columnViewportPosition(column), grid.top(top), grid.columnWidth(column), bottom - top
            )
            if box.intersects(exposed):
                painter.fillRect(box, theme.colour("canvas"))
        below = grid.top(tall)
        painter.fillRect(QRectF(0, below, wide, grid.viewport().height() - below), theme.colour("canvas"))
        painter.fillRect(QRectF(0, below, wide, 1), theme.colour("line"))

    def _lines(self, painter: QPainter) -> None:
        grid, theme = self._grid, current()
        axis = grid.axis
        wide = grid.content_right()
        for row, band in enumerate(axis.rows):
            top = grid.top(axis.tops[row])
            if band.folded:
                painter.fillRect(QRectF(0, top, wide, axis.fold), theme.colour("sunken"))
                label = self._tr.gettext("Break {span}").format(span=span(band.start, band.end))
                paint.text(painter, theme.px(10), top + axis.fold / 2, label, "small", "text3")
            elif row and band.start % 30 == 0:
                colour = "line" if band.start % 60 == 0 else "line_soft"
                painter.fillRect(QRectF(0, top, wide, 1), theme.colour(colour))
        tall = grid.top(axis.height)
        for column in range(1, len(grid.board.doctors) + 1):
            left = (
                grid.columnViewportPosition(column)
                if column < len(grid.board.doctors)
                else grid.content_right() - 1
            )
            painter.fillRect(QRectF(left, 0, 1, tall), theme.colour("line_soft"))

    def _still_sold(self, painter: QPainter, exposed: QRectF) -> None:
        """Closed half hours that the platform would sell all the same."""
        grid, theme = self._grid, current()
        if grid.board.is_week:
            return
        for sold in grid.board.board.still_sold:
            if grid.now_minute is not None and sold.start <= grid.now_minute:
                # nobody can buy what has begun
                continue
            box = grid.spot_rect(CellSpot(sold.doctor_id, sold.start))
            if box is None or not box.intersects(exposed):
                continue
            column = grid.board.column_of(sold.doctor_id)
            if (
                column is None
                or grid.board.cluster_at.get((column, grid.axis.row_at(sold.start))) is not None
            ):
                continue
            edge = theme.px(13)
            left = box.right() - edge - theme.px(5)
            paint.icon(painter, "smartphone", left, box.center().y(), edge, "warn")

    def _present(self, painter: QPainter) -> None:
        now = self._grid.now_y()
        if now is not None:
            columns = self._grid.today_columns()
            left = self._grid.columnViewportPosition(columns.start)
            right = self._grid.columnViewportPosition(columns.stop - 1) + self._grid.columnWidth(
                columns.stop - 1
            )
            line = QRectF(left, round(self._grid.top(now)) - 1, right - left, 2)
            painter.fillRect(line, current().colour("accent"))

    def _all_cards(self, painter: QPainter, exposed: QRectF) -> None:
        grid = self._grid
        carried = grid.carry.card.appointment_id if grid.carry else None
        for cluster in grid.board.clusters:
            for placed in cluster.placed:
                if placed.card.appointment_id in grid.board.frame_of:
                    continue
                box = grid.card_rect(placed)
                if box.intersects(exposed):
                    self._card(painter, box, placed, faint=placed.card.appointment_id == carried)
        for frame in grid.board.frames:
            box = grid.frame_rect(frame)
            if box.intersects(exposed):
                members = [(grid.card_rect(placed), placed) for placed in frame.placed]
                self.cards.clash(painter, box, members, frame.start)

    def _card(self, painter: QPainter, box: QRectF, placed: Placed, *, faint: bool) -> None:
        grid = self._grid
        pinned = placed.card.appointment_id in grid.pinned
        state = CardState.PINNED if pinned else state_of(placed, grid.now_in(placed.column))
        if faint:
            painter.save()
            painter.setOpacity(0.45)
        self._faces.draw(painter, box, placed, state, self.cards)
        if faint:
            painter.restore()

    def _offer(self, painter: QPainter) -> None:
        grid = self._grid
        for spot, focused in ((grid.hovered, False), (grid.spot, grid.hasFocus() or grid.keeps_offer)):
            if not isinstance(spot, CellSpot) or grid.carry is not None:
                continue
            if focused is False and (spot == grid.spot or not grid.bookable(spot)):
                continue
            box = grid.spot_rect(spot)
            if box is None:
                continue
            if grid.bookable(spot):
                name = grid.offer_name if focused and not grid.keeps_offer else ""
                self.cards.offer(painter, box, spot.minute, focused=focused, name=name)
            else:
                self.cards.closed(painter, box, spot.minute)

    def _ring(self, painter: QPainter) -> None:
        grid = self._grid
        if grid.spot is None or isinstance(grid.spot, CellSpot) or grid.carry is not None:
            return
        box = grid.spot_rect(grid.spot)
        if box is not None:
            frame = grid.board.frame_of.get(grid.spot.appointment_id)
            if frame is not None:
                box.setBottom(min(box.bottom(), grid.action_top(frame)))
            colour = "focus" if grid.hasFocus() or grid.keeps_offer else "field_line"
            radius = current().radius("card_small") + 2
            paint.rounded(painter, box.adjusted(-2, -2, 2, 2), radius, None, colour, width=2)

    def _carried(self, painter: QPainter, carry: Carry) -> None:
        """The card above its target: jade where it can be put down, red where someone is."""
        grid, theme = self._grid, current()
        column = grid.board.column_of(carry.doctor_id, carry.ahead)
        if column is None:
            return
        ghost = Placed(carry.card, column, carry.minute, carry.end)
        box = grid.card_rect(ghost)
        taken = carry.collides(grid.board) or not grid.bookable(carry.cell)
        radius = theme.radius("card_small")
        paint.rounded(
            painter,
            box,
            radius,
            "danger_soft" if taken else "accent_soft",
            "danger" if taken else "focus",
            width=2,
        )
        first = box.center().y() if box.height() < theme.px(40) else box.top() + theme.px(12)
        ink = "danger" if taken else "accent_text"
        left = box.left() + theme.px(9)
        mark = "ban" if taken else "calendar-clock"
        left += paint.icon(painter, mark, left, first, theme.icon("inline"), ink) + theme.px(4)
        right = box.right() - theme.px(7)
        left += paint.text(
            painter, left, first, clock(carry.minute), "small", ink, bold=True, max_width=right - left
        ) + theme.px(6)
        if right > left:
            name = carry.card.patient_name
            paint.text(painter, left, first, name, "body", "text", bold=True, max_width=right - left)
