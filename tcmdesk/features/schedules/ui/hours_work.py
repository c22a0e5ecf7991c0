"""Entering, changing and taking away what the hours screen lists."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from tcmdesk.core.ids import uuid7
from tcmdesk.core.registry import panel
from tcmdesk.features.schedules.service import hours as service
from tcmdesk.features.schedules.types import ExceptionKind, HoursException, HoursRule, Resource, VisitKind
from tcmdesk.features.schedules.ui.clinic_rules import RuleRow
from tcmdesk.features.schedules.ui.hours_lists import RULES
from tcmdesk.features.schedules.ui.new_row import new_row
from tcmdesk.features.schedules.ui.rule_sheet import save_week

if TYPE_CHECKING:
    from tcmdesk.features.schedules.ui.hours_screen import HoursScreen
    from tcmdesk.ui.sheet import Sheet


class HoursWork(QObject):
    """Shows the sheet of the list in front, and takes rows away."""

    def __init__(self, screen: HoursScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._ = screen.context.tr.gettext

    # Entering and changing

    def begin_new(self) -> None:
        """A new row of the list in front."""
        screen = self._screen
        if not screen.may_write or screen.furniture is None or screen.section == RULES:
            return
        key = uuid7()
        row, title = new_row(
            screen.section,
            key,
            screen.doctor_id,
            screen.today(),
            screen.table.chosen,
            screen.furniture.resources,
            self._,
        )
        self._show_sheet(key, row, title)

    def open_row(self, row: Any) -> None:
        """Change a row."""
        screen = self._screen
        if not screen.may_write:
            return
        if isinstance(row, HoursException):
            # what has been entered is taken back and entered anew: bookings were moved because of it
            self._context.messages.done(self._("Delete takes an entry back."), key="hours")
            return
        if isinstance(row, RuleRow):
            self._show_sheet(row.name, row.rules, self._("Rules"))
            return
        key = next(getattr(row, name) for name in ("rule_id", "resource_id", "kind_id") if hasattr(row, name))
        self._show_sheet(key, row, getattr(row, "name", "") or screen.names.get(screen.doctor_id, ""))

    def _show_sheet(self, key: str, row: Any, title: str) -> None:
        sheet = self._screen.sheets[self._screen.section]
        sheet.begin(key, row, title)
        self._screen.host.show(sheet)
        sheet.take_focus()

    def close_sheet(self) -> None:
        """Back to the list."""
        self._screen.host.close()
        self._screen.table.setFocus()

    def on_saved(self, key: str) -> None:
        """A sheet has saved its row."""
        self.close_sheet()
        self._context.messages.done(self._("Saved"), key="hours")
        self._screen.source.load_furniture()
        self._screen.table.choose(key)

    def enter_leave(self) -> None:
        """Leave of the doctor in front, with the bookings it hits."""
        screen = self._screen
        if screen.doctor_id and screen.section in {"week", "exceptions"}:
            self.show_leave(screen.doctor_id, screen.names.get(screen.doctor_id, ""))

    def show_leave(self, doctor_id: str | None, name: str) -> None:
        """The sheet of a doctor's leave; of a day on which the clinic is closed when `doctor_id` is None."""
        try:
            made = panel("leave_sheet")
        except LookupError:
            return
        screen = self._screen
        sheet: Sheet = made(self._context, doctor_id, name, screen.today(), screen)
        screen.host.adopt(sheet)
        sheet.close_requested.connect(self.close_sheet)
        sheet.close_requested.connect(sheet.deleteLater)
        sheet.hints_changed.connect(screen.hints_changed)
        screen.host.show(sheet)
        sheet.take_focus()

    # Taking away

    def remove_row(self, row: Any) -> None:
        """Take a row away; what bookings refer to goes out of use instead."""
        screen, actor, database = self._screen, self._context.actor, self._context.database
        if isinstance(row, HoursException):
            own_leave = row.kind is ExceptionKind.LEAVE
            if not (screen.may_write or own_leave):
                return
            self._run(
                lambda: database.write(
                    actor, "schedules:exception:remove", lambda uow: service.remove_exception(uow, actor, row),
                    op_id=uuid7(), subject=row.exception_id,
                ),
                self._("Taken back"),
            )  # fmt: skip
        elif isinstance(row, HoursRule) and screen.may_write and screen.plan is not None:
            left = tuple(each for each in screen.plan.week if each.rule_id != row.rule_id)
            self._run(
                partial(save_week, self._context, screen.doctor_id, left, uuid7()), self._("Session removed")
            )
        elif screen.may_write and isinstance(row, Resource | VisitKind):
            self.open_row(replace(row, active=False))

    def _run(self, work: Any, said: str) -> None:
        operation = self._context.operation(self, work)
        operation.on_done(lambda _none: self._on_run_done(said)).start()

    def _on_run_done(self, said: str) -> None:
        self._context.messages.done(said, key="hours")
        self._screen.source.load_furniture()
        self._screen.table.setFocus()
