"""Painted cards, kept: a board is repainted at every key, but its cards change seldom.

A new day's cards are painted a few at a time, so that the window never waits for all of them: what a paint event
has no time for stands as its ground and is painted right after, beside the window.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from tcmdesk.features.appointments.ui.words import number_of
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.appointments.ui.card_looks import CardState
    from tcmdesk.features.appointments.ui.card_painter import CardPainter
    from tcmdesk.features.appointments.ui.placing import Placed

KEPT: Final = 400
"""Faces of some days; at 170 x 45 px about 12 MB at most."""

PAINT_SECONDS: Final = 0.004
"""How long one paint event may spend on faces that are not there yet."""


class CardFaces:
    """Pixmaps of cards by everything that shapes them; the oldest go first."""

    def __init__(self) -> None:
        self._faces: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._waiting: dict[tuple[object, ...], Callable[[], QPixmap]] = {}
        self._places: dict[tuple[object, ...], QRectF] = {}
        self._deadline = 0.0

    @property
    def missing(self) -> bool:
        """Whether some cards have only their ground yet."""
        return bool(self._waiting)

    def begin(self) -> None:
        """A paint event begins: it may spend `PAINT_SECONDS` on new faces."""
        self._deadline = time.perf_counter() + PAINT_SECONDS

    def go_on(self) -> list[QRectF]:
        """Paint faces that were missing, for as long again; returns where they are seen."""
        self.begin()
        done = []
        while self._waiting and time.perf_counter() <= self._deadline:
            key, paint = next(iter(self._waiting.items()))
            del self._waiting[key]
            if key not in self._faces:
                self._keep(key, paint())
            done.append(self._places.pop(key))
        return done

    def forget_waiting(self) -> None:
        """Other cards are shown now: those that were missing are not wanted any more."""
        self._waiting.clear()
        self._places.clear()

    def draw(
        self, painter: QPainter, box: QRectF, placed: Placed, state: CardState, cards: CardPainter
    ) -> None:
        """Draw a card; when time is up only its ground, and `missing` says that more is to come."""
        ratio = painter.device().devicePixelRatioF()
        card = placed.card
        key = (
            card.patient_name, card.gender, card.birthday, card.kind, card.visit_type, card.source,
            card.symptoms, card.room, card.visit_kind, card.extra, number_of(card), placed.start, state, box.width(), box.height(), ratio, cards.key, current(),
        )  # fmt: skip
        face = self._faces.get(key)
        if face is None:
            if time.perf_counter() > self._deadline:
                self._waiting[key] = partial(self._paint, box, placed, state, cards, ratio)
                self._places[key] = box
                painter.fillRect(box, current().colour(cards.fill(state)))
                return
            face = self._paint(box, placed, state, cards, ratio)
            self._keep(key, face)
        else:
            self._faces.move_to_end(key)
        painter.drawPixmap(box.topLeft(), face)

    def _keep(self, key: tuple[object, ...], face: QPixmap) -> None:
        self._faces[key] = face
        self._waiting.pop(key, None)
        if len(self._faces) > KEPT:
            self._faces.popitem(last=False)

    @staticmethod
    def _paint(box: QRectF, placed: Placed, state: CardState, cards: CardPainter, ratio: float) -> QPixmap:
        size = QSize(round(box.width() * ratio), round(box.height() * ratio))
        face = QPixmap(size)
        face.setDevicePixelRatio(ratio)
        face.fill(Qt.GlobalColor.transparent)
        painter = QPainter(face)
        cards.card(painter, QRectF(0, 0, box.width(), box.height()), placed, state)
        painter.end()
        return face
