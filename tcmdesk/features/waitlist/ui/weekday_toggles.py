"""Which days of the week will do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tcmdesk.features.waitlist.types import EVERY_DAY
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.core.i18n import Translator

_MONDAY: Final = dt.date(2026, 11, 23)


class _Day(Button):
    """One day; the arrows step to its neighbours, as in a group."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class WeekdayToggles(Themed, QWidget):
    """Seven toggles: Space turns one on or off, the arrows move, 1 to 7 toggle from anywhere inside.

    `value` has a bit a day, Monday lowest; `value_changed` says that the user changed it.
    """

    value_changed = Signal(int)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr.gettext("Weekdays"))
        self._row = QHBoxLayout(self)
        self._days: list[_Day] = []
        for number in range(7):
            word = tr.weekday(_MONDAY + dt.timedelta(days=number))
            day = _Day(word, kind="tool", size="small", checkable=True, name=word, parent=self)
            day.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            day.stepped.connect(lambda step, at=number: self._step(at + step))
            day.clicked.connect(lambda _on: self.value_changed.emit(self.value))
            self._days.append(day)
            self._row.addWidget(day)
        self.set_value(EVERY_DAY)
        self.setFocusProxy(self._days[0])
        self.start_theming()

    def apply_theme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(4))

    @property
    def value(self) -> int:
        return sum(1 << number for number, day in enumerate(self._days) if day.isChecked())

    def set_value(self, weekdays: int) -> None:
        for number, day in enumerate(self._days):
            day.setChecked(bool(weekdays >> number & 1))

    def toggle(self, number: int) -> None:
        """Turn the day of this number, from 1, on or off."""
        if 1 <= number <= 7:
            self._days[number - 1].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_7:
            self.toggle(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _step(self, at: int) -> None:
        self._days[at % 7].setFocus(Qt.FocusReason.TabFocusReason)
