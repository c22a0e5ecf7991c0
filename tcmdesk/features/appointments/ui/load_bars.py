"""Bars that say how full something is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.features.appointments.ui.loads import Load


def load_bar(
    painter: QPainter, left: float, middle: float, width: float, share: float, *, full: bool, thick: int = 4
) -> None:
    """A groove with a filled part, `share` 0 to 1; in the accent when `full`. Nothing where there is no room."""
    theme = current()
    high = theme.px(thick)
    if width <= theme.px(12):
        return
    groove = QRectF(left, middle - high / 2, width, high)
    paint.rounded(painter, groove, high / 2, "sunken")
    if share:
        groove.setWidth(max(width * share, high))
        paint.rounded(painter, groove, high / 2, "accent" if full else "text3")


@dataclass(frozen=True, slots=True)
class Bar:
    """A line: a word, how full, and whether it is the one that is meant now."""

    word: str
    load: Load
    bold: bool = False


class LoadBars(Themed, QWidget):
    """Lines of word, bar and share; where nobody works a dash."""

    def __init__(self, word_width: int, parent: QWidget | None = None) -> None:
        """`word_width` is the room of the words, px at 100 %."""
        super().__init__(parent)
        self._word_width = word_width
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(max(len(self._bars) * current().px(26), 1))

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show lines, in place of those that were there."""
        if bars != self._bars:
            self._bars = bars
            said = (f"{bar.word} {bar.load.share:.0%}" for bar in bars if bar.load.share is not None)
            self.setAccessibleName(", ".join(said))
            self.apply_theme()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        step = theme.px(26)
        for at, bar in enumerate(self._bars):
            middle = at * step + step / 2
            ink = "text" if bar.bold else "text2"
            room = theme.px(self._word_width)
            paint.text(
                painter, 0, middle, bar.word, "small", ink, bold=bar.bold, max_width=room - theme.px(6)
            )
            share = bar.load.share
            said = "–" if share is None else f"{share:.0%}"
            bold = bar.bold or bar.load.is_full
            paint.text(painter, self.width(), middle, said, "small", "text", bold=bold, align="right")
            track = self.width() - room - theme.px(44)
            if share is not None:
                load_bar(painter, room, middle, track, share, full=bar.load.is_full, thick=8)
