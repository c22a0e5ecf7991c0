"""Working hours: a doctor's week, what differs from it, beds and rooms, kinds of visit, the clinic's rules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.features.schedules.types import WRITE
from tcmdesk.features.schedules.ui.clinic_rules import rule_rows
from tcmdesk.features.schedules.ui.clinic_rules_sheet import ClinicRulesSheet
from tcmdesk.features.schedules.ui.exception_sheet import ExceptionSheet
from tcmdesk.features.schedules.ui.hours_lists import RULES, SECTIONS, make_tables
from tcmdesk.features.schedules.ui.hours_source import Furniture, HoursSource
from tcmdesk.features.schedules.ui.hours_work import HoursWork
from tcmdesk.features.schedules.ui.kind_sheet import KindSheet
from tcmdesk.features.schedules.ui.resource_sheet import ResourceSheet
from tcmdesk.features.schedules.ui.rule_sheet import RuleSheet
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.sheet_host import SheetHost

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.schedules.types import Plan
    from tcmdesk.features.schedules.ui.form_sheet import FormSheet
    from tcmdesk.features.schedules.ui.hours_table import HoursTable
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint


class HoursScreen(Screen):
    """`open(show="resources")` opens one of the lists, `open(do="close_clinic")` the sheet of a holiday.

    Administrators change everything; a doctor reads the own hours and enters the own leave.
    """

    refresh_on: ClassVar[frozenset[str]] = frozenset(
        {
            "desk_hours",
            "desk_exceptions",
            "desk_leave_moves",
            "desk_resources",
            "desk_visit_kinds",
            "system_configs",
            "doctors",
            "users",
        }
    )

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        _ = self._
        self.may_write = context.allowed(WRITE)
        self.names: dict[str, str] = {}
        self.departments: dict[str, str] = {}
        self.plan: Plan | None = None
        self.furniture: Furniture | None = None
        self.source = HoursSource(context, self)
        self.source.furniture_found.connect(self._on_source_furniture_found)
        self.source.plan_found.connect(self._on_source_plan_found)
        self.source.failed.connect(context.messages.show_error)
        self.bar = TopBar(parent=self)
        words = (_("Weekly hours"), _("Exceptions"), _("Beds and rooms"), _("Kinds of visit"), _("Rules"))
        shown = tuple(
            (name, word)
            for name, word in zip(SECTIONS, words, strict=True)
            if name != RULES or self.may_write
        )
        self.choice = SegmentedControl(shown, name=_("List"), parent=self)
        self.doctor = ComboBox(name=_("Doctor"), parent=self)
        self.leave = Button(_("Time off"), icon="user-x", key="L", parent=self)
        self.add = Button(_("Add"), icon="plus", kind="primary", key="N", parent=self)
        self.stack = QStackedWidget(self)
        self.tables = make_tables(context.tr, self.names, self.departments, self)
        self.sheets: dict[str, FormSheet] = {}
        if self.may_write:
            self.sheets = dict(zip(
                SECTIONS,
                (
                    RuleSheet(context), ExceptionSheet(context), ResourceSheet(context), KindSheet(context),
                    ClinicRulesSheet(context),
                ),
                strict=True,
            ))  # fmt: skip
        self.host = SheetHost(self)
        self.work = HoursWork(self)
        self._build()
        self._connect(shown)
        self.start_theming()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar.left.addWidget(self.choice)
        for control in (self.doctor, self.leave, self.add):
            self.bar.right.addWidget(control)
        self.add.setVisible(self.may_write)
        column.addWidget(self.bar)
        for table in self.tables.values():
            self.stack.addWidget(table)
        column.addWidget(self.stack, 1)
        for sheet in self.sheets.values():
            self.host.adopt(sheet)
            sheet.close_requested.connect(self.work.close_sheet)
            sheet.saved.connect(self.work.on_saved)

    def _connect(self, shown: tuple[tuple[str, str], ...]) -> None:
        self.choice.value_changed.connect(self.show_section)
        self.doctor.activated.connect(self._on_doctor_activated)
        self.leave.clicked.connect(self.work.enter_leave)
        self.add.clicked.connect(self.work.begin_new)
        self.host.changed.connect(self.hints_changed)
        for table in self.tables.values():
            table.opened.connect(self.work.open_row)
            table.delete_wanted.connect(self.work.remove_row)
        add, _ = self.context.shortcuts.add, self._
        if self.may_write:
            add(self, "N", _("Add"), self.work.begin_new, rank=10)
        add(self, "L", _("Time off"), self.work.enter_leave, rank=20)
        add(self, "D", _("Doctor"), self._on_doctor_wanted, rank=30)
        for at, (name, word) in enumerate(shown, start=1):
            add(self, f"Alt+{at}", word, partial(self.show_section, name), rank=40 + at)

    # What is shown

    @property
    def section(self) -> str:
        """Which of `SECTIONS` is in front."""
        return str(self.choice.value)

    @property
    def table(self) -> HoursTable:
        return self.tables[self.section]

    @property
    def doctor_id(self) -> str:
        return self.doctor.value or ""

    def activate(self) -> None:
        super().activate()
        self.source.load_furniture()
        self.table.setFocus()

    def refresh(self, tables: frozenset[str]) -> None:  # noqa: ARG002
        self.source.load_furniture()

    def open(self, **params: object) -> None:
        show = params.get("show")
        if show in SECTIONS and (show != RULES or self.may_write):
            self.show_section(str(show))
        if params.get("do") == "close_clinic":
            self.show_section("exceptions")
            self.work.show_leave(None, "")

    def show_section(self, name: str) -> None:
        """Bring one of the lists to the front."""
        self.choice.set_value(name)
        self.host.close()
        self.stack.setCurrentWidget(self.table)
        of_doctor = name in {"week", "exceptions"}
        self.doctor.setVisible(of_doctor)
        self.leave.setVisible(of_doctor)
        self.add.setVisible(self.may_write and name != RULES)
        self.table.setFocus()
        self.hints_changed.emit()

    def _on_source_furniture_found(self, found: Furniture) -> None:
        self.furniture = found
        own = getattr(self.context.actor, "doctor_id", None)
        shown = [row for row in found.doctors if self.may_write or own in {None, row.doctor_id}]
        for words, rows in ((self.names, found.doctors), (self.departments, found.departments)):
            words.clear()
            words.update({getattr(row, "doctor_id", None) or row.department_id: _name(row) for row in rows})
        before = self.doctor_id
        self.doctor.set_options([(row.doctor_id, row.name) for row in shown])
        if before and self.doctor.findData(before) >= 0:
            self.doctor.set_value(before)
        self.tables["resources"].show_rows(found.resources)
        self.tables["kinds"].show_rows(found.kinds)
        self.tables[RULES].show_rows(rule_rows(self.context.tr, found.rules))
        if self.may_write:
            self.sheets["resources"].offer(self.names, self.departments)
            self.sheets["kinds"].offer(self.names)
        self._load_plan()

    def _load_plan(self) -> None:
        self.source.load_plan(self.doctor_id, self.today())

    def _on_source_plan_found(self, plan: Plan) -> None:
        self.plan = plan
        self.tables["week"].show_rows(plan.week)
        self.tables["exceptions"].show_rows(plan.exceptions)
        if self.may_write:
            self.sheets["week"].of_week(self.doctor_id, plan.week)
        self.hints_changed.emit()

    def _on_doctor_activated(self) -> None:
        self.host.close()
        self._load_plan()

    def _on_doctor_wanted(self) -> None:
        self.doctor.setFocus()
        self.doctor.showPopup()

    def today(self) -> dt.date:
        """The clinic's day."""
        return self.context.clock.now().astimezone(self.context.zone).date()

    # What the window asks

    def key_hints(self) -> list[KeyHint]:
        sheet = self.host.current
        return sheet.hints() if sheet is not None else super().key_hints()

    def panes(self) -> list[QWidget]:
        sheet = self.host.current
        return [self.bar, self.table, *([sheet] if sheet is not None else [])]

    def message_place(self) -> QWidget | None:
        return self.bar.free

    @property
    def at_rest(self) -> bool:
        return not self.source.loading


def _name(row: Any) -> str:
    return str(row.fields.name if hasattr(row, "fields") else row.name)
