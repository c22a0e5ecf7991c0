"""Cancelling: an end, so it is asked for once, with the reason that the patient is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import REASON_MAX, AppointmentCard
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.ui.context import UiContext

REASONS: Final = (
    N_("Patient asked to cancel"),
    N_("Patient will come another day"),
    N_("Doctor is not available"),
    N_("Booked by mistake"),
)


class _Reason(Themed, QRadioButton):
    def __init__(self, text: str, key: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._key = key
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        words = paint.text_width(self.text(), "body", bold=True)
        return QSize(round(words) + theme.px(72), theme.height("table_row"))

    def hitButton(self, position: object) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box, on, radius = QRectF(self.rect()), self.isChecked(), theme.radius("control")
        if on or self.underMouse():
            paint.rounded(painter, box, radius, "sel" if on else "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, radius)
        x, middle = theme.px(10), box.center().y()
        mark = "circle-check" if on else "circle"
        x += paint.icon(painter, mark, x, middle, theme.icon("control"), "accent_text" if on else "text3")
        paint.text(painter, x + theme.px(8), middle, self.text(), "body", bold=on)
        paint.key_cap(painter, box.right() - theme.px(10), middle, self._key, align="right")


class _Reasons(Themed, QWidget):
    """One of a few sentences; digits and arrows choose."""

    def __init__(self, words: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        for at, word in enumerate(words):
            button = _Reason(word, str(at + 1), self)
            self._group.addButton(button, at)
            self._column.addWidget(button)
        self.words = words
        self.choose(0)
        self.start_theming()

    @property
    def chosen(self) -> str:
        return self.words[self._group.checkedId()]

    def choose(self, at: int) -> None:
        button = self._group.button(at)
        button.setChecked(True)
        self.setFocusProxy(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(self.words) and not event.modifiers():
            self.choose(digit)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(2))


class CancelDialog(Dialog):
    """Asks for the reason. `confirmed` brings the card and the reason; Esc leaves without loss."""

    confirmed = Signal(object, str)

    def __init__(self, context: UiContext, card: AppointmentCard, parent: QWidget) -> None:
        _ = context.tr.gettext
        today = context.clock.now().astimezone(context.zone).date()
        super().__init__(
            _("Cancel appointment"),
            close_text=_("Close"),
            subtitle=card_sentence(card, context.tr, context.zone, today),
            note=_("The patient is told. Ctrl Z takes it back"),
            width=520,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._card = card
        self.reasons = _Reasons(tuple(_(reason) for reason in REASONS), self)
        self.own_words = TextInput(name=_("In other words"))
        self.own_words.setMaxLength(REASON_MAX)
        self.body.addWidget(Section(_("Reason"), self.reasons, parent=self))
        self.body.addWidget(Section(_("In other words"), self.own_words, parent=self))
        keep = self.add_action(Button(_("Keep"), key="Esc", size="sheet", parent=self))
        self.confirm = self.add_action(
            Button(_("Cancel appointment"), icon="ban", key="⏎", kind="danger", size="sheet", parent=self)
        )
        self.confirm.setDefault(True)
        keep.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        return self.own_words.text().strip() or self.reasons.chosen

    def _on_confirm_clicked(self) -> None:
        self.accept()
        self.confirmed.emit(self._card, self.reason)
