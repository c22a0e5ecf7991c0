"""The screen: days, refreshes that disturb nothing, what is said when there is nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.errors import Unavailable
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.ui.agenda import Entry, Heading, Topic
from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot
from tcmdesk.features.appointments.ui.steps_row import Step
from tcmdesk.features.patients.service.search import search
from tcmdesk.ui.components.states import EmptyState, ErrorState
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed


def fill(desk, *names, doctor=0, start=11 * 60):
    with sql_allowed():
        for at, name in enumerate(names):
            minute = start + 15 * at
            slot = f"{minute // 60:02d}:{minute % 60:02d}"
            desk.clinic.platform_booking(
                desk.doctors[doctor], desk.clinic.account(name), slot, status="confirmed"
            )


def found(desk, typed):
    """Somebody as the palette finds them."""
    with sql_allowed():
        return desk.context.database.read(lambda connection: search(connection, desk.context.actor, typed))[0]


def test_platform_rows_lie_where_they_belong(make_desk):
    desk = make_desk()
    with sql_allowed():
        book = desk.clinic.platform_booking
        for name, slot in (
            ("白露", "09:00"),
            ("夏青", "14:00-14:30"),
            ("崔莹", "11:20"),
            ("苗可", "看医生安排"),
        ):
            book(desk.doctors[0], desk.clinic.account(name), slot, status="confirmed")
    desk.reload()
    placed = {
        each.card.patient_name: (each.start, each.end) for each in desk.screen.grid.board.placed.values()
    }
    assert placed["白露"][0] == 540
    assert placed["夏青"] == (840, 870)
    assert placed["崔莹"][0] == 680
    assert [card.patient_name for card in desk.screen.grid.board.tray] == ["苗可"]
    entries = [line for line in desk.screen.agenda.list.agenda_model.lines if isinstance(line, Entry)]
    assert [entry.card.patient_name for entry in entries if entry.topic is Topic.TRAY] == ["苗可"]


def test_an_unreadable_time_is_given_one_from_the_tray(make_desk):
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(
            desk.doctors[0], desk.clinic.account("苗可"), "看医生安排", status="confirmed"
        )
    desk.reload()
    desk.screen.sheets.open(desk.screen.grid.board.tray[0])
    details = desk.screen.sheets.details
    desk.until(lambda: details.steps.buttons[Step.MOVE].isEnabled() and not details.symptoms.isReadOnly())
    assert "看医生安排" in details.subtitle
    details.steps.buttons[Step.MOVE].click()
    assert desk.screen.grid.carry is not None
    desk.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    desk.until(lambda: "苗可" in desk.shown())
    assert desk.screen.grid.board.tray == ()


def test_a_refresh_keeps_choice_scroll_and_open_sheet(make_desk):
    desk = make_desk(size=(1212, 500))
    fill(desk, "沈若兰", "罗文彬")
    desk.reload()
    desk.choose("罗文彬")
    grid = desk.screen.grid
    desk.key(Qt.Key.Key_N)
    desk.type("abc")
    scrolled = grid.verticalScrollBar().maximum() // 2
    assert scrolled > 0
    grid.verticalScrollBar().setValue(scrolled)
    spot, index = grid.spot, grid.currentIndex()
    fill(desk, "钟慧", doctor=1)
    desk.reload()
    assert "钟慧" in desk.shown()
    assert (grid.spot, grid.verticalScrollBar().value(), grid.currentIndex()) == (spot, scrolled, index)
    assert desk.screen.sheets.booking.who.patient.text == "abc"
    assert desk.screen.sheets.booking.who.patient.input.hasFocus()


def test_the_choice_follows_an_appointment_that_another_desk_moved(make_desk):
    desk = make_desk()
    fill(desk, "沈若兰")
    desk.reload()
    desk.choose("沈若兰")
    spot = desk.screen.grid.spot
    with sql_allowed(), desk.context.database.writes.begin() as connection:
        connection.exec_driver_sql("UPDATE appointments SET time_slot = '15:00'")
    desk.reload()
    assert desk.screen.grid.spot == spot
    assert desk.screen.grid.card.start == 15 * 60


def test_days_by_key_and_the_way_back(make_desk):
    desk = make_desk()
    with sql_allowed():
        tomorrow = dt.date(2026, 11, 25)
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("白露"), "09:00", day=tomorrow)
    desk.screen.grid.setFocus()
    desk.key(Qt.Key.Key_PageDown)
    desk.until(lambda: desk.shown() == {"白露"})
    assert desk.screen.bar.title.text() == "Wed 25 Nov"
    desk.key(Qt.Key.Key_T)
    desk.until(lambda: desk.shown() == set())
    assert desk.screen.bar.title.text() == "Tue 24 Nov"


def test_letters_are_text_while_one_types(desk):
    desk.key(Qt.Key.Key_N)
    desk.type("tmx")
    assert desk.screen.sheets.booking.who.patient.text == "tmx"
    assert desk.screen.grid.carry is None


def test_a_click_on_a_free_cell_begins_a_booking_there(desk):
    grid = desk.screen.grid
    spot = CellSpot(desk.doctors[1], 14 * 60)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.spot_rect(spot).center().toPoint())
    panel = desk.screen.sheets.booking
    assert desk.screen.sheets.open_sheet is panel
    assert panel.target[0].doctor_id == desk.doctors[1]
    assert "14:00" in panel.subtitle


def test_time_that_is_over_cannot_be_booked(desk):
    desk.choose_cell(0, "09:00")
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.sheets.open_sheet is None
    assert "09:00" in desk.bar.texts[-1]


def test_a_link_shows_someone_of_the_day_or_books_for_anyone_else(make_desk):
    desk = make_desk()
    fill(desk, "沈若兰")
    with sql_allowed():
        desk.clinic.account("李晓敏")
        desk.clinic.index()
    desk.reload()
    desk.screen.open(patient=found(desk, "srl"))
    assert desk.screen.grid.card.card.patient_name == "沈若兰"
    assert desk.screen.grid.hasFocus()
    other = found(desk, "lxm")
    desk.screen.open(patient=other)
    assert desk.screen.sheets.booking.who.patient.picked == other
    desk.key(Qt.Key.Key_Escape)
    desk.screen.open(book_for=found(desk, "srl"))
    assert desk.screen.sheets.booking.who.patient.picked.name == "沈若兰"


def test_without_doctors_the_board_says_what_to_do(make_desk):
    desk = make_desk.open((), Staff("u", "方前台", Role.FRONT_DESK), wait=False)
    desk.until(lambda: isinstance(desk.screen.stack.currentWidget(), EmptyState))
    desk.key(Qt.Key.Key_N)
    assert desk.screen.sheets.open_sheet is None


def test_a_role_without_the_right_can_only_look(make_desk, clinic):
    with sql_allowed():
        doctor = clinic.doctor("陈景和")
        user = clinic.account("沈若兰")
        clinic.platform_booking(doctor, user, "11:00")
    desk = make_desk.open((doctor,), Staff(user, "药师", Role.PHARMACIST))
    assert not desk.screen.bar.new.isVisible()
    desk.choose("沈若兰")
    desk.keys(Qt.Key.Key_O, Qt.Key.Key_M, Qt.Key.Key_N)
    assert desk.screen.grid.carry is None
    viewport, at = (
        desk.screen.grid.viewport(),
        desk.screen.grid.card_rect(desk.screen.grid.card).center().toPoint(),
    )
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(viewport, QPoint(at.x(), at.y() + 100))
    assert desk.screen.grid.carry is None
    assert desk.screen.sheets.open_sheet is None
    assert "O" not in [hint.keys for hint in desk.screen.key_hints()]


def test_every_control_has_a_name(make_desk):
    desk = make_desk()
    fill(desk, "沈若兰")
    desk.reload()
    desk.key(Qt.Key.Key_N)
    desk.choose("沈若兰")
    desk.key(Qt.Key.Key_Return)
    assert unnamed_widgets(desk.window) == []


def test_a_day_that_cannot_be_read_says_so_and_tries_again(desk, monkeypatch):
    real = reading.day_board

    def away(*_arguments):
        raise Unavailable("database.away", "The database cannot be reached")

    monkeypatch.setattr(reading, "day_board", away)
    desk.screen.step_day(1)
    desk.until(lambda: isinstance(desk.screen.stack.currentWidget(), ErrorState))
    monkeypatch.setattr(reading, "day_board", real)
    desk.screen.stack.currentWidget().button.click()
    desk.until(lambda: desk.screen.stack.shows_content)
    assert desk.screen.grid.board.day == dt.date(2026, 11, 25)


def test_a_refresh_that_fails_leaves_the_board_readable(make_desk, monkeypatch):
    desk = make_desk()
    fill(desk, "沈若兰")
    desk.reload()

    def away(*_arguments):
        raise Unavailable("database.away", "The database cannot be reached")

    monkeypatch.setattr(reading, "day_board", away)
    desk.context.changes.changed.emit(frozenset({"appointments"}))
    desk.until(lambda: desk.bar.texts != [])
    assert desk.shown() == {"沈若兰"}
    assert desk.screen.stack.shows_content


def test_one_statement_a_refresh(make_desk, statements):
    desk = make_desk()
    with statements(desk.context.database) as log:
        desk.reload()
    assert len(log) == 1, str(log)


def test_the_agenda_and_the_board_choose_together(make_desk):
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("程一帆"), "14:45")
    desk.reload()
    agenda = desk.screen.agenda.list
    agenda.setFocus()
    entry = agenda.current_entry
    assert entry.card.patient_name == "程一帆"
    assert desk.screen.grid.spot == CardSpot(entry.card.appointment_id)
    desk.key(Qt.Key.Key_O)
    desk.until(lambda: desk.cards()["程一帆"].status.value == "confirmed")
    desk.until(desk.screen.grid.hasFocus)
    desk.loaded()
    assert desk.screen.grid.spot == CardSpot(entry.card.appointment_id)


def test_a_banner_moves_no_row(desk):
    heights = [desk.screen.grid.rowHeight(row) for row in range(5)]
    desk.context.messages.done("Something")
    desk.qtbot.wait(50)
    assert [desk.screen.grid.rowHeight(row) for row in range(5)] == heights


@pytest.mark.parametrize("size", [(1212, 772), (1372, 872)])
def test_what_a_sheet_is_about_is_in_view(make_desk, size):
    desk = make_desk(doctors=6, size=size)
    for doctor in range(6):
        desk.choose_cell(doctor, "14:00")
        desk.key(Qt.Key.Key_Return)
        desk.qtbot.wait(20)
        assert in_view(desk)
        desk.key(Qt.Key.Key_Escape)
    fill(desk, "方宁", "卢思语", doctor=1, start=15 * 60)
    with sql_allowed():
        desk.clinic.platform_booking(
            desk.doctors[0], desk.clinic.account("童话"), "15:00-15:30", status="confirmed"
        )
        desk.clinic.platform_booking(
            desk.doctors[0], desk.clinic.account("叶子"), "15:15", status="confirmed"
        )
    desk.reload()
    desk.choose_cell(5, "14:00")
    desk.key(Qt.Key.Key_R)
    desk.qtbot.wait(20)
    assert desk.screen.grid.card.card.doctor_id == desk.doctors[0]
    assert in_view(desk)


def in_view(desk):
    grid = desk.screen.grid
    return grid.viewport().rect().contains(grid.spot_rect(grid.spot).toRect())


def test_the_status_bar_counts_as_the_list_does(make_desk):
    desk = make_desk()
    with sql_allowed():
        book = desk.clinic.platform_booking
        for name, slot in (("白露", "14:00-14:30"), ("夏青", "14:15"), ("崔莹", "16:00"), ("苗可", "下午")):
            book(desk.doctors[0], desk.clinic.account(name), slot)
    desk.reload()
    headings = {
        line.topic: line.count
        for line in desk.screen.agenda.list.agenda_model.lines
        if isinstance(line, Heading)
    }
    assert headings == {Topic.CLASH: 1, Topic.TRAY: 1, Topic.UNCONFIRMED: 1}
    assert [item.text for item in desk.screen.status_items()] == [
        "1 clash",
        "1 time to be confirmed",
        "1 unconfirmed",
    ]


def test_letters_mean_the_row_of_the_list_that_has_the_keyboard(make_desk):
    desk = make_desk()
    fill(desk, "沈若兰")
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("苗可"), "下午")
    desk.reload()
    desk.choose("沈若兰")
    desk.screen.agenda.list.setFocus()
    assert desk.screen.sheets.card_in_hand().patient_name == "苗可"
    desk.screen.grid.setFocus()
    assert desk.screen.sheets.card_in_hand().patient_name == "沈若兰"


def test_while_a_card_is_carried_letters_touch_no_other(make_desk):
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("程一帆"), "14:45")
    desk.reload()
    desk.choose("程一帆")
    desk.keys(Qt.Key.Key_M, Qt.Key.Key_O, Qt.Key.Key_X)
    assert desk.screen.grid.carry is not None
    assert desk.cards()["程一帆"].status.value == "pending"
    desk.key(Qt.Key.Key_N)
    assert desk.screen.grid.carry is None
    assert desk.screen.sheets.open_sheet is desk.screen.sheets.booking


def test_one_from_the_tray_is_held_where_there_is_room_for_it(make_desk):
    desk = make_desk()
    fill(desk, "沈若兰", "白露", start=10 * 60 + 45)
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("苗可"), "下午")
    desk.reload()
    card = desk.cards()["苗可"]
    assert card.minutes == 30
    desk.screen.moves.carry(card)
    held = desk.screen.grid.carry
    layout = desk.screen.grid.board
    assert not layout.busy(0, held.minute, held.minute + card.minutes)
    assert held.minute == layout.free_from(620, 0, minutes=30).minute > 10 * 60 + 30


def test_before_the_first_board_nothing_is_at_rest(make_desk):
    desk = make_desk()
    made = DayBoardScreen(desk.context)
    desk.qtbot.addWidget(made)
    assert not made.at_rest
    made.activate()
    assert not made.at_rest
    desk.until(lambda: made.at_rest)
    assert made.grid.board is not None
    made.deactivate()


def test_a_board_that_cannot_be_read_is_at_rest_when_that_is_said(make_desk, monkeypatch):
    desk = make_desk()
    made = DayBoardScreen(desk.context)
    desk.qtbot.addWidget(made)

    def away(_query):
        raise Unavailable("db.away", "away")

    monkeypatch.setattr(desk.context.database, "read", away)
    made.activate()
    desk.until(lambda: made.at_rest)
    assert made.grid.board is None
    assert not made.stack.shows_content
    made.deactivate()
