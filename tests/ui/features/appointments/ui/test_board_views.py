"""Views on function keys, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tcmdesk.features.appointments.service import views
from tcmdesk.features.appointments.types import BoardView, SavedView, Span
from tests.support.sql import sql_allowed

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def stored(desk):
    with sql_allowed():
        return desk.context.database.read(lambda connection: views.views(connection, desk.context.actor))


def save(desk, key, name=""):
    desk.key(key, CTRL)
    if name:
        desk.type(name)
    desk.key(Qt.Key.Key_Return)
    number = key - Qt.Key.Key_F1 + 1
    desk.until(lambda: desk.screen.views.on(number) is not None)


@pytest.fixture
def desk(make_desk):
    return make_desk()


def test_saved_by_ctrl_and_the_key_recalled_by_the_key(desk):
    desk.key(Qt.Key.Key_2)
    desk.until(lambda: desk.screen.grid.board.is_week)
    desk.keys(Qt.Key.Key_Plus)
    save(desk, Qt.Key.Key_F2, "mine")
    assert stored(desk) == (SavedView(2, "mine", BoardView(Span.WEEK, desk.doctors[0], zoom=1.25)),)
    desk.keys(Qt.Key.Key_1, Qt.Key.Key_Minus)
    desk.until(lambda: not desk.screen.grid.board.is_week)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.screen.grid.board.is_week)
    assert desk.screen.days.view.zoom == 1.25


def test_a_name_is_offered(desk):
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_F4, CTRL)
    assert desk.screen.sheets.views.name.text() == "Month"
    desk.key(Qt.Key.Key_Escape)
    assert desk.screen.sheets.open_sheet is None
    assert stored(desk) == ()


def test_another_desk_of_the_same_person_has_it_too(desk, make_desk):
    save(desk, Qt.Key.Key_F1, "day")
    again = make_desk.open(desk.doctors, desk.context.actor)
    again.until(lambda: [view.name for view in again.screen.views.saved] == ["day"])


def test_f5_is_the_windows_until_a_view_is_on_it(desk):
    retried = []
    desk.context.shortcuts.add(desk.window, "F5", "Try again", lambda: retried.append(True))
    desk.key(Qt.Key.Key_F5)
    assert retried == [True]
    desk.key(Qt.Key.Key_3)
    save(desk, Qt.Key.Key_F5)
    desk.key(Qt.Key.Key_1)
    desk.loaded()
    desk.key(Qt.Key.Key_F5)
    assert desk.screen.days.view.span is Span.MONTH
    assert retried == [True]
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_F5)
    assert retried == [True, True]


def test_ctrl_f6_goes_on_when_f6_is_taken(desk):
    save(desk, Qt.Key.Key_F6)
    assert any(hint.keys == "Ctrl F6" for hint in desk.screen.key_hints())
    desk.screen.grid.setFocus()
    before = QApplication.focusWidget()
    desk.key(Qt.Key.Key_F6, CTRL)
    assert QApplication.focusWidget() is not before
    assert desk.screen.sheets.open_sheet is None


def test_the_list_shows_recalls_and_empties(desk):
    desk.key(Qt.Key.Key_3)
    save(desk, Qt.Key.Key_F1, "whole")
    desk.keys(Qt.Key.Key_1, Qt.Key.Key_B)
    panel = desk.screen.sheets.views
    assert desk.screen.sheets.open_sheet is panel
    assert panel.list.hasFocus()
    assert panel.views_model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "F1 whole Month"
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.days.view.span is Span.MONTH
    desk.keys(Qt.Key.Key_B, Qt.Key.Key_Delete)
    desk.until(lambda: stored(desk) == ())


def test_keys_are_shown(desk):
    save(desk, Qt.Key.Key_F3, "today")
    assert any((hint.keys, hint.text) == ("F3", "today") for hint in desk.screen.key_hints())


def test_a_view_of_a_doctor_who_left_shows_somebody(desk):
    with sql_allowed():
        desk.context.database.write(
            desk.context.actor, "test",
            lambda uow: views.save_view(
                uow, desk.context.actor, SavedView(7, "old", BoardView(Span.WEEK, doctor_id="gone"))
            ),
        )  # fmt: skip
    desk.screen.views.load()
    desk.until(lambda: desk.screen.views.on(7) is not None)
    desk.key(Qt.Key.Key_F7)
    desk.until(lambda: desk.screen.grid.board.is_week)
    assert desk.screen.grid.board.doctors[0].doctor_id in desk.doctors


def test_only_one_doctor_of_the_day_is_a_view_too(desk):
    desk.screen.bar.whose_chosen.emit(desk.doctors[1], "")
    desk.until(lambda: len(desk.screen.grid.board.doctors) == 1)
    save(desk, Qt.Key.Key_F8)
    desk.screen.bar.whose_chosen.emit("", "")
    desk.until(lambda: len(desk.screen.grid.board.doctors) == 2)
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: [doctor.doctor_id for doctor in desk.screen.grid.board.doctors] == [desk.doctors[1]])
