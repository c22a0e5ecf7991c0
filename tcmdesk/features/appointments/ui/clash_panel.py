"""Resolving a clash: one of the bookings moves, is cancelled, or both stay on purpose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from tcmdesk.features.appointments.types import (
    KIND_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    VISIT_TYPE_LABELS,
    AppointmentCard,
)
from tcmdesk.features.appointments.ui.card_painter import one_line
from tcmdesk.features.appointments.ui.opening_strip import OpeningStrip
from tcmdesk.features.appointments.ui.openings_source import OpeningsSource
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.appointments.ui.words import doctor_text, when_text
from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import DoctorColumn
    from tcmdesk.ui.context import UiContext


class _Booking(Themed, QAbstractButton):
    """One of the bookings, with all that helps to decide which gives way."""

    def __init__(
        self, card: AppointmentCard, tr: Translator, zone: ZoneInfo, today: dt.date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        _ = tr.gettext
        self.card = card
        start = card.starts_at.astimezone(zone)
        end = card.ends_at.astimezone(zone)
        self._who = sex_age(tr, card.gender, card.birthday, today)
        self._lines = [
            f"{start:%H:%M}–{end:%H:%M}",
            f"{_(KIND_LABELS[card.kind])} · {_(VISIT_TYPE_LABELS[card.visit_type])}",
            f"{_(SOURCE_LABELS[card.source])} · {_(STATUS_LABELS[card.status])}",
            one_line(card.symptoms),
        ]
        self.setCheckable(True)
        self.setText(card.patient_name)
        self.setAccessibleName(" ".join(filter(None, (card.patient_name, self._who, *self._lines))))
        self.setToolTip(self.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(112))

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(112))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box, on = QRectF(self.rect()), self.isChecked()
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        edge = "accent" if on else "line"
        paint.rounded(painter, box, theme.radius("card"), ground, edge, width=2 if on else 1)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        left, right, y = theme.px(12), box.right() - theme.px(12), theme.px(18)
        mark = "circle-check" if on else "circle"
        ink = "accent_text" if on else "text3"
        x = left + paint.icon(painter, mark, left, y, theme.icon("inline"), ink) + theme.px(6)
        x += paint.text(painter, x, y, self.text(), "subheading", max_width=right - x) + theme.px(6)
        if right > x:
            paint.text(painter, x, y, self._who, "small", "text2", max_width=right - x)
        for line in self._lines:
            y += theme.px(20)
            paint.text(
                painter, left + theme.px(20), y, line, "small", "text2", max_width=right - left - theme.px(20)
            )


class ClashPanel(Sheet):
    """Choose who gives way, and where to.

    `card_chosen` brings the card that would give way, `move_requested` the card and the new start (UTC),
    `cancel_requested` the card, `keep_requested` the ids of all.
    """

    card_chosen = Signal(object)
    move_requested = Signal(object, object)
    cancel_requested = Signal(object)
    keep_requested = Signal(tuple)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Two bookings at the same time"), _("Close"), parent)
        self._context = context
        self._ = _
        self._doctor: DoctorColumn | None = None
        self._starts_at: dt.datetime | None = None
        self._source = OpeningsSource(context, self)
        self._source.found.connect(self._on_source_found)
        self._source.failed.connect(lambda: self.openings.show_failure(self.reload_openings))
        self._bookings: list[_Booking] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        self._cards = QWidget(self)
        self._row = QGridLayout(self._cards)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(Section(_("Who gives way"), self._cards, _("← → chooses"), self))
        self.openings = OpeningStrip(context.tr, context.zone, self)
        self.body.addWidget(Section(_("Move to"), self.openings, _("Alt ← → chooses"), self))
        self.body.addStretch(1)
        self.keep = self.add_action(Button(_("Keep both"), size="sheet", parent=self))
        self.cancel = self.add_action(
            Button(_("Cancel it"), icon="ban", kind="danger", size="sheet", parent=self)
        )
        self.move_button = self.add_action(
            Button(
                _("Reschedule"),
                icon="calendar-clock",
                key="Ctrl ⏎",
                kind="primary",
                size="sheet",
                parent=self,
            )
        )
        self.openings.chosen.connect(self._on_openings_chosen)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.move_button.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)
        self.stepped.connect(self.openings.step)
        self.start_theming()

    def begin(self, cards: tuple[AppointmentCard, ...], doctor: DoctorColumn) -> None:
        """Show the overlapping bookings; the one made last, so listed last, is offered to move."""
        if self._doctor is None or self._doctor.doctor_id != doctor.doctor_id:
            self.openings.forget()
        self._doctor = doctor
        today = self._today()
        for booking in self._bookings:
            self._group.removeButton(booking)
            self._row.removeWidget(booking)
            booking.hide()
            booking.deleteLater()
        self._bookings = []
        for at, card in enumerate(cards):
            booking = _Booking(card, self._context.tr, self._context.zone, today, self._cards)
            self._group.addButton(booking)
            self._row.addWidget(booking, at // 2, at % 2)
            booking.show()
            self._bookings.append(booking)
        first = min(card.starts_at for card in cards)
        self.set_subtitle(f"{doctor_text(doctor)} · {when_text(self._context.tr, first, self._context.zone)}")
        self._choose(self._bookings[-1])
        self._bookings[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def aim(self, starts_at: dt.datetime) -> None:
        """A free cell was chosen on the board: that is where the booking would go."""
        self._starts_at = starts_at
        self.openings.show_openings(self.openings.starts, starts_at, self._today())
        self._enable()

    @property
    def doctor_id(self) -> str | None:
        return self._doctor.doctor_id if self._doctor else None

    @property
    def cards(self) -> tuple[AppointmentCard, ...]:
        return tuple(booking.card for booking in self._bookings)

    @property
    def chosen(self) -> AppointmentCard | None:
        return next((each.card for each in self._bookings if each.isChecked()), None)

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _choose(self, booking: _Booking) -> None:
        booking.setChecked(True)
        self._starts_at = None
        self.set_note(self._("{name} is notified").format(name=booking.card.patient_name), "message-square")
        self.reload_openings()
        self.card_chosen.emit(booking.card)

    def reload_openings(self) -> None:
        """Ask for free times as long as the chosen booking."""
        card = self.chosen
        if card is None or self._doctor is None:
            return
        begin = card.starts_at - dt.timedelta(hours=2)
        self._source.ask(self._doctor.doctor_id, begin, card.minutes)
        self._enable()

    def _on_source_found(self, starts: list[dt.datetime]) -> None:
        wanted = self.chosen.starts_at if self.chosen else None
        if self._starts_at is None and wanted is not None:
            self._starts_at = min(starts, key=lambda each: abs(each - wanted), default=None)
        self.openings.show_openings(starts, self._starts_at, self._today())
        self._enable()

    def _on_openings_chosen(self, moment: dt.datetime) -> None:
        self._starts_at = moment
        self._enable()

    def _enable(self) -> None:
        self.move_button.setEnabled(self.chosen is not None and self._starts_at is not None)

    def _on_group_button_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Booking):
            self._choose(button)

    def submit(self) -> None:
        """Move the chosen booking to the chosen time."""
        if self.chosen is not None and self._starts_at is not None:
            self.move_requested.emit(self.chosen, self._starts_at)

    def _on_cancel_clicked(self) -> None:
        if self.chosen is not None:
            self.cancel_requested.emit(self.chosen)

    def _on_keep_clicked(self) -> None:
        self.keep_requested.emit(tuple(card.appointment_id for card in self.cards))

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("← →", _("Who gives way")),
            KeyHint("Alt ← →", _("Opening")),
            KeyHint("Ctrl ⏎", _("Reschedule")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(16))
        self._row.setSpacing(current().px(8))
        self.openings.set_days(2 if self.short else 3)
