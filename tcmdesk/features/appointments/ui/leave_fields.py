"""When somebody is away, and why."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.types import NOON
from tcmdesk.features.schedules.types import DAY_MINUTES, GRID_MINUTES, ExceptionKind, HoursException, Session
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.theme.current import Themed, current
from tcmdesk.ui.typed_days import read_day, read_hours, write_day

if TYPE_CHECKING:
    from tcmdesk.core.errors import ValidationError
    from tcmdesk.core.i18n import Translator

REASONS: Final = (N_("Sick leave"), N_("Personal leave"), N_("Training"))
HOLIDAY_REASONS: Final = (N_("Public holiday"), N_("Works in the clinic"))
WHOLE: Final = (0, DAY_MINUTES)
MORNING: Final = (0, NOON)
AFTERNOON: Final = (NOON, DAY_MINUTES)


class LeaveFields(Themed, QWidget):
    """From, until, part of the day and reason. `edited` says that the days or hours are others now.

    Somebody who goes today goes now: a whole day that is today begins at `now`.
    """

    edited = Signal()

    def __init__(self, doctor_id: str | None, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = tr.gettext
        self._tr, self._doctor_id = tr, doctor_id
        self._today = dt.date.min
        self._now = 0
        self._id = uuid7()
        self.first, self.last, self.reason, self.hours = (TextInput(parent=self) for _each in range(4))
        self.hours.setPlaceholderText("13:30-17:30")
        self.part = SegmentedControl(
            [(WHOLE, _("Whole day")), (MORNING, _("Morning")), (AFTERNOON, _("Afternoon")), (None, _("Hours"))],
            name=_("Part of the day"),
            parent=self,
        )  # fmt: skip
        words = [_(reason) for reason in (HOLIDAY_REASONS if doctor_id is None else REASONS)]
        self._words = words
        self.usual = SegmentedControl(
            [(word, word) for word in words], name=_("Reason"), small=True, parent=self
        )
        self.reason.setText(words[0])
        self.fields = {
            "from_day": Field(_("From"), self.first, parent=self),
            "until_day": Field(_("Until"), self.last, parent=self),
            "start": Field(_("Hours"), self.hours, parent=self),
            "reason": Field(_("Reason"), self.reason, aside=self.usual, parent=self),
        }
        self._days = QHBoxLayout()
        self._days.addWidget(self.fields["from_day"])
        self._days.addWidget(self.fields["until_day"])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._days)
        self._column.addWidget(self.part)
        self._column.addWidget(self.fields["start"])
        self._column.addWidget(self.fields["reason"])
        self.usual.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        order = (self.first, self.last, self.part.focusProxy(), self.hours, self.reason)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self.first.textEdited.connect(self._on_first_text_edited)
        self.last.textEdited.connect(self._on_last_text_edited)
        self.hours.textEdited.connect(self._on_hours_text_edited)
        self.usual.value_changed.connect(self._on_usual_value_changed)
        self.part.value_changed.connect(self._on_part_value_changed)
        self._follows = True
        self._show_hours()
        self.start_theming()

    def begin(self, day: dt.date, now: dt.datetime) -> None:
        """Start with one day; `now` is the clinic's time."""
        self._today = today = now.date()
        self._now = (now.hour * 60 + now.minute) // GRID_MINUTES * GRID_MINUTES
        for field in (self.first, self.last):
            field.setText(write_day(day, today))
        self._follows = True
        self._explain()

    @property
    def exception(self) -> HoursException | None:
        """The leave, or the clinic's holiday, as it stands; None while a day or the hours cannot be read."""
        first, last = self._day(self.first), self._day(self.last)
        hours = self.part.value or read_hours(self.hours.text())
        if first is None or last is None or hours is None:
            return None
        if hours == WHOLE and first == last == self._today:
            hours = (self._now, DAY_MINUTES)
        kind = ExceptionKind.HOLIDAY if self._doctor_id is None else ExceptionKind.LEAVE
        return HoursException(
            self._id, kind, self._doctor_id, first, last, Session(*hours), self.reason.text().strip()
        )

    @property
    def in_order(self) -> bool:
        """Whether there is a stretch of time to look at."""
        wanted = self.exception
        if wanted is None:
            return False
        return wanted.from_day <= wanted.until_day and wanted.session.start < wanted.session.end

    def show_unreadable(self) -> bool:
        """Say at its field what cannot be read; returns whether something cannot."""
        _ = self._tr.gettext
        self.clear_errors()
        wrong = {
            "from_day": self._day(self.first) is None,
            "until_day": self._day(self.last) is None,
            "start": self.part.value is None and read_hours(self.hours.text()) is None,
        }
        words = {"start": _("Type hours like 13:30-17:30.")}
        for name, bad in wrong.items():
            if bad:
                self.fields[name].set_error(words.get(name, _("Type a day like 11-24 or +3.")))
        return any(wrong.values())

    def show_error(self, error: ValidationError) -> None:
        """Say what was refused at its field; what was typed stays."""
        names = {"end": "start", "until_day": "until_day"}
        name = names.get(error.field or "", error.field or "until_day")
        if name == "start" and self.part.value is not None:
            name = "until_day"
        field = self.fields.get(name, self.fields["until_day"])
        field.set_error(error.text(self._tr))
        field.control.setFocus()

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")

    def prefer(self, number: int) -> None:
        """One of the usual reasons, counted from 1."""
        if self.usual.isEnabled() and 1 <= number <= len(self._words):
            self.usual.set_value(self._words[number - 1])
            self._on_usual_value_changed(self._words[number - 1])

    def freeze(self) -> None:
        """The leave is entered: its words are history."""
        for control in (self.first, self.last, self.hours, self.reason, self.part, self.usual):
            control.setEnabled(False)

    def _day(self, field: TextInput) -> dt.date | None:
        today = self._today
        if field is self.last and field.text().strip().startswith("+"):
            today = self._day(self.first) or today
        return read_day(field.text(), today)

    def _explain(self) -> None:
        for name in ("from_day", "until_day"):
            field = self.fields[name]
            day = self._day(field.control)
            field.set_help("" if day is None else self._tr.date(day, weekday=True))

    def _changed(self) -> None:
        self.clear_errors()
        self._explain()
        self.edited.emit()

    def _on_first_text_edited(self, text: str) -> None:
        if self._follows:
            self.last.setText(text)
        self._changed()

    def _on_last_text_edited(self) -> None:
        self._follows = False
        self._changed()

    def _on_hours_text_edited(self) -> None:
        self._changed()

    def _on_usual_value_changed(self, word: str) -> None:
        self.reason.setText(word)
        self.fields["reason"].set_error("")

    def _on_part_value_changed(self) -> None:
        self._show_hours()
        self._changed()

    def _show_hours(self) -> None:
        self.fields["start"].setVisible(self.part.value is None)

    def apply_theme(self) -> None:
        theme = current()
        self._days.setSpacing(theme.px(12))
        self._column.setSpacing(theme.px(6))
