"""One booking that a leave hits, with where it would go."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import LeaveHit, Opening


class RowState(Enum):
    """How far a booking has come."""

    OPEN = auto()
    WORKING = auto()
    MOVED = auto()
    CANCELLED = auto()
    REFUSED = auto()


SETTLED = frozenset({RowState.MOVED, RowState.CANCELLED})


_KEYS = frozenset(
    {
        Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Delete,
    }
)  # fmt: skip


def _modified(event: QKeyEvent) -> bool:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier


class LeaveRow(Themed, QAbstractButton):
    """Enter accepts the suggestion, left and right choose another, Delete cancels the visit.

    `stepped` asks for the row above (-1) or below (1).
    """

    accepted = Signal()
    cancel_wanted = Signal()
    stepped = Signal(int)
    chosen = Signal()

    def __init__(
        self, hit: LeaveHit, tr: Translator, zone: ZoneInfo, today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tr, self._zone, self._today = tr, zone, today
        self.hit = hit
        self.state = RowState.OPEN
        self.place = 0
        self._refusal = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.accepted)
        self._say()
        self.start_theming()

    @property
    def target(self) -> Opening | None:
        """Where the booking would go; None when there is nothing."""
        return self.hit.alternatives[self.place] if self.hit.alternatives else None

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    def set_state(self, state: RowState, refusal: str = "") -> None:
        self.state, self._refusal = state, refusal
        self._say()
        self.update()

    def offer(self, hit: LeaveHit) -> None:
        """New alternatives; one that was chosen by hand stays while it is there."""
        before, by_hand = self.target, self.place > 0
        self.hit = hit
        starts = [(each.doctor_id, each.starts_at) for each in hit.alternatives]
        key = (before.doctor_id, before.starts_at) if before and by_hand else None
        self.place = starts.index(key) if key in starts else 0
        self._say()
        self.update()

    def choose(self, step: int) -> None:
        """The next alternative, or the one before."""
        if self.hit.alternatives and not self.settled and self.state is not RowState.WORKING:
            self.place = (self.place + step) % len(self.hit.alternatives)
            self.set_state(RowState.OPEN)
            self.chosen.emit()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(52))

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(52))

    def event(self, event: QEvent) -> bool:
        # the board's own keys are shortcuts of the window, and would come first
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS and not _modified(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not _modified(event)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.accepted.emit()
            case Qt.Key.Key_Left if plain:
                self.choose(-1)
            case Qt.Key.Key_Right if plain:
                self.choose(1)
            case Qt.Key.Key_Up if plain:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down if plain:
                self.stepped.emit(1)
            case Qt.Key.Key_Delete if plain:
                self.cancel_wanted.emit()
            case _:
                event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box = QRectF(self.rect())
        ground = "accent_soft" if self.hasFocus() else "hover" if self.underMouse() else "surface"
        paint.rounded(painter, box, theme.radius("card"), "sunken" if self.settled else ground, "line")
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        left, right = theme.px(12), box.right() - theme.px(12)
        upper, lower = theme.px(17), theme.px(36)
        mark, ink = self._mark()
        x = left + paint.icon(painter, mark, left, upper, theme.icon("inline"), ink) + theme.px(8)
        card = self.hit.card
        old = self._when(card.starts_at)
        old_width = paint.text_width(old, "small")
        room = right - x - old_width - theme.px(10)
        name_ink = "text2" if self.settled else "text"
        wide = paint.text(painter, x, upper, card.patient_name, "body", name_ink, bold=True, max_width=room)
        person = sex_age(self._tr, card.gender, card.birthday, self._today)
        after = x + wide + theme.px(6)
        if right - old_width - after > theme.px(40):
            paint.text(
                painter, after, upper, person, "small", "text2",
                max_width=right - old_width - after - theme.px(8),
            )  # fmt: skip
        paint.text(painter, right, upper, old, "small", "text2", align="right")
        self._paint_target(painter, left + theme.icon("inline") + theme.px(8), right, lower)

    def _paint_target(self, painter: QPainter, x: float, right: float, y: float) -> None:
        theme = current()
        count = ""
        if len(self.hit.alternatives) > 1 and not self.settled:
            count = f"◂ {self.place + 1}/{len(self.hit.alternatives)} ▸"
        ink = "danger" if self.state is RowState.REFUSED else "text2" if self.settled else "accent_text"
        room = right - x - (paint.text_width(count, "small") + theme.px(10) if count else 0)
        paint.text(painter, x, y, self._words(), "small", ink, bold=not self.settled, max_width=room)
        if count:
            paint.text(painter, right, y, count, "small", "text3", align="right")

    def _mark(self) -> tuple[str, str]:
        return {
            RowState.OPEN: ("circle", "text3"),
            RowState.WORKING: ("circle-dashed", "accent_text"),
            RowState.MOVED: ("circle-check", "accent_text"),
            RowState.CANCELLED: ("ban", "text3"),
            RowState.REFUSED: ("triangle-alert", "danger"),
        }[self.state]

    def _words(self) -> str:
        _ = self._tr.gettext
        if self.state is RowState.REFUSED:
            return self._refusal
        if self.state is RowState.CANCELLED:
            return _("Cancelled, told why")
        target = self.target
        if target is None:
            return _("No free time found. Delete cancels it.")
        who = "" if target.doctor_id == self.hit.card.doctor_id else f" · {target.doctor_name}"
        return f"→ {self._when(target.starts_at)}{who}"

    def _when(self, moment: dt.datetime | None) -> str:
        if moment is None:
            return self.hit.card.slot_text
        local = moment.astimezone(self._zone)
        return f"{self._tr.date(local.date(), weekday=True)} {local:%H:%M}"

    def _say(self) -> None:
        card = self.hit.card
        said = f"{card.patient_name} {self._when(card.starts_at)} {self._words()}"
        self.setText(card.patient_name)
        self.setAccessibleName(said)
        self.setToolTip(said)
