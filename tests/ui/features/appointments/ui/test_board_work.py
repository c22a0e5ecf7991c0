"""Moving, cancelling, confirming, completing: by key and by mouse, with the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tcmdesk.features.appointments.types import Status
from tcmdesk.features.appointments.ui.cancel_dialog import CancelDialog
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot
from tcmdesk.features.appointments.ui.steps_row import Step
from tests.support.sql import sql_allowed

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def busy(make_desk):
    """A desk with 方宁 unconfirmed at 11:00 with the first doctor."""
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("方宁"), "11:00")
    desk.reload()
    desk.choose("方宁")
    return desk


def dialog(desk):
    desk.until(lambda: isinstance(QApplication.activeModalWidget(), CancelDialog))
    return QApplication.activeModalWidget()


def answer(desk, asked, *keys):
    """Press keys in a dialog; the window gets the keyboard back, as a window manager would give it."""
    for key in keys:
        QTest.keyClick(asked.focusWidget(), key)
    desk.until(lambda: QApplication.activeModalWidget() is None)
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)


def test_move_by_keyboard_and_undo(busy):
    busy.key(Qt.Key.Key_M)
    assert busy.screen.grid.carry is not None
    busy.keys(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    busy.until(lambda: busy.cards()["方宁"].doctor_id == busy.doctors[1])
    card = busy.cards()["方宁"]
    assert busy.clock(card) == "11:30"
    busy.loaded()
    assert busy.screen.grid.spot == CardSpot(card.appointment_id)
    assert busy.screen.grid.carry is None
    busy.until(lambda: busy.bar.undo is not None)
    busy.key(Qt.Key.Key_Z, CTRL)
    busy.until(lambda: busy.clock(busy.cards()["方宁"]) == "11:00")
    assert busy.cards()["方宁"].doctor_id == busy.doctors[0]


def test_move_over_the_break_skips_it(busy):
    busy.key(Qt.Key.Key_M)
    for _ in range(5):
        busy.key(Qt.Key.Key_Down)
    assert busy.screen.grid.carry.minute == 14 * 60 + 15


def test_escape_leaves_the_card_where_it_was(busy):
    busy.keys(Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert busy.screen.grid.carry is None
    assert busy.clock(busy.cards()["方宁"]) == "11:00"


def test_move_to_the_next_day(busy):
    busy.keys(Qt.Key.Key_M, Qt.Key.Key_BracketRight)
    busy.loaded()
    assert busy.screen.grid.board.day.day == 25
    busy.key(ENTER)
    busy.until(lambda: "方宁" not in busy.cards())
    busy.until(lambda: "方宁" in busy.shown())


def test_a_taken_cell_refuses_and_keeps_carrying(busy):
    with sql_allowed():
        busy.clinic.platform_booking(
            busy.doctors[0], busy.clinic.account("沈若兰"), "11:30", status="confirmed"
        )
    busy.reload()
    busy.keys(Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    assert busy.screen.grid.carry is not None
    assert "沈若兰" in busy.bar.texts[-1]
    assert busy.clock(busy.cards()["方宁"]) == "11:00"


def test_move_by_drag(busy):
    grid = busy.screen.grid
    start = grid.card_rect(grid.card).center().toPoint()
    cell = QPoint(start.x() + grid.columnWidth(0), start.y() + 2 * grid.axis.cell)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(20, 20))
    QTest.mouseMove(grid.viewport(), cell)
    assert grid.carry.doctor_id == busy.doctors[1]
    busy.reload()
    assert grid.carry is not None, "a refresh in the middle lets nothing fall"
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    busy.until(lambda: busy.cards()["方宁"].doctor_id == busy.doctors[1])
    assert busy.clock(busy.cards()["方宁"]) == "11:30"


def test_a_small_shake_of_the_hand_is_a_click(busy):
    grid = busy.screen.grid
    start = grid.card_rect(grid.card).center().toPoint()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(2, 1))
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert grid.carry is None
    assert busy.screen.sheets.open_sheet is busy.screen.sheets.details


def test_cancel_with_a_reason_and_undo(busy):
    busy.key(Qt.Key.Key_X)
    asked = dialog(busy)
    QTest.keyClick(asked.focusWidget(), Qt.Key.Key_3)
    assert asked.reason == "Doctor is not available"
    answer(busy, asked, ENTER)
    busy.until(lambda: busy.cards()["方宁"].status is Status.CANCELLED)
    busy.until(lambda: "方宁" not in busy.shown())
    assert busy.screen.grid.spot.minute == 660, "the freed cell is chosen, ready to be booked"
    busy.key(Qt.Key.Key_Z, CTRL)
    busy.until(lambda: busy.cards()["方宁"].status is Status.PENDING)
    busy.until(lambda: "方宁" in busy.shown())


def test_keeping_an_appointment_costs_nothing(busy):
    busy.key(Qt.Key.Key_Delete)
    QTest.keyClick(dialog(busy), Qt.Key.Key_Escape)
    assert busy.cards()["方宁"].status is Status.PENDING


def test_confirm_complete_and_undo(busy):
    busy.key(Qt.Key.Key_O)
    busy.until(lambda: busy.cards()["方宁"].status is Status.CONFIRMED)
    busy.until(lambda: busy.screen.grid.card.card.status is Status.CONFIRMED)
    busy.key(Qt.Key.Key_D)
    busy.until(lambda: busy.cards()["方宁"].status is Status.COMPLETED)
    busy.loaded()
    busy.until(lambda: busy.bar.undo is not None and "completed" in busy.bar.texts[-1])
    busy.key(Qt.Key.Key_Z, CTRL)
    busy.until(lambda: busy.cards()["方宁"].status is Status.CONFIRMED)


def test_cancelled_cards_can_be_shown_and_restored(busy):
    busy.key(Qt.Key.Key_X)
    answer(busy, dialog(busy), ENTER)
    busy.until(lambda: "方宁" not in busy.shown())
    busy.key(Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert "方宁" in busy.shown()
    busy.choose("方宁")
    busy.key(ENTER)
    details = busy.screen.sheets.details
    assert details.steps.buttons[Step.RESTORE].isVisible()
    details.steps.buttons[Step.RESTORE].click()
    busy.until(lambda: busy.cards()["方宁"].status in {Status.PENDING, Status.CONFIRMED})


def test_moving_to_where_the_patient_is_elsewhere_says_so(busy):
    with sql_allowed():
        user = busy.cards()["方宁"].ref.user_id
        busy.clinic.platform_booking(busy.doctors[1], user, "11:30", status="confirmed")
    busy.reload()
    busy.screen.grid.set_spot(
        next(CardSpot(key) for key, each in busy.screen.grid.board.placed.items() if each.start == 660)
    )
    busy.keys(Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    busy.until(lambda: any("林若溪" in text for text in busy.bar.texts))
    assert busy.bar.undo is not None


def test_a_click_puts_down_what_the_keyboard_picked_up(busy):
    grid = busy.screen.grid
    busy.key(Qt.Key.Key_M)
    cell = grid.spot_rect(CellSpot(busy.doctors[1], 14 * 60 + 30)).center().toPoint()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    busy.until(lambda: busy.clock(busy.cards()["方宁"]) == "14:30")


def test_a_move_that_another_desk_made_meanwhile_is_not_undone(busy):
    busy.key(Qt.Key.Key_M)
    with sql_allowed(), busy.context.database.writes.begin() as connection:
        connection.exec_driver_sql("UPDATE appointments SET time_slot = '15:00'")
    busy.reload()
    busy.keys(Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    busy.until(lambda: any("changed" in text for text in busy.bar.texts))
    assert busy.clock(busy.cards()["方宁"]) == "15:00"
