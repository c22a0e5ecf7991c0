"""Staff, doctors and departments, for administrators: a list, and at its right what is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.core.errors import TranslatableError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.ui.department_sheet import DepartmentSheet
from tcmdesk.features.identity.ui.directory import Directory
from tcmdesk.features.identity.ui.doctor_sheet import DoctorSheet
from tcmdesk.features.identity.ui.idle_choice import IdleChoice
from tcmdesk.features.identity.ui.listings import department_listing, doctor_listing, staff_listing
from tcmdesk.features.identity.ui.staff_sheet import StaffSheet
from tcmdesk.features.identity.ui.staff_source import LISTS, StaffSource
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import SearchField
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.sheet_host import SheetHost

if TYPE_CHECKING:
    from tcmdesk.features.identity.types import DepartmentRow, DoctorCard, DoctorListRow, StaffRow
    from tcmdesk.features.identity.ui.edit_sheet import EditSheet
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint


class StaffScreen(Screen):
    """`open(show="doctors")` opens one of the three lists, `open(do="add_staff")` the sheet of somebody new."""

    refresh_on: ClassVar[frozenset[str]] = frozenset(
        {"users", "desk_staff", "desk_sign_ins", "doctors", "departments"}
    )

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        _ = self._
        tr = context.tr
        listings = (staff_listing(tr), doctor_listing(tr), department_listing(tr))
        self.directories = {
            name: Directory(listing, tr, self) for name, listing in zip(LISTS, listings, strict=True)
        }
        self.bar = TopBar(parent=self)
        words = (_("Staff"), _("Doctors"), _("Departments"))
        self.choice = SegmentedControl(tuple(zip(LISTS, words, strict=True)), name=_("List"), parent=self)
        self.search = SearchField(_("Name, pinyin, phone"), key="Ctrl F", quiet=False, parent=self)
        self.idle = IdleChoice(context, self)
        self.add = Button(icon="plus", text=_("Add staff"), kind="primary", key="N", parent=self)
        self.stack = QStackedWidget(self)
        self.staff_sheet, self.doctor_sheet = StaffSheet(context, self), DoctorSheet(context, self)
        self.department_sheet = DepartmentSheet(context, self)
        self.sheets: dict[str, EditSheet] = dict(
            zip(LISTS, (self.staff_sheet, self.doctor_sheet, self.department_sheet), strict=True)
        )
        self.host = SheetHost(self)
        self.source = StaffSource(context, self)
        self._wanted = ""
        self._build()
        self._connect()
        self._add_keys()
        self.start_theming()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar.left.addWidget(self.choice)
        for control in (self.idle, self.search, self.add):
            self.bar.right.addWidget(control)
        column.addWidget(self.bar)
        for directory in self.directories.values():
            self.stack.addWidget(directory)
        column.addWidget(self.stack, 1)
        for sheet in self.sheets.values():
            self.host.adopt(sheet)

    def _connect(self) -> None:
        self.choice.value_changed.connect(self.show_list)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.add.clicked.connect(self.begin_new)
        for directory in self.directories.values():
            directory.opened.connect(self._on_directory_opened)
        for sheet in self.sheets.values():
            sheet.close_requested.connect(self.close_sheet)
            sheet.saved.connect(self._on_sheet_saved)
            sheet.hints_changed.connect(self.hints_changed)
        self.staff_sheet.details_requested.connect(self._on_staff_sheet_details_requested)
        self.staff_sheet.taken_on.connect(self._on_staff_sheet_taken_on)
        self.host.changed.connect(self.hints_changed)

    def _add_keys(self) -> None:
        add, _ = self.context.shortcuts.add, self._
        add(self, "N", _("Add an entry"), self.begin_new, rank=20)
        add(self, "Ctrl+F", _("Search"), self.search.setFocus, rank=30)
        for at, name in enumerate(LISTS, start=1):
            words = (_("Staff"), _("Doctors"), _("Departments"))
            add(self, f"Alt+{at}", words[at - 1], lambda name=name: self.show_list(name), rank=40 + at)

    @property
    def shown(self) -> str:
        """Which of `LISTS` is in front."""
        return str(self.choice.value)

    @property
    def directory(self) -> Directory:
        return self.directories[self.shown]

    def activate(self) -> None:
        super().activate()
        self.load()
        self.idle.load()
        self.directory.setFocus()

    def open(self, **params: object) -> None:
        if params.get("show") in LISTS:
            self.show_list(str(params["show"]))
        if params.get("do") == "add_staff":
            self.show_list("staff")
            self.begin_new()

    def show_list(self, name: str) -> None:
        """Bring one of the lists to the front; what is being edited is put aside."""
        self.choice.set_value(name)
        self.host.close()
        self.stack.setCurrentWidget(self.directory)
        self.idle.setVisible(name == "staff")
        # a doctor is somebody of the staff first
        self.add.setVisible(name != "doctors")
        self.add.setText(self._("Add staff") if name == "staff" else self._("New department"))
        self.search.clear()
        self.load()
        self.directory.setFocus()
        self.hints_changed.emit()

    def refresh(self, tables: frozenset[str]) -> None:  # noqa: ARG002
        self.load()

    def load(self) -> None:
        """Read the list in front; it keeps its selection."""
        name = self.shown
        self.directory.show_loading()
        self.source.read_list(name, lambda rows: self._on_rows(name, rows), self._on_not_read)

    def _on_rows(self, name: str, rows: tuple[Any, ...]) -> None:
        self.directories[name].show_rows(rows)
        self.directories[name].choose_first()
        if name == "staff":
            self._follow(self.staff_sheet, {row.user_id: row for row in rows})
        elif name == "departments":
            self._follow(self.department_sheet, {row.department_id: row for row in rows})
        elif self.doctor_sheet.isVisible():
            self.source.read_card(self.doctor_sheet.key, self.doctor_sheet.show_card)

    def _follow(self, sheet: StaffSheet | DepartmentSheet, rows: dict[str, Any]) -> None:
        wanted, self._wanted = rows.get(self._wanted), ""
        if wanted is not None:
            self._on_directory_opened(wanted)
            return
        row = rows.get(sheet.key)
        if row is not None and sheet.isVisible():
            sheet.show_row(row)

    def _on_not_read(self, error: BaseException) -> bool:
        if isinstance(error, TranslatableError):
            again = Action(self._("Try again"), self.load)
            self.directory.show_error(error.text(self.context.tr), again)
        return False

    # Editing

    def begin_new(self) -> None:
        """A new row of the list in front."""
        if self.shown == "staff":
            self.staff_sheet.begin_new(
                self.staff_sheet.key if self._unfinished(self.staff_sheet) else uuid7()
            )
        elif self.shown == "departments":
            sheet = self.department_sheet
            sheet.begin_new(sheet.key if self._unfinished(sheet) else uuid7())
        else:
            return
        self._show_sheet()

    def _unfinished(self, sheet: EditSheet) -> bool:
        """Whether the sheet holds somebody new who was never saved."""
        known = set(map(self._id_of, self.directory.rows))
        return sheet.dirty and sheet.key not in known

    def _id_of(self, row: Any) -> str:
        return str(getattr(row, "department_id" if self.shown == "departments" else "user_id"))

    def _on_directory_opened(self, row: StaffRow | DoctorListRow | DepartmentRow) -> None:
        if self.shown == "staff":
            self.staff_sheet.begin_row(row)
        elif self.shown == "departments":
            self.department_sheet.begin_row(row)
        else:
            self._open_doctor(row.user_id)
            return
        self._show_sheet()

    def _open_doctor(self, user_id: str) -> None:
        def show(card: DoctorCard) -> None:
            self.doctor_sheet.begin_card(card)
            self._show_sheet()

        self.source.read_departments(self.doctor_sheet.set_departments)
        self.source.read_card(user_id, show)

    def _show_sheet(self) -> None:
        sheet = self.sheets[self.shown]
        self.host.show(sheet)
        sheet.lead_to_first()

    def close_sheet(self) -> None:
        """Back to the list; what is half-written stays in the sheet."""
        sheet = self.host.current
        self.host.close()
        self.directory.setFocus(Qt.FocusReason.OtherFocusReason)
        if sheet is not None and self.sheets[self.shown].dirty:
            self.context.messages.done(self._("Not saved yet. It is there when you open it again."))

    def _on_sheet_saved(self, key: str) -> None:
        focused = QApplication.focusWidget()
        self.load()
        self.directory.choose(key)
        if focused is not None:
            focused.setFocus()

    def _on_staff_sheet_details_requested(self, user_id: str) -> None:
        said = self.staff_sheet.notice.text
        self.show_list("doctors")
        self._open_doctor(user_id)
        # a first password is told once, so it must not go with the sheet
        self.context.messages.warn(said, key="password")

    def _on_staff_sheet_taken_on(self, user_id: str) -> None:
        self._wanted = user_id
        self.load()

    # What the window asks

    def _on_search_text_changed(self, text: str) -> None:
        self.directory.find(text)

    def _on_search_return_pressed(self) -> None:
        self.directory.choose_first()
        if self.directory.chosen is not None:
            self._on_directory_opened(self.directory.chosen)

    def can_close(self) -> bool:
        return not any(sheet.drafts for sheet in self.sheets.values())

    def key_hints(self) -> list[KeyHint]:
        if isinstance(self.host.current, (StaffSheet, DoctorSheet, DepartmentSheet)):
            return self.host.current.hints()
        return super().key_hints()

    def panes(self) -> list[QWidget]:
        sheet = self.host.current
        return [self.bar, self.directory, *([sheet] if sheet is not None else [])]

    def message_place(self) -> QWidget | None:
        return self.bar.free

    @property
    def at_rest(self) -> bool:
        return self.source.pending == 0
