"""One session of a doctor's week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.schedules.service import hours as service
from tcmdesk.features.schedules.types import HoursRule
from tcmdesk.features.schedules.ui import words
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.features.schedules.ui.session_fields import SessionFields
from tcmdesk.ui.components.inputs import ComboBox, TextInput
from tcmdesk.ui.typed_days import read_day

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class RuleSheet(FormSheet):
    """Saving replaces the doctor's week by one with this session in it, so that overlaps are found."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Session"), parent)
        self._week: tuple[HoursRule, ...] = ()
        self.doctor_id = ""
        days = [(number, words.weekday(context.tr, number)) for number in range(7)]
        self.weekday = ComboBox(days, parent=self)
        self.add_row(("weekday", _("Weekday"), self.weekday, 1))
        self.session = SessionFields(self)
        self.first, self.last = TextInput(parent=self), TextInput(parent=self)
        self.add_row(
            ("valid_from", _("In force from"), self.first, 1),
            ("valid_until", _("In force until"), self.last, 1),
        )
        for name in ("valid_from", "valid_until"):
            self.fields[name].set_help(_("Empty: always"))
        self.body.addStretch(1)
        self.start_theming()

    def of_week(self, doctor_id: str, week: tuple[HoursRule, ...]) -> None:
        """Whose week it is, and the sessions there are."""
        self.doctor_id, self._week = doctor_id, week

    def fill(self, row: HoursRule) -> None:
        self.weekday.set_value(row.weekday)
        self.session.fill(row.session)
        for field, day in ((self.first, row.valid_from), (self.last, row.valid_until)):
            field.setText(day.isoformat() if day else "")

    def row(self) -> HoursRule | None:
        session = self.session.session()
        if session is None:
            return None
        days: list[dt.date | None] = []
        today = self.context.clock.now().astimezone(self.context.zone).date()
        for name, field in (("valid_from", self.first), ("valid_until", self.last)):
            day = read_day(field.text(), today) if field.text().strip() else None
            if day is None and field.text().strip():
                self.say(name, self._("Type a day like 11-24 or +3."))
                return None
            days.append(day)
        return HoursRule(self.key, self.doctor_id, self.weekday.value, session, *days)

    def write(self, row: HoursRule, op_id: str, *, keep: bool) -> None:
        others = [each for each in self._week if each.rule_id != row.rule_id]
        save_week(self.context, self.doctor_id, (*others, row), op_id, keep=keep)


def save_week(
    context: UiContext, doctor_id: str, week: tuple[HoursRule, ...], op_id: str, *, keep: bool = False
) -> None:
    """Write a doctor's week; runs on a worker."""
    actor = context.actor
    context.database.write(
        actor,
        "schedules:hours:save",
        lambda uow: service.save_week(uow, actor, doctor_id, week, keep=keep),
        op_id=op_id,
        subject=doctor_id,
    )
