"""The fields of a wish."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import LENGTHS, VISIT_TYPE_LABELS, DoctorColumn, VisitType
from tcmdesk.features.waitlist.types import (
    AFTERNOON,
    EVERY_DAY,
    MORNING,
    NOTE_MAX,
    WHOLE_DAY,
    Wish,
)
from tcmdesk.features.waitlist.ui.weekday_toggles import WeekdayToggles
from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator

STEP_MINUTES: Final = 30
EARLIEST, LATEST = 6 * 60, 22 * 60
SPANS: Final = (1, 7, 14, 28, 91)
"""Days for which one may wait, today included."""

ANYONE: Final = ""
_DOCTOR, _DEPARTMENT = "doctor:", "department:"
# Qt keeps texts as they are, but turns dates and tuples into values of its own.


def target_key(doctor_id: str | None, department: str | None) -> str:
    """The value of a choice of the box of doctors and departments."""
    return f"{_DOCTOR}{doctor_id}" if doctor_id else f"{_DEPARTMENT}{department}" if department else ANYONE


def target_of(key: str) -> tuple[str | None, str | None]:
    """The reverse: a doctor's id, or a department's name, or neither."""
    if key.startswith(_DOCTOR):
        return key.removeprefix(_DOCTOR), None
    return None, key.removeprefix(_DEPARTMENT) or None


class WishFields(Themed, QWidget):
    """Doctor or department, weekdays, window of the day, until when, length, kind and note."""

    def __init__(self, tr: Translator, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        _ = tr.gettext
        self._today = today
        self._first_day: dt.date | None = None
        self.target = ComboBox([(ANYONE, _("Any doctor"))])
        self.weekdays = WeekdayToggles(tr, self)
        self.part = SegmentedControl(
            [
                (WHOLE_DAY, _("Any time")),
                (MORNING, _("Morning")),
                (AFTERNOON, _("Afternoon")),
                (None, _("From–until")),
            ],
            name=_("Time of day"),
            parent=self,
        )
        times = [(minute, _clock(minute)) for minute in range(EARLIEST, LATEST + 1, STEP_MINUTES)]
        self.start = ComboBox(times, value=9 * 60, name=_("From"))
        self.end = ComboBox(times, value=12 * 60, name=_("Until"))
        self._between = Row(self.start, self.end, rest="equal", parent=self)
        self.last_day = ComboBox(name=_("Waits until"))
        self.minutes = SegmentedControl(
            [(length, _("{minutes}").format(minutes=length)) for length in LENGTHS],
            name=_("Minutes"),
            parent=self,
        )
        self.visit_type = SegmentedControl(
            [(value, _(VISIT_TYPE_LABELS[value])) for value in (VisitType.IN_PERSON, VisitType.VIDEO)],
            name=_("Visit"),
            parent=self,
        )
        self.urgent = SegmentedControl(
            [(False, _("Normal")), (True, _("Urgent"))], name=_("Priority"), parent=self
        )
        self.note = TextInput()
        self.note.setMaxLength(NOTE_MAX)
        self._lay_out()
        self.part.value_changed.connect(self._on_part_value_changed)
        self.setFocusProxy(self.target)
        self.clear(today)
        self.start_theming()

    def _lay_out(self) -> None:
        _ = self._tr.gettext
        self._fields = {
            "doctor": Field(_("Doctor or department"), self.target, reserve=False, parent=self),
            "weekdays": Field(_("Weekdays"), self.weekdays, parent=self),
            "window": Field(_("Time of day"), self.part, parent=self),
            "last_day": Field(_("Waits until"), self.last_day, reserve=False, parent=self),
            "minutes": Field(_("Minutes"), self.minutes, reserve=False, parent=self),
            "visit_type": Field(_("Visit"), self.visit_type, reserve=False, parent=self),
            "urgent": Field(_("Priority"), self.urgent, reserve=False, parent=self),
            "note": Field(_("Remark"), self.note, parent=self),
        }
        fields = self._fields
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for line in (
            Row(fields["doctor"], fields["last_day"], rest="equal", spacing=16, parent=self),
            fields["weekdays"],
            fields["window"],
            self._between,
            Row(
                fields["minutes"], fields["visit_type"], fields["urgent"], rest="end", spacing=16, parent=self
            ),
            fields["note"],
        ):
            self._column.addWidget(line)

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(6))

    def set_doctors(self, doctors: tuple[DoctorColumn, ...]) -> None:
        """Offer these, with their departments; what is chosen stays chosen."""
        _, chosen = self._tr.gettext, self.target.value
        departments = dict.fromkeys(doctor.department for doctor in doctors if doctor.department)
        options = [(ANYONE, _("Any doctor"))]
        options += [
            (target_key(None, name), _("Any of {department}").format(department=name)) for name in departments
        ]
        options += [
            (target_key(doctor.doctor_id, None), f"{doctor.name} {doctor.department}") for doctor in doctors
        ]
        if chosen not in [value for value, _word in options]:
            options.append((chosen, self.target.currentText() or _("Doctor removed")))
        self.target.set_options(options)
        self.target.set_value(chosen)

    def clear(self, today: dt.date, *, doctor_id: str | None = None) -> None:
        """The usual wish: any time of the next two weeks."""
        usual = Wish(
            doctor_id, None, EVERY_DAY, WHOLE_DAY, today, today + dt.timedelta(days=13), LENGTHS[0],
            VisitType.IN_PERSON,
        )  # fmt: skip
        self.fill(usual, today)
        self._first_day = None

    def fill(self, wish: Wish, today: dt.date) -> None:
        """Show a wish."""
        self._today, self._first_day = today, wish.first_day
        self._offer_days(wish.last_day)
        target = target_key(wish.doctor_id, wish.department)
        if self.target.findData(target) < 0:
            self.target.addItem(wish.department or "", target)
        self.target.set_value(target)
        self.weekdays.set_value(wish.weekdays)
        whole = wish.window in {WHOLE_DAY, MORNING, AFTERNOON}
        self.part.set_value(wish.window if whole else None)
        if not whole:
            for box, minute in zip((self.start, self.end), wish.window, strict=True):
                if box.findData(minute) < 0:
                    box.addItem(_clock(minute), minute)
                box.set_value(minute)
        self._between.setVisible(not whole)
        lengths = [length for length in LENGTHS if length == wish.minutes]
        self.minutes.set_value(lengths[0] if lengths else LENGTHS[-1])
        self.visit_type.set_value(wish.visit_type)
        self.urgent.set_value(wish.urgent)
        self.note.setText(wish.note)
        self.set_error(None, "")

    def _offer_days(self, wanted: dt.date) -> None:
        days = {self._today + dt.timedelta(days=span - 1) for span in SPANS}
        days.add(self._today + dt.timedelta(days=6 - self._today.weekday()))
        options = [(day.isoformat(), self._day_text(day)) for day in sorted(days | {wanted})]
        self.last_day.set_options(options)
        self.last_day.set_value(wanted.isoformat())

    def _day_text(self, day: dt.date) -> str:
        tr = self._tr
        date = tr.date(day, weekday=True, year=day.year != self._today.year)
        if day == self._today:
            return f"{tr.gettext('Today')} · {date}"
        if day == self._today + dt.timedelta(days=6 - self._today.weekday()):
            return f"{tr.gettext('This week')} · {date}"
        return date

    @property
    def wish(self) -> Wish:
        """What is wished for now."""
        doctor_id, department = target_of(self.target.value)
        window = self.part.value or (self.start.value, self.end.value)
        return Wish(
            doctor_id, department, self.weekdays.value, window, self._first_day or self._today,
            dt.date.fromisoformat(self.last_day.value),
            self.minutes.value, self.visit_type.value, self.note.text().strip(), self.urgent.value,
        )  # fmt: skip

    def set_error(self, field: str | None, text: str) -> None:
        """Say what is wrong at its field, or at the note when it is about none of them."""
        for each in self._fields.values():
            each.set_error("")
        if text:
            self._fields.get(field or "", self._fields["note"]).set_error(text)

    @property
    def errors(self) -> dict[str, str]:
        """What stands at which field."""
        return {name: field.error for name, field in self._fields.items() if field.error}

    def _on_part_value_changed(self, window: tuple[int, int] | None) -> None:
        self._between.setVisible(window is None)
        if window is None:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
