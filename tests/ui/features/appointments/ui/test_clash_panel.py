"""A clash is seen on the board and resolved beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.ui.components.button import Button
from tests.support.sql import sql_allowed

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clashing(make_desk):
    desk = make_desk()
    with sql_allowed():
        for name, slot in (("卢思语", "10:45-11:15"), ("方宁", "11:00")):
            desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account(name), slot, status="confirmed")
    desk.reload()
    desk.screen.grid.setFocus()
    desk.key(Qt.Key.Key_R)
    panel = desk.screen.sheets.clash
    desk.until(lambda: len(panel.openings.shown) > 5 and panel.move_button.isEnabled())
    return desk, panel


def test_both_are_shown_and_counted(clashing):
    desk, panel = clashing
    assert {card.patient_name for card in panel.cards} == {"卢思语", "方宁"}
    assert desk.screen.status_items()[0].text == "1 clash"
    assert len(desk.screen.grid.board.frames) == 1


def test_one_gives_way_to_the_nearest_opening(clashing):
    desk, panel = clashing
    moved, target = panel.chosen.patient_name, panel.openings.selected
    desk.key(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: desk.screen.grid.board.frames == ())
    assert desk.cards()[moved].starts_at == target
    assert desk.screen.sheets.open_sheet is None
    assert desk.screen.grid.card.card.patient_name == moved
    assert desk.bar.undo is None, "its old time is taken: there is no way back"


def test_another_opening_and_the_other_patient_can_be_chosen(clashing):
    desk, panel = clashing
    first = panel.chosen.patient_name
    desk.key(Qt.Key.Key_Left)
    assert panel.chosen.patient_name != first
    desk.until(panel.move_button.isEnabled)
    before = panel.openings.selected
    desk.key(Qt.Key.Key_Right, ALT)
    assert panel.openings.selected > before


def test_a_free_cell_of_the_board_is_a_target(clashing):
    desk, panel = clashing
    desk.choose_cell(0, "15:00")
    desk.until(lambda: panel.openings.selected is not None and panel.openings.selected.hour == 7)
    name = panel.chosen.patient_name
    panel.move_button.click()
    desk.until(lambda: desk.clock(desk.cards()[name]) == "15:00")


def test_both_can_stay(clashing):
    desk, panel = clashing
    panel.keep.click()
    desk.until(lambda: desk.screen.grid.board.frames == ())
    assert {"卢思语", "方宁"} <= desk.shown()


def test_a_clash_settled_elsewhere_closes_the_sheet(clashing):
    desk, _panel = clashing
    with sql_allowed(), desk.context.database.writes.begin() as connection:
        connection.exec_driver_sql("UPDATE appointments SET status = 'cancelled' WHERE time_slot = '11:00'")
    desk.reload()
    assert desk.screen.sheets.open_sheet is None


def test_openings_that_cannot_be_read_are_asked_for_again(make_desk, monkeypatch):
    desk = make_desk()
    with sql_allowed():
        for name, slot in (("卢思语", "10:45-11:15"), ("方宁", "11:00")):
            desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account(name), slot, status="confirmed")
    desk.reload()

    def away(*_arguments, **_more):
        raise Unavailable("db.away", "away")

    monkeypatch.setattr(reading, "openings", away)
    desk.screen.grid.setFocus()
    desk.key(Qt.Key.Key_R)
    strip = desk.screen.sheets.clash.openings
    desk.until(lambda: any(button.isVisible() for button in strip.findChildren(Button)))
    monkeypatch.undo()
    next(button for button in strip.findChildren(Button) if button.isVisible()).click()
    desk.until(lambda: len(strip.shown) > 5)
