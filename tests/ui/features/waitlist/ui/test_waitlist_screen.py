"""The waitlist by keyboard: put on, offer, accept, decline, withdraw, take off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.waitlist.service import desk, entries
from tcmdesk.features.waitlist.types import EntryStatus
from tcmdesk.features.waitlist.ui.waitlist_screen import WaitlistScreen
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.waiting import add
from tests.support.sql import sql_allowed

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def people(small_clinic):
    with sql_allowed():
        ids = {"doctor": small_clinic.doctor("周怀瑾"), "liang": small_clinic.account("梁晚秋")}
        child = small_clinic.member(ids["liang"], "梁小满", "son")
        small_clinic.index()
        return ids | {"child": child}


@pytest.fixture
def open_screen(workplace):
    def open_screen():
        screen = WaitlistScreen(workplace.context)
        workplace.place(screen)
        workplace.until(lambda: screen.at_rest)
        return screen

    return open_screen


@pytest.fixture
def waits(workplace, people):
    def waits(**fields):
        command = add(PatientRef(people["liang"]), people["doctor"], **fields)
        with sql_allowed():
            desk.add(workplace.context.database, workplace.context.actor, command, op_id=uuid7())
        return command.entry_id

    return waits


def stored(workplace, entry_id):
    with sql_allowed():
        return workplace.context.database.read(
            lambda connection: entries.entry(connection, workplace.context.actor, entry_id, now=NOW)
        )


def booked(workplace):
    with sql_allowed():
        found = workplace.context.database.read(
            lambda connection: board.day_board(connection, workplace.context.actor, DAY, ZONE)
        )
    return [f"{card.starts_at.astimezone(ZONE):%H:%M} {card.patient_name}" for card in found.cards]


def offer_first(workplace, screen):
    workplace.until(lambda: screen.panel.openings)
    workplace.key(Qt.Key.Key_1)
    workplace.until(lambda: screen.chosen is not None and screen.chosen.offer is not None)


def test_nobody_waits(open_screen):
    screen = open_screen()
    assert not screen.stack.shows_content
    assert "Nobody waits" in screen.stack.currentWidget().accessibleName()


def test_somebody_is_put_on_the_list_by_keyboard(workplace, people, open_screen):
    screen = open_screen()
    workplace.key(Qt.Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "liang wan")
    workplace.until(
        lambda: not screen.sheets.form.patient.searching and screen.sheets.form.patient.list.current_match
    )
    workplace.keys(Qt.Key.Key_Return)
    workplace.until(lambda: screen.sheets.form.patient.picked is not None)
    workplace.key(Qt.Key.Key_1, ALT)
    workplace.key(Qt.Key.Key_Return, CTRL)
    workplace.until(lambda: screen.rows.rowCount() == 1 and screen.at_rest)
    entry = screen.chosen
    assert (entry.patient_name, entry.wish.weekdays) == ("梁晚秋", 0b1111110)
    assert screen.table.hasFocus()
    assert any("梁晚秋" in text for text in workplace.bar.texts)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(workplace, people, open_screen):
    screen = open_screen()
    workplace.key(Qt.Key.Key_N)
    workplace.key(Qt.Key.Key_Return, CTRL)
    assert "Choose a patient" in screen.sheets.form._search.error
    QTest.keyClicks(QApplication.focusWidget(), "liang wan")
    workplace.until(
        lambda: not screen.sheets.form.patient.searching and screen.sheets.form.patient.list.current_match
    )
    workplace.keys(Qt.Key.Key_Return)
    for number in range(1, 8):
        screen.sheets.form.wish.weekdays.toggle(number)
    workplace.key(Qt.Key.Key_Return, CTRL)
    workplace.until(lambda: screen.sheets.form.wish.errors)
    assert set(screen.sheets.form.wish.errors) == {"weekdays"}
    assert screen.sheets.form.patient.picked.name == "梁晚秋"


def test_offer_and_accept_are_two_keys(workplace, waits, open_screen):
    entry_id = waits()
    screen = open_screen()
    offer_first(workplace, screen)
    start = screen.chosen.offer.starts_at.astimezone(ZONE)
    assert "10 min left" in screen.rows.data(screen.rows.index(0, 7))
    workplace.key(Qt.Key.Key_A)
    workplace.until(lambda: stored(workplace, entry_id).status is EntryStatus.BOOKED)
    assert booked(workplace) == [f"{start:%H:%M} 梁晚秋"]
    workplace.until(lambda: screen.rows.rowCount() == 0)


def test_declining_frees_the_time_and_offers_another(workplace, waits, open_screen):
    waits()
    screen = open_screen()
    offer_first(workplace, screen)
    refused = screen.chosen.offer.starts_at
    workplace.key(Qt.Key.Key_D)
    workplace.until(
        lambda: screen.chosen is not None and screen.chosen.offer is None and screen.panel.openings
    )
    assert refused not in [opening.starts_at for opening in screen.panel.openings]


def test_an_offer_can_be_undone_and_withdrawn(workplace, waits, open_screen):
    waits()
    screen = open_screen()
    offer_first(workplace, screen)
    workplace.key(Qt.Key.Key_Z, CTRL)
    workplace.until(lambda: screen.chosen.offer is None)
    workplace.until(lambda: screen.panel.openings)
    workplace.key(Qt.Key.Key_2)
    workplace.until(lambda: screen.chosen.offer is not None)
    workplace.key(Qt.Key.Key_W)
    workplace.until(lambda: screen.chosen.offer is None)


def test_another_desk_was_faster(workplace, waits, open_screen):
    waits()
    screen = open_screen()
    offer_first(workplace, screen)
    entry = screen.chosen
    with sql_allowed():
        desk.accept(workplace.context.database, workplace.context.actor, entry.offer.offer_id, op_id=uuid7())
    workplace.key(Qt.Key.Key_A)
    workplace.until(lambda: any("just accepted" in text for text in workplace.bar.texts))
    workplace.until(lambda: screen.rows.rowCount() == 0)
    assert len(booked(workplace)) == 1


def test_minutes_count_down_and_a_run_out_offer_leaves(workplace, waits, open_screen):
    import datetime as dt

    waits()
    screen = open_screen()
    offer_first(workplace, screen)
    workplace.context.clock.advance(dt.timedelta(minutes=9, seconds=30))
    screen._tick.timeout.emit()
    assert "under 1 min" in screen.rows.data(screen.rows.index(0, 7))
    workplace.context.clock.advance(dt.timedelta(minutes=1))
    workplace.context.database.clock.advance(dt.timedelta(minutes=11))
    screen._tick.timeout.emit()
    workplace.until(lambda: screen.chosen is not None and screen.chosen.offer is None)


def test_taking_off_can_be_undone(workplace, waits, open_screen):
    entry_id = waits()
    screen = open_screen()
    workplace.key(Qt.Key.Key_Delete)
    workplace.until(lambda: stored(workplace, entry_id).status is EntryStatus.WITHDRAWN)
    workplace.until(lambda: screen.rows.rowCount() == 0)
    workplace.key(Qt.Key.Key_Z, CTRL)
    workplace.until(lambda: screen.rows.rowCount() == 1)


def test_a_wish_is_changed_and_closing_keeps_the_list(workplace, waits, open_screen):
    entry_id = waits(window=(540, 690))
    screen = open_screen()
    workplace.key(Qt.Key.Key_E)
    assert screen.sheets.form.wish.wish.window == (540, 690)
    screen.sheets.form.wish.note.setText("只要上午")
    workplace.key(Qt.Key.Key_Return, CTRL)
    workplace.until(lambda: stored(workplace, entry_id).wish.note == "只要上午")
    workplace.until(screen.table.hasFocus)
    workplace.keys(Qt.Key.Key_E, Qt.Key.Key_Escape)
    assert screen.can_close()
    assert screen.table.hasFocus()


def test_selection_survives_a_refresh(workplace, waits, people, open_screen):
    waits()
    second = waits(note="b")
    screen = open_screen()
    screen.table.selectRow(screen.rows.row_of(second))
    waits(note="c")
    workplace.ring("desk_waitlist")
    workplace.until(lambda: screen.rows.rowCount() == 3)
    assert screen.chosen.entry_id == second


def test_a_link_chooses_its_entry(workplace, waits, open_screen):
    waits()
    second = waits(note="b")
    screen = open_screen()
    screen.open(entry=second)
    workplace.until(lambda: screen.chosen is not None and screen.chosen.entry_id == second)


def test_an_administrator_says_how_long_offers_stand(small_clinic, qtbot, qapp, people):
    from tcmdesk.core.actor import Role, Staff
    from tcmdesk.features.waitlist.service import rules
    from tcmdesk.features.waitlist.types import Rules
    from tests.support.workplace import Workplace

    admin = Staff(uuid7(), "秦岚", Role.ADMIN)
    place = Workplace.open(small_clinic, admin, qtbot)
    screen = WaitlistScreen(place.context)
    place.place(screen)
    place.until(lambda: screen.at_rest)
    place.key(Qt.Key.Key_U)
    place.until(screen.sheets.rules.save.isEnabled)
    screen.sheets.rules.minutes.selectAll()
    QTest.keyClicks(QApplication.focusWidget(), "25")
    screen.sheets.rules.automatic.set_value(False)
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(lambda: screen.sheets.current is None)
    with sql_allowed():
        found = place.context.database.read(lambda connection: rules.offer_rules(connection, admin))
    assert found == Rules(25, automatic=False)
    place.close()


def test_clerks_have_no_rules_to_change(open_screen):
    assert open_screen().rules.isHidden()
