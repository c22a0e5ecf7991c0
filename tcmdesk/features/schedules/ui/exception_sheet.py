"""An extra session, changed hours, or a day the clinic is closed. Leave has a sheet of its own, with what it hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.schedules.service import hours as service
from tcmdesk.features.schedules.types import EXCEPTION_LABELS, ExceptionKind, HoursException
from tcmdesk.features.schedules.ui.form_sheet import FormSheet
from tcmdesk.features.schedules.ui.session_fields import SessionFields
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.typed_days import read_day, write_day

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext

KINDS = (ExceptionKind.EXTRA, ExceptionKind.CHANGED)


class ExceptionSheet(FormSheet):
    """Hours of some days that the week has not."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(context, _("Extra or changed hours"), parent)
        self.doctor_id: str | None = None
        self.first, self.last, self.reason = (TextInput(parent=self) for _each in range(3))
        self.kind = SegmentedControl(
            [(kind, _(EXCEPTION_LABELS[kind])) for kind in KINDS], name=_("What"), parent=self
        )
        self.add_row(("from_day", _("From"), self.first, 1), ("until_day", _("Until"), self.last, 1))
        self.add_row(("kind", _("What"), self.kind, 1))
        self.session = SessionFields(self)
        self.add_row(("reason", _("Reason"), self.reason, 1))
        self.body.addStretch(1)
        self._follows = True
        self.first.textEdited.connect(self._on_first_text_edited)
        self.last.textEdited.connect(self._on_last_text_edited)
        self.start_theming()

    def fill(self, row: HoursException) -> None:
        today = self._today()
        self.doctor_id, self._follows = row.doctor_id, row.from_day == row.until_day
        self.first.setText(write_day(row.from_day, today))
        self.last.setText(write_day(row.until_day, today))
        self.kind.set_value(row.kind)
        self.session.fill(row.session)
        self.reason.setText(row.reason)

    def row(self) -> HoursException | None:
        days = {}
        for name, field in (("from_day", self.first), ("until_day", self.last)):
            days[name] = read_day(field.text(), self._today())
            if days[name] is None:
                self.say(name, self._("Type a day like 11-24 or +3."))
                return None
        session = self.session.session()
        if session is None:
            return None
        return HoursException(
            self.key, self.kind.value, self.doctor_id, days["from_day"], days["until_day"], session,
            self.reason.text().strip(),
        )  # fmt: skip

    def write(self, row: HoursException, op_id: str, *, keep: bool) -> None:
        actor = self.context.actor
        self.context.database.write(
            actor,
            "schedules:exception:enter",
            lambda uow: service.add_exception(uow, actor, row, keep=keep),
            op_id=op_id,
            subject=row.exception_id,
        )

    def _today(self) -> dt.date:
        return self.context.clock.now().astimezone(self.context.zone).date()

    def _on_first_text_edited(self, text: str) -> None:
        if self._follows:
            self.last.setText(text)

    def _on_last_text_edited(self) -> None:
        self._follows = False
