"""An administrator keeps hours, beds and kinds of visit by keyboard; a doctor reads the own ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tcmdesk.core.actor import Role
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board, desk
from tcmdesk.features.schedules.service import resources
from tcmdesk.features.schedules.service.hours import save_week
from tcmdesk.features.schedules.types import ResourceKind, Session
from tcmdesk.features.schedules.ui.hours_screen import HoursScreen
from tcmdesk.features.settings import service as settings
from tcmdesk.features.settings.types import ClinicRules
from tests.factories.bookings import booking
from tests.factories.clinic import DAY
from tests.factories.hours import week
from tests.support.sql import sql_allowed
from tests.support.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


@pytest.fixture
def doctor(small_clinic):
    with sql_allowed():
        return small_clinic.doctor("陈景和")


@pytest.fixture
def chief(workplace):
    workplace.context.actor = replace(workplace.context.actor, role=Role.ADMIN)
    return workplace.context.actor


@pytest.fixture
def screen(workplace, doctor, chief):
    with sql_allowed():
        database = workplace.context.database
        database.write(chief, "test", lambda uow: save_week(uow, chief, doctor, week(doctor, (540, 720))))
    made = HoursScreen(workplace.context)
    workplace.place(made)
    workplace.until(lambda: len(made.tables["week"].model.rows) == 7 and made.at_rest)
    made.table.setFocus()
    return made


def column(workplace, doctor, day=DAY):
    with sql_allowed():
        found = workplace.context.database.read(
            lambda connection: board.board_doctors(connection, workplace.context.actor, day)
        )
    return next(each for each in found if each.doctor_id == doctor)


def retype(text):
    field = QApplication.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_session_is_changed(workplace, doctor, screen):
    workplace.keys(KEY.Key_Down, KEY.Key_Return)
    sheet = screen.sheets["week"]
    assert screen.host.current is sheet
    assert sheet.weekday.value == 1
    sheet.session.hours.setFocus()
    retype("8:30-12")
    sheet.session.seats.setValue(2)
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    assert column(workplace, doctor).sessions == (Session(510, 720, seats=2),)


def test_a_session_is_added_and_one_that_overlaps_is_refused(workplace, doctor, screen):
    workplace.keys(KEY.Key_Down, KEY.Key_N)
    sheet = screen.sheets["week"]
    workplace.until(lambda: screen.host.current is sheet)
    sheet.session.hours.setFocus()
    retype("11-13")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: "overlap" in sheet.fields["start"].error)
    assert sheet.session.hours.text() == "11-13"
    retype("soon")
    workplace.key(KEY.Key_Return, CTRL)
    assert "Type hours" in sheet.fields["start"].error
    retype("14-17")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    assert [each.start for each in column(workplace, doctor).sessions] == [540, 840]


def test_less_than_what_is_booked_is_refused_with_names_or_kept(workplace, small_clinic, doctor, screen):
    with sql_allowed():
        patient = small_clinic.account("沈若兰")
        desk.book(
            workplace.context.database,
            workplace.context.actor,
            booking(doctor, patient, "11:30"),
            op_id=uuid7(),
        )
    workplace.keys(KEY.Key_Down, KEY.Key_Return)
    sheet = screen.sheets["week"]
    sheet.session.hours.setFocus()
    retype("9-11")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: "沈若兰" in sheet.notice.text)
    assert [each.end for each in column(workplace, doctor).sessions] == [720]
    sheet._keep_booked()
    workplace.until(lambda: screen.host.current is None)
    assert [each.end for each in column(workplace, doctor).sessions] == [660]


def test_a_session_is_removed(workplace, doctor, screen):
    workplace.keys(KEY.Key_Down, KEY.Key_Delete)
    workplace.until(lambda: len(screen.tables["week"].model.rows) == 6)
    assert column(workplace, doctor).sessions == ()


def test_an_extra_session_is_entered_and_taken_back(workplace, doctor, screen):
    workplace.key(KEY.Key_2, ALT)
    workplace.key(KEY.Key_N)
    sheet = screen.sheets["exceptions"]
    assert sheet.first.text() == sheet.last.text() == "11-24"
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    workplace.until(lambda: len(screen.tables["exceptions"].model.rows) == 1)
    assert column(workplace, doctor).sessions == (Session(540, 720), Session(1080, 1200))
    screen.table.setFocus()
    workplace.key(KEY.Key_Delete)
    workplace.until(lambda: screen.tables["exceptions"].model.rows == ())
    assert column(workplace, doctor).sessions == (Session(540, 720),)


def test_leave_is_entered_from_here_too(workplace, doctor, screen):
    workplace.key(KEY.Key_L)
    sheet = screen.host.current
    workplace.until(lambda: sheet.subtitle == "No booking is hit")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    assert [each.reason for each in column(workplace, doctor).closures] == ["Sick leave"]


def test_a_bed_and_a_kind_of_visit_that_needs_it(workplace, screen):
    workplace.key(KEY.Key_3, ALT)
    workplace.key(KEY.Key_N)
    retype("Bed 1")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    workplace.key(KEY.Key_4, ALT)
    workplace.key(KEY.Key_N)
    retype("Needles")
    sheet = screen.sheets["kinds"]
    sheet.minutes.setValue(5)
    sheet.needs.set_value(ResourceKind.BED)
    sheet.offset.setValue(5)
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    with sql_allowed():
        read, actor = workplace.context.database.read, workplace.context.actor
        beds = read(lambda connection: resources.resources(connection, actor))
        kinds = read(lambda connection: resources.visit_kinds(connection, actor))
    assert [(bed.name, bed.kind, bed.seats) for bed in beds] == [("Bed 1", ResourceKind.BED, 1)]
    assert [(kind.name, kind.doctor_minutes, kind.offset, kind.resource_minutes) for kind in kinds] == [
        ("Needles", 5, 5, 30)
    ]


@pytest.fixture
def rules(workplace):
    def read():
        with sql_allowed():
            database, actor = workplace.context.database, workplace.context.actor
            return database.read(lambda connection: settings.rules(connection, actor))

    return read


def test_a_rule_is_changed_where_it_is_opened(workplace, screen, rules):
    workplace.key(KEY.Key_5, ALT)
    workplace.keys(KEY.Key_Down, KEY.Key_Return)
    sheet = screen.sheets["rules"]
    assert sheet.extra.hasFocus()
    retype("3")
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    assert rules() == ClinicRules(extra_slots=3)
    workplace.until(lambda: "3" in [row.value for row in screen.table.model.rows])


def test_a_rule_that_was_changed_meanwhile_is_said_and_then_replaced(workplace, chief, screen, rules):
    workplace.key(KEY.Key_5, ALT)
    workplace.keys(KEY.Key_Down, KEY.Key_Return)
    with sql_allowed():
        workplace.context.database.write(
            chief,
            "test",
            lambda uow: settings.save_rules(
                uow, chief, ClinicRules(extra_slots=2, long_wait=15), read=ClinicRules()
            ),
        )
    retype("3")
    workplace.key(KEY.Key_Return, CTRL)
    sheet = screen.sheets["rules"]
    workplace.until(lambda: "Somebody else" in sheet.notice.text)
    assert (sheet.extra.value(), sheet.long_wait.value(), rules().extra_slots) == (3, 15, 2)
    workplace.key(KEY.Key_Return, CTRL)
    workplace.until(lambda: screen.host.current is None)
    assert rules() == ClinicRules(extra_slots=3, long_wait=15)


def test_a_name_is_needed(workplace, screen):
    workplace.key(KEY.Key_3, ALT)
    workplace.key(KEY.Key_N)
    workplace.key(KEY.Key_Return, CTRL)
    sheet = screen.sheets["resources"]
    workplace.until(lambda: sheet.fields["name"].error)
    assert sheet.fields["name"].control.hasFocus()


def test_a_doctor_reads_the_own_hours_only(workplace, small_clinic, doctor, qtbot):
    with sql_allowed():
        small_clinic.doctor("林若溪")
    actor = replace(workplace.context.actor, role=Role.DOCTOR, doctor_id=doctor)
    own = Workplace.open(small_clinic, actor, qtbot)
    screen = HoursScreen(own.context)
    own.place(screen)
    own.until(lambda: screen.doctor.count() == 1 and screen.at_rest)
    assert screen.doctor_id == doctor
    assert not screen.add.isVisible()
    own.key(KEY.Key_5, ALT)
    assert screen.section == "week"
    own.keys(KEY.Key_N, KEY.Key_Delete, KEY.Key_Return)
    assert screen.host.current is None
    own.close()
