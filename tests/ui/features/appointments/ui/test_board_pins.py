"""Appointments taken off the board and put elsewhere, by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tcmdesk.features.appointments.service import views
from tcmdesk.features.appointments.types import Span
from tests.factories.clinic import DAY, ZONE
from tests.support.sql import sql_allowed

TOMORROW = DAY + dt.timedelta(days=1)


def stored(desk):
    with sql_allowed():
        return [
            card.patient_name
            for card in desk.context.database.read(
                lambda connection: views.pins(connection, desk.context.actor, ZONE)
            )
        ]


@pytest.fixture
def desk(make_desk):
    desk = make_desk()
    with sql_allowed():
        for name, slot in (("沈若兰", "14:00"), ("罗文彬", "15:00")):
            desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account(name), slot, status="confirmed")
    desk.reload()
    return desk


def pin(desk, name):
    desk.choose(name)
    desk.key(Qt.Key.Key_P)
    desk.until(lambda: name in stored(desk))


def test_pinned_then_put_on_another_day(desk):
    pin(desk, "沈若兰")
    assert desk.screen.pins.strip.isVisible()
    assert "沈若兰" in desk.cards()
    desk.key(Qt.Key.Key_BracketRight)
    desk.until(lambda: desk.screen.grid.board.day == TOMORROW)
    desk.choose_cell(1, "09:30")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "沈若兰" in desk.cards(TOMORROW))
    card = desk.cards(TOMORROW)["沈若兰"]
    assert (card.doctor_id, desk.clock(card)) == (desk.doctors[1], "09:30")
    desk.until(lambda: stored(desk) == [])
    desk.until(lambda: not desk.screen.pins.strip.isVisible())


def test_several_and_which_of_them_enter_puts_down(desk):
    pin(desk, "沈若兰")
    pin(desk, "罗文彬")
    assert desk.screen.pins.active.patient_name == "罗文彬"
    desk.choose_cell(0, "11:00")
    desk.key(Qt.Key.Key_P)
    assert desk.screen.pins.active.patient_name == "沈若兰"
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.clock(desk.cards()["沈若兰"]) == "11:00")
    desk.until(lambda: stored(desk) == ["罗文彬"])
    assert desk.clock(desk.cards()["罗文彬"]) == "15:00"


def test_esc_leaves_it_where_it_was(desk):
    pin(desk, "沈若兰")
    desk.choose_cell(0, "11:00")
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: stored(desk) == [])
    assert desk.clock(desk.cards()["沈若兰"]) == "14:00"
    assert desk.screen.grid.card.card.patient_name == "沈若兰"


def test_it_survives_a_refresh_and_a_restart(desk, make_desk):
    pin(desk, "沈若兰")
    desk.reload()
    assert [card.patient_name for card in desk.screen.pins.cards] == ["沈若兰"]
    again = make_desk.open(desk.doctors, desk.context.actor)
    again.until(lambda: [card.patient_name for card in again.screen.pins.cards] == ["沈若兰"])
    assert again.screen.pins.strip.isVisible()
    assert again.screen.grid.pinned == again.screen.pins.ids


def test_nobody_else_sees_it(desk, make_desk):
    pin(desk, "沈若兰")
    with sql_allowed():
        colleague = desk.clinic.clerk("秦前台")
    other = make_desk.open(desk.doctors, colleague)
    assert other.screen.pins.cards == ()


def test_a_taken_cell_refuses_it_and_it_stays_pinned(desk):
    pin(desk, "沈若兰")
    desk.choose_cell(0, "14:45")
    desk.key(Qt.Key.Key_Return)
    assert stored(desk) == ["沈若兰"]
    assert desk.clock(desk.cards()["沈若兰"]) == "14:00"


def test_what_another_desk_cancels_is_pinned_no_longer(desk):
    pin(desk, "沈若兰")
    with sql_allowed(), desk.context.database.writes.begin() as connection:
        connection.exec_driver_sql("UPDATE appointments SET status = 'cancelled' WHERE time_slot = '14:00'")
    desk.reload()
    desk.until(lambda: desk.screen.pins.cards == ())
    desk.until(lambda: stored(desk) == [])


def test_a_card_in_the_hand_is_pinned_too(desk):
    desk.choose("沈若兰")
    desk.keys(Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_P)
    assert desk.screen.grid.carry is None
    desk.until(lambda: stored(desk) == ["沈若兰"])


def test_new_bookings_can_still_be_made(desk):
    pin(desk, "沈若兰")
    desk.choose_cell(1, "11:00")
    desk.key(Qt.Key.Key_N)
    assert desk.screen.sheets.open_sheet is desk.screen.sheets.booking


def test_it_goes_along_into_a_week(desk):
    pin(desk, "沈若兰")
    desk.key(Qt.Key.Key_2)
    desk.until(lambda: desk.screen.grid.board.is_week)
    assert desk.screen.days.view.span is Span.WEEK
    desk.keys(Qt.Key.Key_Right, Qt.Key.Key_Return)
    desk.until(lambda: "沈若兰" in desk.cards(TOMORROW))
