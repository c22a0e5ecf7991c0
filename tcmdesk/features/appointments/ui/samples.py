"""The board's own components, for the developers' gallery and for pictures of rare states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import (
    AppointmentCard,
    AppointmentVersion,
    Kind,
    Source,
    Status,
    VisitType,
)
from tcmdesk.features.appointments.ui.card_looks import CardState
from tcmdesk.features.appointments.ui.card_painter import CardPainter
from tcmdesk.features.appointments.ui.placing import Placed
from tcmdesk.features.patients.types import Gender, PatientRef
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator

_DAY: Final = dt.date(2026, 11, 24)
_START: Final = dt.datetime(2026, 11, 24, 2, 15, tzinfo=dt.UTC)
PER_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class _Sample:
    word: str
    state: CardState
    video: bool = False
    platform: bool = False


_SAMPLES: Final = (
    _Sample(N_("Unconfirmed"), CardState.PENDING, video=True, platform=True),
    _Sample(N_("Confirmed"), CardState.CONFIRMED, platform=True),
    _Sample(N_("Now"), CardState.NOW, video=True),
    _Sample(N_("Done"), CardState.DONE),
    _Sample(N_("Overdue"), CardState.OVERDUE, platform=True),
    _Sample(N_("Cancelled"), CardState.CANCELLED),
)


def sample_card(
    name: str, *, symptoms: str = "", video: bool = False, platform: bool = False
) -> AppointmentCard:
    """A made-up confirmed appointment at 10:15."""
    visit = VisitType.VIDEO if video else VisitType.IN_PERSON
    return AppointmentCard(
        appointment_id=f"sample-{name}",
        doctor_id="sample",
        ref=PatientRef("sample"),
        patient_name=name,
        gender=Gender.FEMALE,
        birthday=dt.date(1992, 3, 1),
        starts_at=_START,
        minutes=30,
        slot_text="10:15",
        visit_type=visit,
        kind=Kind.FOLLOW_UP,
        status=Status.CONFIRMED,
        source=Source.PLATFORM if platform else Source.DESK,
        symptoms=symptoms,
        patient_confirmed=True,
        account_name=name,
        version=AppointmentVersion("sample", _START, "10:15", visit, symptoms, True, Status.CONFIRMED),
    )


class CardSamples(Themed, QWidget):
    """Every state of a card, one-line cards, a clash, the free cell with the keyboard."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._painter = CardPainter(tr, _DAY)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr.gettext("Appointment cards"))
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(208))

    def sizeHint(self) -> QSize:
        return QSize(current().px(680), current().px(208))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        gap = theme.px(12)
        wide = (self.width() - gap * (PER_ROW - 1)) / PER_ROW
        for at, sample in enumerate(_SAMPLES):
            left, top = (at % PER_ROW) * (wide + gap), (at // PER_ROW) * theme.px(70)
            card = sample_card("沈若兰", video=sample.video, platform=sample.platform)
            box = QRectF(round(left), top, round(wide), theme.px(45))
            self._painter.card(painter, box, Placed(card, 0, 615, 645), sample.state)
            word = self._tr.gettext(sample.word)
            paint.text(painter, left + theme.px(2), top + theme.px(57), word, "small", "text2")
        self._clash(painter, QRectF(round(2 * (wide + gap)), theme.px(70), round(wide), theme.px(45)))
        self._small(painter, theme.px(142), wide, gap)

    def _clash(self, painter: QPainter, frame: QRectF) -> None:
        half = frame.width() / 2
        placed = [Placed(sample_card(name), 0, 645, 675) for name in ("卢思语", "方宁")]
        placed[1] = replace(placed[1], card=sample_card("方宁", platform=True))
        members = [
            (QRectF(frame.left() + at * half, frame.top(), half, frame.height()), each)
            for at, each in enumerate(placed)
        ]
        self._painter.clash(painter, frame, members, 645)
        word = self._tr.gettext("Clash")
        middle = frame.bottom() + current().px(12)
        paint.text(painter, frame.left() + current().px(2), middle, word, "small", "text2")

    def _small(self, painter: QPainter, top: float, wide: float, gap: float) -> None:
        theme = current()
        boxes = [QRectF(round(at * (wide + gap)), top, round(wide), theme.px(21)) for at in range(PER_ROW)]
        for box, state in zip(boxes, (CardState.CONFIRMED, CardState.PENDING, CardState.NOW), strict=False):
            self._painter.card(painter, box, Placed(sample_card("沈若兰"), 0, 615, 630), state)
        self._painter.offer(painter, boxes[3], 645, focused=True)
        paint.rounded(
            painter, boxes[0].adjusted(-2, -2, 2, 2), theme.radius("card_small") + 2, None, "focus", width=2
        )
        words = self._tr.gettext("One cell, 21 px · ring of the keyboard · what Enter does in a free cell")
        paint.text(painter, theme.px(2), top + theme.px(36), words, "small", "text3")


def cards(tr: Translator) -> tuple[str, QWidget]:
    """The gallery's section of appointment cards."""
    return tr.gettext("Appointment cards: icon and edge say the state, colour comes last"), CardSamples(tr)
