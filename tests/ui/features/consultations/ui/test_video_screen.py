"""The list of the day by keyboard: links, the call, the licence."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tcmdesk.core.actor import Anonymous
from tcmdesk.features.consultations.service import calls, ending, licence, links, patient
from tcmdesk.features.consultations.types import Outcome
from tcmdesk.features.consultations.ui.video_screen import VideoScreen
from tests.factories.video import LICENCE
from tests.support.sql import sql_allowed

ADDRESS = "https://visit.example.test"


@pytest.fixture
def open_screen(make_place, online):
    def open_as(actor=None, size=(1280, 800)):
        place = make_place(actor, size=size)
        place.context.navigator.opened_names = []
        screen = VideoScreen(place.context)
        place.window.layout().addWidget(screen, 1000)
        place.screen = screen
        screen.activate()
        place.until(lambda: screen.setup is not None and screen.today.rows)
        place.idle()
        return place

    return open_as


@pytest.fixture
def desk(open_screen, online):
    with sql_allowed():
        online.write(online.admin, links.save_patient_address, ADDRESS)
    return open_screen()


def press(place, key):
    QTest.keyClick(place.screen.table, key)
    place.idle()


def token_of(place):
    text = place.screen.side.link.address.text()
    assert text.startswith(f"{ADDRESS}/#")
    return text.partition("#")[2]


def test_a_link_by_one_key_opens_for_the_patient(desk, online):
    press(desk, Qt.Key.Key_L)
    desk.until(desk.screen.side.link.address.isVisible)
    with sql_allowed():
        who = online.write(Anonymous(), links.redeem_link, token_of(desk), "c" * 43)
    assert who.user_id == online.patient_id
    QTest.mouseClick(desk.screen.side.link.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == desk.screen.side.link.address.text()


def test_the_code_reads_back_as_the_link(desk):
    press(desk, Qt.Key.Key_L)
    desk.until(desk.screen.side.link.address.isVisible)
    code = desk.screen.side.link.code
    assert len(code._modules) >= 21
    assert len({len(row) for row in code._modules}) == 1


def test_a_link_is_shown_once_and_never_again(desk):
    press(desk, Qt.Key.Key_L)
    desk.until(desk.screen.side.link.address.isVisible)
    desk.screen._fresh_links = {}
    desk.screen.refresh(frozenset({"desk_video_links"}))
    desk.until(lambda: not desk.screen.side.link.address.isVisible())
    assert "not opened yet" in desk.screen.side.link.line.text()


def test_who_waits_is_seen_and_the_doctor_calls(desk, online):
    with sql_allowed():
        online.patient_in(online.opened())
    desk.screen.refresh(frozenset({"desk_video_visits"}))
    desk.until(lambda: desk.screen.today.rows[0].waits)
    desk.until(desk.screen.status_items)
    assert desk.screen.status_items()[0].text == "1 waits"
    assert desk.screen.side.call.text() == "Let in and call"


def test_nobody_else_calls_a_doctors_patient(open_screen, online):
    with sql_allowed():
        clerk = online.clinic.clerk()
    place = open_screen(clerk)
    assert not place.screen.side.call.isVisible()
    press(place, Qt.Key.Key_V)
    assert place.context.dock.current is None


def test_what_is_over_with_its_rating(desk, online):
    with sql_allowed():
        room, who = online.in_call()
        online.write(online.doctor, calls.check_identity, room.consultation_id)
        online.write(online.doctor, ending.complete, room.consultation_id, Outcome("不寐", ""))
        online.write(who, patient.rate, 4, "讲得清楚")
    desk.screen.show_part("past")
    desk.until(lambda: desk.screen.past.rows)
    cells = [desk.screen.past.index(0, at).data() for at in range(desk.screen.past.columnCount())]
    assert "★★★★☆" in cells
    assert "讲得清楚" in cells


def test_switched_off_says_what_is_missing(open_screen, online):
    with sql_allowed():
        online.write(online.admin, licence.save_licence, replace(LICENCE, switched_on=False))
    place = open_screen()
    assert "switched off" in place.screen.notice.text
    assert place.screen.notice.buttons == []


def test_an_administrator_switches_it_on(open_screen, online):
    with sql_allowed():
        online.write(online.admin, licence.save_licence, replace(LICENCE, switched_on=False))
    place = open_screen(online.admin)
    press(place, Qt.Key.Key_S)
    sheet = place.screen.sheet
    assert sheet.isVisible()
    sheet.on.setChecked(True)
    sheet.approval_no.clear()
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    place.until(lambda: sheet.fields["approval_no"].error)
    sheet.approval_no.setText("DEMO-HLW-0002")
    sheet.address.setText(ADDRESS)
    sheet.until.setText("not a day")
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.fields["valid_until"].error
    sheet.until.setText("20301231")
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    place.until(lambda: not sheet.isVisible())
    place.until(lambda: place.screen.notice.text == "")
    with sql_allowed():
        assert online.read(online.admin, licence.licence).approval_no == "DEMO-HLW-0002"
