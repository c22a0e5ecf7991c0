"""How the waiting room's rows are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tcmdesk.features.appointments.types import VisitType
from tcmdesk.features.reception.ui.waiting_lines import Heading, Part, RoomLine, WaitingLine
from tcmdesk.features.reception.ui.waiting_model import WaitingRole
from tcmdesk.features.reception.ui.words import minutes_text, number_text, place_text
from tcmdesk.features.visits.types import Stage
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.theme.tokens import Colour

Index = QModelIndex | QPersistentModelIndex


def line_height(line: object) -> int:
    """Height of a row, px."""
    theme = current()
    if isinstance(line, Heading):
        return theme.px(40)
    return theme.height("waiting_row") if isinstance(line, WaitingLine) else theme.px(28)


class WaitingDelegate(QStyledItemDelegate):
    """The number is the largest thing of a row; the one to call is white and carries its key.

    `may_call` False leaves the key out.
    """

    def __init__(self, tr: Translator, parent: QObject, *, may_call: bool) -> None:
        super().__init__(parent)
        self._tr = tr
        self._may_call = may_call

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, line_height(index.data(WaitingRole.LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(WaitingRole.LINE)
        box = QRectF(option.rect)
        if isinstance(line, Heading):
            self._heading(painter, box, line, index.data(Qt.ItemDataRole.DisplayRole), first=index.row() == 0)
            return
        self._ground(painter, option, raised=isinstance(line, WaitingLine) and line.next_up)
        if isinstance(line, WaitingLine):
            self._waiting(painter, box, line)
        else:
            self._room(painter, box, line)

    def _heading(self, painter: QPainter, box: QRectF, line: Heading, title: str, *, first: bool) -> None:
        theme = current()
        if not first:
            paint.separator(painter, box.left(), box.top() + theme.px(5), box.width())
        middle = box.top() + theme.px(25)
        paint.text(painter, box.left() + theme.px(16), middle, title, "subheading")
        right = box.right() - theme.px(16)
        _ = self._tr.gettext
        aside = _("{count} in consultation") if line.part is Part.ROOMS else _("{count} people")
        aside = aside.format(count=line.count)
        paint.text(painter, right, middle, aside, "small", "text2", align="right")

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, *, raised: bool) -> None:
        theme, state = current(), option.state
        box = QRectF(option.rect).adjusted(theme.px(8), 1, -theme.px(8), -1)
        radius = theme.radius("card")
        if raised:
            paint.rounded(painter, box, radius, "surface", "line")
        elif state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            paint.rounded(painter, box, radius, "surface")
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box, radius, "hover")
        if state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box, radius)

    def _waiting(self, painter: QPainter, box: QRectF, line: WaitingLine) -> None:
        theme, tr, entry = current(), self._tr, line.entry
        called = entry.visit.stage is Stage.CALLED
        ink, ground = self._tint(line, called=called)
        edge = theme.px(36)
        tile = QRectF(box.left() + theme.px(16), box.center().y() - edge / 2, edge, edge)
        paint.rounded(painter, tile, theme.radius("card"), ground)
        number = str(entry.number or "–")
        role = "title" if len(number) < 3 else "heading"
        paint.text(painter, tile.center().x(), tile.center().y(), number, role, ink, align="center")
        left, right = tile.right() + theme.px(10), box.right() - theme.px(16)
        up, low = box.center().y() - theme.px(10), box.center().y() + theme.px(10)
        taken = self._right_of_name(painter, right, up, line, called=called)
        paint.text(painter, left, up, entry.card.patient_name, "subheading", max_width=right - taken - left)
        if line.next_up and self._may_call:
            cap = paint.key_cap(painter, right, low, "C", align="right")
            word = tr.gettext("Call")
            wide = paint.text(
                painter,
                right - cap - theme.px(5),
                low,
                word,
                "small",
                "accent_text",
                bold=True,
                align="right",
            )
            right -= cap + wide + theme.px(13)
        paint.text(painter, left, low, place_text(entry), "small", "text2", max_width=right - left)

    def _right_of_name(
        self, painter: QPainter, right: float, middle: float, line: WaitingLine, *, called: bool
    ) -> float:
        """Minutes, or that the person was called. Returns the width in px, with the gap before it."""
        theme, tr = current(), self._tr
        if called:
            count = line.entry.visit.call_count
            word = tr.gettext("Called") if count < 2 else tr.gettext("Called {count}×").format(count=count)
            ink: Colour = "accent_text"
            wide = paint.text(painter, right, middle, word, "small", ink, bold=True, align="right")
            mark = "megaphone"
        else:
            ink = "warn" if line.too_long else "text2"
            words = minutes_text(tr, line.minutes)
            wide = paint.text(painter, right, middle, words, "small", ink, bold=line.too_long, align="right")
            mark = "clock-alert" if line.too_long else ""
        if mark:
            edge = theme.icon("inline")
            paint.icon(painter, mark, right - wide - theme.px(4) - edge, middle, edge, ink)
            wide += theme.px(4) + edge
        return wide + theme.px(8)

    def _tint(self, line: WaitingLine, *, called: bool) -> tuple[Colour, Colour]:
        if called:
            return "accent_fg", "accent"
        return ("warn", "warn_soft") if line.too_long else ("accent_text", "accent_soft")

    def _room(self, painter: QPainter, box: QRectF, line: RoomLine) -> None:
        theme, tr, entry = current(), self._tr, line.entry
        middle, left, right = box.center().y(), box.left() + theme.px(18), box.right() - theme.px(16)
        room = entry.room.split()[-1] if entry.room else ""
        paint.text(
            painter, left, middle, room if len(room) < 4 else room[:3], "body", "text2", bold=True,
            max_width=theme.px(28),
        )  # fmt: skip
        left += theme.px(26)
        mark = "video" if entry.card.visit_type is VisitType.VIDEO else "stethoscope"
        left += paint.icon(painter, mark, left, middle, theme.icon("inline"), "accent") + theme.px(8)
        minutes_left = right - theme.px(54)
        long = line.minutes >= 20
        words = minutes_text(tr, line.minutes)
        paint.text(painter, right, middle, words, "small", "text" if long else "text2", align="right")
        doctor = entry.doctor_name
        doctor_wide = min(paint.text_width(doctor, "small"), theme.px(72))
        paint.text(
            painter, minutes_left, middle, doctor, "small", "text2", align="right", max_width=doctor_wide
        )
        room_for = minutes_left - doctor_wide - theme.px(8) - left
        number = number_text(tr, entry.number)
        number_wide = paint.text_width(number, "small") + theme.px(5)
        name = entry.card.patient_name
        wide = paint.text(painter, left, middle, name, "body", max_width=max(room_for - number_wide, 0))
        paint.text(painter, left + wide + theme.px(5), middle, number, "small", "text2")
