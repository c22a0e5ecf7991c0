"""How the call display is painted: to be read across a room, so everything is a share of the window's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from tcmdesk.features.reception.ui.words import number_text
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.reception.types import CalledNumber
    from tcmdesk.ui.theme.tokens import Colour

MASK: Final = "**"
OTHERS: Final = 4
"""How many earlier calls stand below the last."""


def called_name(entry: CalledNumber) -> str:
    """``沈**``: the surname, and stars for the rest however long it is."""
    return f"{entry.surname}{MASK}"


def called_sentence(entry: CalledNumber, tr: Translator) -> str:
    """``沈** 7号 → 诊室 1``, or the doctor's name where there is no room."""
    return f"{called_name(entry)} {number_text(tr, entry.number)} → {entry.room or entry.doctor}"


class DisplayPainter:
    """Paints one state of the display.

    Args:
        clock: the clinic's time, ``10:22``.
        hint: a line of keys at the foot; empty on the second screen.
    """

    def __init__(self, tr: Translator, clinic: str, clock: str, hint: str) -> None:
        self._tr = tr
        self._clinic, self._clock, self._hint = clinic, clock, hint

    def paint(self, painter: QPainter, box: QRectF, calls: tuple[CalledNumber, ...]) -> None:
        """Paint the whole window."""
        theme = current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.colour("canvas"))
        unit = min(box.height() / 20, box.width() / 30)
        edge = unit * 1.2
        self._text(painter, edge, unit * 1.3, self._clinic, unit * 0.9, "text2", bold=True)
        self._text(
            painter, box.right() - edge, unit * 1.3, self._clock, unit * 1.1, "text", bold=True, align="right"
        )
        painter.fillRect(QRectF(0, unit * 2.6, box.width(), max(1, unit / 20)), theme.colour("line"))
        if not calls:
            self._nobody(painter, box, unit)
        else:
            last, others = calls[0], calls[1 : 1 + OTHERS]
            big = QRectF(edge, unit * 3.4, box.width() - 2 * edge, unit * 7.6)
            self._last(painter, big, unit, last)
            self._others(painter, box, big.bottom() + unit * 0.6, unit, others)
        if self._hint:
            self._text(
                painter, box.center().x(), box.bottom() - unit * 0.7, self._hint, max(unit * 0.42, 12), "text3",
                align="center",
            )  # fmt: skip

    def _nobody(self, painter: QPainter, box: QRectF, unit: float) -> None:
        words = self._tr.gettext("Nobody is called at the moment")
        self._text(painter, box.center().x(), box.center().y(), words, unit * 1.3, "text2", align="center")

    def _last(self, painter: QPainter, box: QRectF, unit: float, entry: CalledNumber) -> None:
        ground: Colour = "surface" if entry.inside else "now"
        ink: Colour = "text" if entry.inside else "now_fg"
        paint.rounded(painter, box, unit * 0.5, ground, "line" if entry.inside else None)
        middle, pad = box.center().y(), unit * 1.2
        place = entry.room or entry.doctor
        number = str(entry.number)
        left = box.left() + pad
        left += self._text(painter, left, middle, number, unit * 5, ink, bold=True) + unit * 0.3
        suffix = number_text(self._tr, entry.number).replace(number, "").strip()
        if suffix and self._tr.chinese:
            left += self._text(painter, left, middle + unit * 1.2, suffix, unit * 1.4, ink)
        right = box.right() - pad
        right_width = self._text(painter, right, middle - unit * 0.6, place, unit * 2.4, ink, bold=True, align="right",
                                 room=box.width() * 0.36)  # fmt: skip
        if entry.room:
            self._text(painter, right, middle + unit * 1.6, entry.doctor, unit * 1.0, ink, align="right")
        arrow = self._text(
            painter, right - right_width - unit, middle - unit * 0.6, "→", unit * 1.8, ink, align="right"
        )
        space = right - right_width - unit - arrow - unit - left - unit
        self._text(painter, left + unit, middle, called_name(entry), unit * 3, ink, bold=True, room=space)

    def _others(
        self, painter: QPainter, box: QRectF, top: float, unit: float, entries: tuple[CalledNumber, ...]
    ) -> None:
        edge, row = unit * 1.2, unit * 1.75
        for at, entry in enumerate(entries):
            middle = top + row * at + row / 2
            if at:
                line = QRectF(edge, middle - row / 2, box.width() - 2 * edge, max(1, unit / 30))
                painter.fillRect(line, current().colour("line"))
            ink: Colour = "text3" if entry.inside else "text"
            left = edge + unit * 1.2
            self._text(
                painter,
                left + unit * 2.2,
                middle,
                str(entry.number),
                unit * 1.3,
                ink,
                bold=True,
                align="right",
            )
            self._text(painter, left + unit * 3.4, middle, called_name(entry), unit * 1.1, ink,
                       room=box.width() * 0.4)  # fmt: skip
            if entry.inside:
                words = self._tr.gettext("In consultation")
                self._text(painter, box.width() * 0.55, middle, words, unit * 0.7, ink)
            self._text(
                painter, box.right() - edge - unit * 1.2, middle, entry.room or entry.doctor, unit * 1.1, ink,
                align="right", room=box.width() * 0.3,
            )  # fmt: skip

    def _text(
        self, painter: QPainter, x: float, middle: float, string: str, size: float, colour: Colour,
        *, bold: bool = False, align: paint.Align = "left", room: float | None = None,
    ) -> float:  # fmt: skip
        """One line in a size of its own, px; made smaller where it is wider than `room`. Returns its width."""
        font = QFont(current().font("display", bold=bold))
        font.setPixelSize(max(round(size), 1))
        width = QFontMetricsF(font).horizontalAdvance(string)
        if room is not None and width > room > 0:
            font.setPixelSize(max(round(size * room / width), 1))
            width = QFontMetricsF(font).horizontalAdvance(string)
        left = x - {"left": 0, "center": width / 2, "right": width}[align]
        painter.setFont(font)
        painter.setPen(current().colour(colour))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawText(QPointF(left, paint.baseline(font, middle)), string)
        return width
