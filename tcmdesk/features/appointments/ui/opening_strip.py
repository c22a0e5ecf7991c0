"""The next free starts of a doctor, a line a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from tcmdesk.features.appointments.ui.words import relative_day
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator

PER_DAY: Final = 5


class _Slot(Themed, QAbstractButton):
    def __init__(self, moment: dt.datetime, text: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.moment = moment
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box, on, radius = QRectF(self.rect()), self.isChecked(), theme.radius("control")
        if on:
            paint.rounded(painter, box, radius, "accent")
        else:
            paint.rounded(painter, box, radius, "hover" if self.underMouse() else "surface", "line")
        if self.hasFocus():
            inner = box.adjusted(2, 2, -2, -2) if on else box
            paint.focus_ring(painter, inner, radius, "accent_fg" if on else "focus")
        centre, ink = box.center(), "accent_fg" if on else "text"
        paint.text(painter, centre.x(), centre.y(), self.text(), "body", ink, bold=on, align="center")


class OpeningStrip(Themed, QWidget):
    """Buttons of free times; the chosen one is filled. `chosen` brings the UTC instant."""

    chosen = Signal(object)

    def __init__(self, tr: Translator, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._zone = zone
        self._days = 3
        self._starts: tuple[dt.datetime, ...] = ()
        self._selected: dt.datetime | None = None
        self._near: dt.datetime | None = None
        self._filled = self._known = False
        self._today: dt.date = dt.date.min
        self._slots: list[_Slot] = []
        self._labels: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(tr.gettext("Next openings"))
        self.start_theming()

    @property
    def selected(self) -> dt.datetime | None:
        return self._selected

    @property
    def starts(self) -> tuple[dt.datetime, ...]:
        """Every start that was given, in sight or not."""
        return self._starts

    @property
    def shown(self) -> tuple[dt.datetime, ...]:
        """The starts that have a button, earliest first."""
        return tuple(slot.moment for slot in self._slots)

    def set_days(self, days: int) -> None:
        """How many lines there are; the room is kept while fewer days have openings."""
        if days != self._days:
            self._days = days
            self.apply_theme()
            self._rebuild()

    def show_openings(
        self,
        starts: Iterable[dt.datetime],
        selected: dt.datetime | None,
        today: dt.date,
        *,
        near: dt.datetime | None = None,
    ) -> None:
        """Show free starts (UTC); `selected` gets a button of its own when it is not among them.

        `near` is the time that was wanted: the first step goes to what follows it.
        """
        self._near = selected or near
        found = tuple(sorted({*starts, *([selected] if selected else [])}))
        # What is in sight stays where it is as long as it is free: others book all the time.
        steady = (
            self._filled and today == self._today and selected in self.shown and set(self.shown) <= set(found)
        )
        self._filled = len(found) > 1
        self._starts, self._selected, self._today, self._known = found, selected, today, True
        if steady:
            self._check()
        else:
            self._rebuild()

    def forget(self) -> None:
        """Somebody else's times are wanted, and nothing is known of them yet."""
        self._starts, self._selected, self._near = (), None, None
        self._filled = self._known = False
        self._rebuild()

    def show_failure(self, retry: Callable[[], None]) -> None:
        """Times could not be read: those in sight stay; where there are none, that is said, with another try."""
        if self._filled:
            return
        self._known = False
        self._rebuild()
        at = 2 if self._slots else 0
        failed = note(self._tr.gettext("Openings could not be read"), self)
        again = Button(self._tr.gettext("Try again"), size="small", kind="ghost", parent=self)
        again.clicked.connect(lambda _checked=False: retry())
        self._grid.addWidget(failed, 0, at, 1, PER_DAY - at)
        self._grid.addWidget(again, 0, PER_DAY)
        for widget in (failed, again):
            self._labels.append(widget)
            widget.show()

    def step(self, by: int) -> None:
        """Choose the next or previous of the times in sight."""
        shown = self.shown
        if not shown:
            return
        if self._selected in shown:
            at = min(max(shown.index(self._selected) + by, 0), len(shown) - 1)
        else:
            near = self._near
            at = next(
                (index for index, each in enumerate(shown) if near is None or each > near), len(shown) - 1
            )
        self._choose(shown[at])

    def _choose(self, moment: dt.datetime) -> None:
        self._selected = self._near = moment
        self._check()
        self.chosen.emit(moment)

    def _check(self) -> None:
        for slot in self._slots:
            slot.setChecked(slot.moment == self._selected)

    def _rebuild(self) -> None:
        for widget in (*self._slots, *self._labels):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._slots, self._labels = [], []
        for row, (day, starts) in enumerate(self._lines()):
            label = Text(relative_day(self._tr, day, self._today), "body", "text2", parent=self)
            self._add(label, row, 0)
            self._labels.append(label)
            for column, moment in enumerate(starts, start=1):
                text = moment.astimezone(self._zone).strftime("%H:%M")
                slot = _Slot(moment, text, f"{label.text()} {text}", self)
                slot.setChecked(moment == self._selected)
                self._group.addButton(slot)
                self._add(slot, row, column)
                self._slots.append(slot)
        if not self._slots and self._known:
            empty = note(self._tr.gettext("No opening in the next two weeks"), self)
            self._grid.addWidget(empty, 0, 0, 1, PER_DAY + 1)
            self._labels.append(empty)
            empty.show()

    def _add(self, widget: QWidget, row: int, column: int) -> None:
        self._grid.addWidget(widget, row, column)
        widget.show()

    def _lines(self) -> list[tuple[dt.date, list[dt.datetime]]]:
        days: dict[dt.date, list[dt.datetime]] = {}
        for moment in self._starts:
            days.setdefault(moment.astimezone(self._zone).date(), []).append(moment)
        wanted = self._selected or self._near
        wanted_day = wanted.astimezone(self._zone).date() if wanted else None
        lines = [
            (day, _in_sight(starts, wanted if day == wanted_day else None)) for day, starts in days.items()
        ]
        at = next((index for index, (_day, starts) in enumerate(lines) if self._selected in starts), 0)
        first = max(at - self._days + 1, 0)
        return lines[first : first + self._days]

    def _on_group_button_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Slot):
            self._choose(button.moment)

    def apply_theme(self) -> None:
        theme = current()
        gap = theme.px(8)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap)
        self._grid.setColumnMinimumWidth(0, theme.px(72))
        for column in range(1, PER_DAY + 1):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, theme.px(64))
        for row in range(4):
            self._grid.setRowMinimumHeight(row, theme.px(30) if row < self._days else 0)
        self.setFixedHeight(self._days * theme.px(38) - gap)


def _in_sight(starts: list[dt.datetime], wanted: dt.datetime | None) -> list[dt.datetime]:
    """On the wanted day those from that time on; on other days some from morning to evening."""
    if len(starts) <= PER_DAY:
        return starts
    if wanted is not None and wanted <= starts[-1]:
        at = next(index for index, each in enumerate(starts) if each >= wanted)
        first = max(min(at, len(starts) - PER_DAY), 0)
        return starts[first : first + PER_DAY]
    apart = (len(starts) - 1) / (PER_DAY - 1)
    return [starts[round(index * apart)] for index in range(PER_DAY)]
