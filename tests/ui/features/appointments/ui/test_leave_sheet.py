"""A doctor falls ill: every booking finds another time by a few keys, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board
from tcmdesk.features.appointments.service import desk as service
from tcmdesk.features.appointments.ui.leave_row import RowState
from tcmdesk.features.appointments.ui.leave_sheet import LeaveSheet
from tests.factories.bookings import booking
from tests.factories.clinic import DAY, NOW, ZONE
from tests.support.sql import sql_allowed

CTRL = Qt.KeyboardModifier.ControlModifier
TIMES = ("14:00", "14:15", "14:30", "14:45", "15:00", "15:15", "15:30", "15:45", "16:00")
NAMES = "甲乙丙丁戊己庚辛壬"
MOST_KEYS = 60


@pytest.fixture
def sick(make_desk):
    """Nine bookings this afternoon, and the sheet on them."""
    desk = make_desk()
    with sql_allowed():
        for name, start in zip(NAMES, TIMES, strict=True):
            command = booking(desk.doctors[0], desk.clinic.account(f"沈{name}"), start, 15)
            service.book(desk.clinic.database, desk.context.actor, command, op_id=uuid7())
    desk.reload()
    return desk


@pytest.fixture
def open_sheet(sick):
    def opened(waits=9):
        sick.choose_cell(0, "14:00")
        sick.key(Qt.Key.Key_L)
        sheet = sick.screen.findChildren(LeaveSheet)[-1]
        sick.until(lambda: len(sheet.rows) == waits)
        sick.until(sheet.fields.first.hasFocus)
        return sheet

    return opened


def to_reason(sheet):
    """As Tab comes there: what is typed replaces the usual reason."""
    sheet.fields.reason.setFocus(Qt.FocusReason.TabFocusReason)


def next_day(desk):
    return set(desk.cards(DAY + dt.timedelta(days=1)))


class Keyboard:
    """Types, and counts every physical key; a capital or a chord is two."""

    def __init__(self, desk):
        self.desk, self.count = desk, 0

    def press(self, *keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.count += 1 + (modifiers != Qt.KeyboardModifier.NoModifier)
            self.desk.key(key, modifiers)

    def type(self, text):
        self.count += len(text)
        self.desk.type(text)


def test_nine_bookings_are_moved_one_by_one_with_few_keys(sick, open_sheet):
    sheet = open_sheet()
    keyboard = Keyboard(sick)
    keyboard.count = 1
    keyboard.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keyboard.type("bing")
    keyboard.press(Qt.Key.Key_Return)
    sick.until(sheet.rows[0].hasFocus)
    for _ in range(9):
        keyboard.press(Qt.Key.Key_Return)
    sick.until(lambda: sick.screen.sheets.open_sheet is None)
    assert next_day(sick) == {f"沈{name}" for name in NAMES}
    assert keyboard.count <= MOST_KEYS
    assert keyboard.count / 9 <= 6


def test_all_at_once(sick, open_sheet):
    sheet = open_sheet()
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return, CTRL)
    sick.until(lambda: sick.screen.sheets.open_sheet is None)
    assert next_day(sick) == {f"沈{name}" for name in NAMES}
    with sql_allowed():
        columns = sick.clinic.database.read(
            lambda connection: board.board_doctors(connection, sick.context.actor, DAY)
        )
    assert [(each.reason, each.moved) for each in columns[0].closures] == [("bing", 9)]


def test_the_arrows_choose_another_time(sick, open_sheet):
    sheet = open_sheet()
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return)
    row = sheet.rows[0]
    first = row.target
    sick.key(Qt.Key.Key_Right)
    assert row.target != first
    wanted = row.target
    sick.key(Qt.Key.Key_Return)
    sick.until(lambda: row.state is RowState.MOVED)
    moved = sick.cards(wanted.starts_at.astimezone(ZONE).date())["沈甲"]
    assert moved.starts_at == wanted.starts_at
    assert sheet.rows[1].hasFocus()


def test_a_visit_that_finds_no_time_is_cancelled_with_the_reason(sick, open_sheet):
    sheet = open_sheet()
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return)
    sick.key(Qt.Key.Key_Delete)
    sick.until(lambda: sheet.rows[0].state is RowState.CANCELLED)
    assert sick.cards()["沈甲"].status.value == "cancelled"


@pytest.mark.parametrize(("text", "words"), [("11-20", "over"), ("xyz", "Type a day")])
def test_days_that_cannot_be_are_refused_and_nothing_typed_is_lost(sick, open_sheet, text, words):
    sheet = open_sheet()
    for _ in range(5):
        sick.key(Qt.Key.Key_Backspace)
    sick.type(text)
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return, CTRL)
    field = sheet.fields.fields["until_day" if words == "over" else "from_day"]
    sick.until(lambda: words in field.error)
    assert (sheet.fields.first.text(), sheet.fields.reason.text()) == (text, "bing")
    assert not sheet.work.is_entered


def test_the_same_leave_twice_is_refused(sick, open_sheet):
    to_reason(open_sheet())
    sick.type("bing")
    sick.key(Qt.Key.Key_Return, CTRL)
    sick.until(lambda: sick.screen.sheets.open_sheet is None)
    sick.loaded()
    again = open_sheet(waits=0)
    to_reason(again)
    sick.type("ting")
    sick.key(Qt.Key.Key_Return, CTRL)
    sick.until(lambda: "overlap" in again.warning.text)
    assert again.fields.reason.text() == "ting"


def test_a_reason_is_needed_and_the_usual_ones_are_a_key_away(sick, open_sheet):
    sheet = open_sheet()
    assert sheet.fields.reason.text() == "Sick leave"
    sick.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert sheet.fields.reason.text() == "Training"
    to_reason(sheet)
    sick.key(Qt.Key.Key_Backspace)
    sick.key(Qt.Key.Key_Return, CTRL)
    assert sheet.fields.fields["reason"].error
    assert sheet.fields.reason.hasFocus()


def test_five_keys_when_a_doctor_falls_ill(sick, open_sheet):
    start = open_sheet().fields.exception.session.start
    assert start == 10 * 60 + 20, "from now on, not from midnight"
    sick.key(Qt.Key.Key_Return, CTRL)
    sick.until(lambda: sick.screen.sheets.open_sheet is None)
    assert next_day(sick) == {f"沈{name}" for name in NAMES}


def test_a_time_that_goes_meanwhile_is_said_and_others_are_offered(sick, open_sheet):
    sheet = open_sheet()
    target = sheet.rows[0].target
    with sql_allowed():
        rival = booking(target.doctor_id, sick.clinic.account("方宁"), target.starts_at, 15)
        service.book(sick.clinic.database, sick.context.actor, rival, op_id=uuid7())
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return)
    sick.key(Qt.Key.Key_Return)
    sick.until(lambda: sheet.rows[0].state is RowState.REFUSED)
    sick.until(lambda: sheet.rows[0].target.starts_at != target.starts_at)
    sheet.rows[0].setFocus()
    sick.key(Qt.Key.Key_Return)
    sick.until(lambda: sheet.rows[0].state is RowState.MOVED)
    assert NOW.date() == DAY


def test_it_is_taken_back(sick, open_sheet):
    sheet = open_sheet()
    to_reason(sheet)
    sick.type("bing")
    sick.key(Qt.Key.Key_Return)
    sick.key(Qt.Key.Key_Return)
    sick.until(lambda: sheet.rows[0].state is RowState.MOVED)
    assert sheet.undo.isVisible()
    QTest.mouseClick(sheet.undo, Qt.MouseButton.LeftButton)
    sick.until(lambda: sick.screen.sheets.open_sheet is None)
    sick.choose_cell(0, "15:00")
    again = open_sheet(waits=8)
    assert not again.work.is_entered
