"""The strip below the board with what was taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from tcmdesk.features.appointments.ui.words import when_text
from tcmdesk.ui import paint
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.ui.context import UiContext

SHOWN = 6
"""More than these are counted only."""


class _Pin(Themed, QAbstractButton):
    """Name over the time it still has; tinted when it is the one that Enter puts down."""

    def __init__(self, card: AppointmentCard, when: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = card
        self._when = when
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{card.patient_name} {when}")
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(30))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        words = paint.text_width(self.card.patient_name, bold=True) + paint.text_width(self._when, "small")
        return QSize(round(words) + theme.px(46), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(72), current().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter, box = current(), QPainter(self), QRectF(self.rect())
        on, radius, middle = self.isChecked(), theme.radius("control"), QRectF(self.rect()).center().y()
        fill = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        paint.rounded(painter, box, radius, fill, "accent_line" if on else "line")
        left, right = theme.px(8), box.right() - theme.px(8)
        left += paint.icon(
            painter, "pin", left, middle, theme.icon("inline"), "accent_text" if on else "text3"
        )
        left += theme.px(6)
        name = self.card.patient_name
        left += paint.text(painter, left, middle, name, "body", "text", bold=True, max_width=right - left)
        left += theme.px(8)
        if right - left >= theme.px(34):
            paint.text(painter, left, middle, self._when, "small", "text2", max_width=right - left)
        if self.hasFocus():
            paint.focus_ring(painter, box, radius)


class PinStrip(Pane):
    """One line. `chosen` brings the id of the one to put down next, `returned` of one that stays where it was.

    With the keyboard on it the arrows choose, Del leaves one where it was.
    """

    chosen = Signal(str)
    returned = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__("canvas", lines=("top",), parent=parent)
        self._context = context
        _ = self._ = context.tr.gettext
        self.pins: list[_Pin] = []
        self._shown: tuple[tuple[AppointmentCard, ...], str | None] = ((), None)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconView("pin", "control", "text2", parent=self))
        self._row.addWidget(Text(_("Pinned"), "body", bold=True, parent=self))
        self._place = QHBoxLayout()
        self._row.addLayout(self._place)
        self._more = Text("", "small", "text2", parent=self)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._hints: list[QWidget] = []
        for key, word in (("⏎", _("Put here")), ("P", _("Next one")), ("Esc", _("Leave where it was"))):
            self._hints += [KeyCap(key, self), Text(word, "small", "text2", parent=self)]
        for hint in self._hints:
            self._row.addWidget(hint)
        self.setAccessibleName(_("Pinned"))
        self.hide()
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.height("banner"))
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self._row.setSpacing(theme.px(6))
        self._place.setSpacing(theme.px(6))

    def set_covered(self, covered: bool) -> None:
        """While a sheet is open its keys do something else."""
        for hint in self._hints:
            hint.setVisible(not covered)

    def show_cards(self, cards: tuple[AppointmentCard, ...], active: str | None) -> None:
        """Show what is pinned; nothing takes no room."""
        if (cards, active) == self._shown:
            return
        self._shown = (cards, active)
        focused = any(pin.hasFocus() for pin in self.pins)
        for pin in self.pins:
            self._place.removeWidget(pin)
            pin.hide()
            pin.deleteLater()
        at = next((at for at, card in enumerate(cards) if card.appointment_id == active), 0)
        first = max(0, at - SHOWN + 1)
        self.pins = [self._pin(card, active) for card in cards[first : first + SHOWN]]
        more = len(cards) - len(self.pins)
        self._more.setText(self._("+{count} more").format(count=more) if more else "")
        self.setVisible(bool(cards))
        if focused:
            self._focus_active()

    def _pin(self, card: AppointmentCard, active: str | None) -> _Pin:
        when = card.slot_text
        if card.starts_at is not None:
            when = when_text(self._context.tr, card.starts_at, self._context.zone)
        pin = _Pin(card, when, self)
        pin.setChecked(card.appointment_id == active)
        pin.clicked.connect(lambda _checked=False: self.chosen.emit(card.appointment_id))
        self._place.addWidget(pin)
        pin.show()
        return pin

    def _focus_active(self) -> None:
        for pin in self.pins:
            if pin.isChecked():
                pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Del leaves a pinned one where it was; on the board it would cancel."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((at for at, pin in enumerate(self.pins) if pin.hasFocus()), None)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if here is not None and event.key() in steps:
            to = min(max(here + steps[Qt.Key(event.key())], 0), len(self.pins) - 1)
            self.chosen.emit(self.pins[to].card.appointment_id)
        elif here is not None and event.key() == Qt.Key.Key_Delete:
            self.returned.emit(self.pins[here].card.appointment_id)
        else:
            super().keyPressEvent(event)
