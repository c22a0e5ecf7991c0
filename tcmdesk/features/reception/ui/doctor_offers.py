"""The doctors of today as rows: who waits there, and when somebody could go in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.text import note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.reception.types import Offer


class _OfferRow(Themed, QAbstractButton):
    """One doctor. `soonest` marks the one who is free first."""

    def __init__(
        self, offer: Offer, tr: Translator, zone: ZoneInfo, parent: QWidget, *, soonest: bool
    ) -> None:
        super().__init__(parent)
        self.offer = offer
        self._short = False
        _ = tr.gettext
        self._full = offer.starts_at is None
        self._time = _("Full") if offer.starts_at is None else tr.time(offer.starts_at.astimezone(zone))
        self._aside = _("Extra slot") if self._full else _("Soonest") if soonest else ""
        self._waiting = _("{count} waiting").format(count=offer.waiting) if offer.waiting else ""
        self.setText(offer.doctor_name)
        said = (offer.doctor_name, offer.department, self._waiting, self._time, self._aside)
        self.setAccessibleName(" ".join(part for part in said if part))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.start_theming()

    def set_short(self, short: bool) -> None:
        """Lower rows, for a window that is low."""
        self._short = short
        self.apply_theme()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(30) if self._short else current().height("candidate_row"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter, on = current(), QPainter(self), self.isChecked()
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        radius = theme.radius("control")
        ground = "sel" if on else "hover" if self.underMouse() else "surface"
        paint.rounded(painter, box, radius, ground, "accent_line" if on else "line")
        if self.hasFocus():
            paint.focus_ring(painter, box, radius)
        middle, left, right = box.center().y(), box.left() + theme.px(12), box.right() - theme.px(12)
        mark = "circle-check" if on else "circle"
        left += paint.icon(
            painter, mark, left, middle, theme.icon("inline"), "accent_text" if on else "text3"
        ) + theme.px(8)
        ink = "warn" if self._full else "text"
        right -= paint.text(
            painter, right, middle, self._time, "body", ink, bold=True, align="right"
        ) + theme.px(8)
        if self._aside:
            colour = "warn" if self._full else "accent_text"
            right -= paint.text(
                painter, right, middle, self._aside, "small", colour, align="right"
            ) + theme.px(8)
        at = left + theme.px(270)
        left += paint.text(
            painter, left, middle, self.text(), "subheading", max_width=theme.px(130)
        ) + theme.px(8)
        paint.text(painter, left, middle, self.offer.department, "small", "text2", max_width=at - left)
        paint.text(painter, at, middle, self._waiting, "small", "text2", max_width=max(right - at, 0))


class DoctorOffers(Themed, QWidget):
    """One doctor is chosen. `changed` brings the `Offer`."""

    changed = Signal(object)

    def __init__(self, tr: Translator, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr, self._zone = tr, zone
        self._rows: list[_OfferRow] = []
        self._short = False
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._nobody = note(tr.gettext("No doctor works today"), self)
        self._column.addWidget(self._nobody)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        self.setAccessibleName(tr.gettext("Doctor"))
        self.start_theming()

    @property
    def chosen(self) -> Offer | None:
        return next((row.offer for row in self._rows if row.isChecked()), None)

    def show_offers(self, offers: tuple[Offer, ...], wanted: str | None) -> None:
        """Show the doctors; `wanted` is chosen when there, else the one who is free first with the fewest waiting."""
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        free = [offer for offer in offers if offer.starts_at is not None]
        soonest = min(free, key=lambda each: (each.starts_at, each.waiting), default=None)
        self._rows = [
            _OfferRow(offer, self._tr, self._zone, self, soonest=offer is soonest) for offer in offers
        ]
        known = {offer.doctor_id for offer in offers}
        choice = wanted if wanted in known else soonest.doctor_id if soonest is not None else None
        for row in self._rows:
            self._group.addButton(row)
            self._column.addWidget(row)
            row.setChecked(row.offer.doctor_id == choice)
            row.set_short(self._short)
            row.show()
        self._nobody.setVisible(not offers)
        self.changed.emit(self.chosen)

    def set_short(self, short: bool) -> None:
        """Lower rows, for a window that is low."""
        self._short = short
        for row in self._rows:
            row.set_short(short)

    def step(self, by: int) -> None:
        """Choose the doctor `by` rows further, round and round."""
        if not self._rows:
            return
        at = next((number for number, row in enumerate(self._rows) if row.isChecked()), -by)
        self._rows[(at + by) % len(self._rows)].setChecked(True)
        self.changed.emit(self.chosen)

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_group_button_clicked(self, _button: QAbstractButton) -> None:
        self.changed.emit(self.chosen)
