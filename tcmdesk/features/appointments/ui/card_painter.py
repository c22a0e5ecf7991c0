"""Paints appointment cards, clash frames and the cell that has the keyboard.

State is said by icon, edge and word; colour comes last. What goes first when a card is narrow: the state's
word, the reason, sex, age, the icons at the right; a name is cut last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt

from tcmdesk.features.appointments.types import KIND_LABELS, AppointmentCard, Source, VisitType
from tcmdesk.features.appointments.ui.card_looks import LOOKS, WORDED, CardLook, CardState
from tcmdesk.features.appointments.ui.words import clock, number_of
from tcmdesk.features.patients.types import age_text, sex_age
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPainter

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.ui.placing import Placed
    from tcmdesk.ui.theme.tokens import Colour


TINY: Final = 64
"""Narrower cards give all their room to the name, px at 100 %."""


class CardPainter:
    """Paints cards in one language on one day.

    Args:
        tr: language of words and ages; names and reasons are shown as typed.
        today: the day ages are counted to.
    """

    def __init__(self, tr: Translator, today: dt.date) -> None:
        self._tr = tr
        self._today = today

    def card(self, painter: QPainter, rect: QRectF, placed: Placed, state: CardState) -> None:
        """One card in `rect` (px); a second line from 40 px on, a third from 60."""
        theme = current()
        look = LOOKS[state]
        self.ground(painter, rect, state)
        lines = 3 if rect.height() >= theme.px(60) else 2 if rect.height() >= theme.px(40) else 1
        first = rect.center().y() if lines == 1 else rect.top() + theme.px(12)
        painter.save()
        painter.setClipRect(rect.adjusted(0, 0, -theme.px(2), 0), Qt.ClipOperation.IntersectClip)
        self._first_line(painter, rect, first, placed, look, alone=lines == 1)
        if lines > 1:
            self._second_line(painter, rect, first + theme.px(18), placed, look, reason=lines == 2)
        below = placed.card.room or one_line(placed.card.symptoms)
        if lines > 2 and below:
            left, right = _inner(rect)
            third = first + theme.px(36)
            paint.text(painter, left, third, below, "small", look.second, max_width=right - left)
        painter.restore()

    def ground(self, painter: QPainter, rect: QRectF, state: CardState) -> None:
        """The card without its words."""
        look, radius = LOOKS[state], current().radius("card_small")
        style = Qt.PenStyle.DashLine if look.dashed else Qt.PenStyle.SolidLine
        paint.rounded(painter, rect, radius, look.fill, look.edge, style=style)
        if look.bar:
            self._bar(painter, rect, look.bar, radius)

    @staticmethod
    def fill(state: CardState) -> Colour:
        """The colour of a card's ground."""
        return LOOKS[state].fill

    @property
    def key(self) -> tuple[str, dt.date]:
        """What of this painter shapes a card."""
        return self._tr.language, self._today

    def _bar(self, painter: QPainter, rect: QRectF, colour: Colour, radius: float) -> None:
        painter.save()
        painter.setClipRect(QRectF(rect.left(), rect.top(), current().px(3), rect.height()))
        paint.rounded(painter, rect, radius, colour)
        painter.restore()

    def _first_line(
        self, painter: QPainter, rect: QRectF, middle: float, placed: Placed, look: CardLook, *, alone: bool
    ) -> None:
        theme = current()
        card = placed.card
        left, right = _inner(rect)
        if rect.width() >= theme.px(TINY):
            mark = left - theme.icon("inline") - theme.px(4)
            paint.icon(painter, look.icon, mark, middle, theme.icon("inline"), look.icon_ink)
        name_width = paint.text_width(card.patient_name, "body", bold=True)
        for name in _marks(card):
            if right - theme.px(17) - left >= name_width:
                edge = theme.px(13)
                paint.icon(painter, name, right - edge, middle, edge, look.second)
                right -= theme.px(17)
        number = self._number(card) if alone and look.fill != "surface" else ""
        wide = paint.text_width(number, "small")
        if number and right - left >= name_width + wide + theme.px(6):
            right -= paint.text(
                painter, right, middle, number, "small", look.second, align="right"
            ) + theme.px(6)
        left += paint.text(
            painter, left, middle, card.patient_name, "body", look.ink,
            bold=not look.struck, max_width=max(right - left, 0), strike=look.struck,
        ) + theme.px(6)  # fmt: skip
        for who in (
            sex_age(self._tr, card.gender, card.birthday, self._today),
            age_text(self._tr, card.birthday, self._today),
        ):
            if who and paint.text_width(who, "small") <= right - left:
                left += paint.text(painter, left, middle, who, "small", look.second) + theme.px(6)
                break
        if alone:
            self._reason(painter, left, middle, right - left, card, look)

    def _second_line(
        self, painter: QPainter, rect: QRectF, middle: float, placed: Placed, look: CardLook, *, reason: bool
    ) -> None:
        theme = current()
        card = placed.card
        _ = self._tr.gettext
        left, right = _inner(rect)
        when = f"{clock(placed.start % 1440)} {card.visit_kind or _(KIND_LABELS[card.kind])}"
        if paint.text_width(when, "small") > right - left:
            when = clock(placed.start % 1440)
        left += paint.text(painter, left, middle, when, "small", look.second, max_width=right - left)
        left += theme.px(8)
        worded = look in WORDED
        number = self._number(card) if worded and not look.struck else ""
        for word in (f"{number} {_(look.word)}".strip(), number):
            if worded and word and paint.text_width(word, "small") <= right - left:
                ink = look.icon_ink
                right -= paint.text(painter, right, middle, word, "small", ink, align="right") + theme.px(8)
                break
        if reason and not number:
            self._reason(painter, left, middle, right - left, card, look)

    def _number(self, card: AppointmentCard) -> str:
        """``7号`` of somebody who has come."""
        number = number_of(card)
        return "" if number is None else self._tr.gettext("No. {number}").format(number=number)

    @staticmethod
    def _reason(
        painter: QPainter, left: float, middle: float, room: float, card: AppointmentCard, look: CardLook
    ) -> None:
        """Why the patient comes, whole or at least four characters of it: less says nothing."""
        typed = one_line(card.symptoms)
        if typed and (room >= current().px(64) or paint.text_width(typed, "small") <= room):
            paint.text(painter, left, middle, typed, "small", look.second, max_width=room)

    def clash(
        self, painter: QPainter, frame: QRectF, members: list[tuple[QRectF, Placed]], start: int
    ) -> None:
        """One red frame over all names; the action stands at its lower edge when there is room for it."""
        theme = current()
        _ = self._tr.gettext
        radius = theme.radius("card_small")
        paint.rounded(painter, frame, radius, "danger_soft", "danger", width=1.5)
        tall = frame.height() >= theme.px(40)
        strip = theme.px(22)
        alert = theme.icon("inline")
        for at, (rect, placed) in enumerate(members):
            left, middle = rect.left() + theme.px(6), rect.top() + theme.px(11)
            if not tall:
                middle = frame.center().y()
                if at == 0:
                    left += paint.icon(painter, "triangle-alert", left - 2, middle, alert, "danger") + 2
            if rect.left() > frame.left() + 1:
                below = frame.bottom() - (strip if tall else 2)
                line = QRectF(round(rect.left()), frame.top() + 2, 1, below - frame.top() - 2)
                painter.fillRect(line, theme.colour("danger_line"))
            right = rect.right() - theme.px(4)
            mark = "smartphone" if placed.card.source is Source.PLATFORM else "monitor"
            name = placed.card.patient_name
            if right - theme.px(17) - left >= paint.text_width(name, "body", bold=True):
                paint.icon(painter, mark, right - theme.px(13), middle, theme.px(13), "text2")
                right -= theme.px(17)
            paint.text(painter, left, middle, name, "body", "text", bold=True, max_width=max(right - left, 0))
        if not tall:
            return
        top = frame.bottom() - strip
        painter.fillRect(
            QRectF(frame.left() + 2, round(top), frame.width() - 4, 1), theme.colour("danger_line")
        )
        middle = top + strip / 2
        left = frame.left() + theme.px(8)
        left += paint.icon(painter, "triangle-alert", left, middle, alert, "danger") + theme.px(5)
        action, right = _("Resolve"), frame.right() - theme.px(8)
        said = _("{time} clash").format(time=clock(start))
        if paint.text_width(said, "small", bold=True) > right - left:
            said = _("Clash")
        needed = paint.text_width(said, "small", bold=True) + theme.px(8)
        if right - left - needed >= paint.text_width(action, "small"):
            paint.text(painter, right, middle, action, "small", "danger", align="right")
        paint.text(painter, left, middle, said, "small", "danger", bold=True, max_width=right - left)

    def offer(self, painter: QPainter, rect: QRectF, minute: int, *, focused: bool, name: str = "") -> None:
        """The free cell that has the keyboard: what Enter does here, for the pinned person `name` if there is one."""
        theme = current()
        edge: Colour = "focus" if focused else "field_line"
        paint.rounded(painter, rect, theme.radius("card_small"), "surface", edge, width=2 if focused else 1)
        middle = rect.center().y() if rect.height() < theme.px(32) else rect.top() + theme.px(13)
        left, right = rect.left() + theme.px(8), rect.right() - theme.px(6)
        left += paint.icon(
            painter, "pin" if name else "plus", left, middle, theme.icon("inline"), "accent_text"
        ) + theme.px(4)
        left += paint.text(
            painter, left, middle, clock(minute), "small", "accent_text", bold=True
        ) + theme.px(5)
        word = name or self._tr.gettext("Book")
        if left + paint.text_width(word, "small") <= right:
            left += paint.text(painter, left, middle, word, "small", "accent_text") + theme.px(6)
        if focused and right - paint.key_cap_width("⏎") >= left:
            paint.key_cap(painter, right, middle, "⏎", align="right")

    def closed(self, painter: QPainter, rect: QRectF, minute: int) -> None:
        """A cell that cannot be booked has the keyboard."""
        theme = current()
        paint.rounded(painter, rect, theme.radius("card_small"), None, "focus", width=2)
        middle = rect.center().y() if rect.height() < theme.px(32) else rect.top() + theme.px(13)
        paint.text(painter, rect.left() + theme.px(8), middle, clock(minute), "small", "text3")


def _inner(rect: QRectF) -> tuple[float, float]:
    """Where the lines of a card begin and end. A tiny card has no icon: its edge says the state."""
    theme = current()
    wide = rect.width()
    left, right = (27, 7) if wide >= theme.px(100) else (24, 5) if wide >= theme.px(TINY) else (6, 3)
    return rect.left() + theme.px(left), rect.right() - theme.px(right)


def _marks(card: AppointmentCard) -> list[str]:
    marks = ["smartphone"] if card.source is Source.PLATFORM else []
    marks += ["circle-plus"] if card.extra else []
    return [*marks, "video"] if card.visit_type is VisitType.VIDEO else marks


def one_line(text: str) -> str:
    """Typed text with its line ends as spaces."""
    return " ".join(text.split())
