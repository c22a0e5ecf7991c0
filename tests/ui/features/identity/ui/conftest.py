"""An administrator's desk: the real screen, on real services and a SQLite file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import Department
from tcmdesk.features.identity.ui.staff_screen import StaffScreen
from tcmdesk.ui.messages import MessageBar
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import NOW, SmallClinic
from tests.factories.staff import administrator, quick_hash, staff_account
from tests.support.keyboard import NONE, press, type_text
from tests.support.sql import sql_allowed
from tests.support.ui_context import surroundings

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext


@dataclass
class Desk:
    """The screen at work, and what tests ask of it."""

    clinic: SmallClinic
    context: UiContext
    window: QWidget
    bar: MessageBar
    screen: StaffScreen
    qtbot: object
    bugs: list

    def key(self, key, modifiers=NONE):
        press(self.window, key, modifiers)

    def type(self, text):
        type_text(text)

    def until(self, check):
        self.qtbot.waitUntil(check, timeout=8000)

    def loaded(self):
        self.until(lambda: self.screen.at_rest)

    def names(self):
        """What the list in front shows, from top to bottom."""
        model = self.screen.directory.model
        return [model.data(model.index(row, 0)) for row in range(model.rowCount()) if self._shown(model, row)]

    @staticmethod
    def _shown(model, row):
        model.data(model.index(row, 0))
        QApplication.processEvents()
        return True

    def open_row(self, name):
        """Put the keyboard on a row and press Enter."""
        rows = self.screen.directory.rows
        row = next(each for each in rows if getattr(each, "fields", each).name == name)
        self.screen.directory.choose(getattr(row, "department_id", None) or row.user_id)
        self.screen.directory.table.setFocus()
        self.key(Qt.Key.Key_Return)
        self.until(lambda: self.screen.host.current is not None)
        return self.screen.host.current

    def show(self, name):
        self.screen.show_list(name)
        self.loaded()

    def saved(self, sheet):
        """Press the key that saves, and wait for the answer."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.until(sheet.save.isEnabled)
        self.loaded()

    def elsewhere(self, model, where, **values):
        """What another workstation writes."""
        from sqlalchemy import update

        with sql_allowed(), self.clinic.database.writes.begin() as connection:
            connection.execute(update(model).where(where).values(**values))

    def rings(self, *tables):
        self.context.changes.changed.emit(frozenset(tables))
        self.loaded()


@pytest.fixture(autouse=True)
def _look(qapp):
    apply(qapp, Theme(motion=False, language="en"))
    yield
    apply(qapp, Theme())


@pytest.fixture
def clinic(sqlite_url):
    with sql_allowed():
        database = Database(sqlite_url, workstation="test", clock=FixedClock(NOW), give_up_seconds=0.3)
        yield SmallClinic(database)
        database.close()


@pytest.fixture
def open_desk(clinic, qtbot, qapp):
    """``open_desk(language)``: the screen of an administrator, on two departments and four people."""
    opened = []

    def make(language="en", size=(1212, 772)):
        with sql_allowed():
            admin = administrator(clinic)
            staff_account(clinic, "fangyun", "方芸", role="patient", desk_role="frontdesk")
            staff_account(
                clinic, "yewan", "叶晚", role="patient", desk_role="pharmacist", desk_status="suspended"
            )
            staff_account(clinic, "lin", "林若溪", role="patient", desk_role="doctor")
            for name, code in (("内科", "NK"), ("妇儿科", "FE")):
                clinic.insert(Department.__table__, id=uuid7(), name=name, code=code, created_at=NOW)
        made = surroundings(clinic.database, admin, language=language)
        context = made.context
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        bar = MessageBar(context.messages, "Close")
        screen = StaffScreen(context)
        column.addWidget(bar)
        column.addWidget(screen, 1)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        screen.activate()
        desk = Desk(clinic, context, window, bar, screen, qtbot, made.bugs)
        desk.owner = made.owner
        opened.append(desk)
        desk.loaded()
        return desk

    yield make
    for desk in opened:
        desk.screen.deactivate()
        desk.context.executor.close()
        assert desk.bugs == []


@pytest.fixture
def desk(open_desk, monkeypatch):
    monkeypatch.setattr("tcmdesk.features.identity.ui.staff_sheet.hash_password", quick_hash)
    return open_desk()
