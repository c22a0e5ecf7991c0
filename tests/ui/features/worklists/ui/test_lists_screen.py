"""The lists by keyboard: confirm, say for whom, cancel, recall, dismiss."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.notifications.models import Notification
from tcmdesk.features.worklists.service import autoconfirm
from tcmdesk.features.worklists.types import PAGE, ListName
from tcmdesk.features.worklists.ui.lists_screen import ListsScreen
from tests.factories.clinic import DAY
from tests.support.sql import sql_allowed
from tests.support.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
TOMORROW = DAY + dt.timedelta(days=1)


@pytest.fixture
def doctor(small_clinic):
    with sql_allowed():
        return small_clinic.doctor("林若溪")


@pytest.fixture
def booked(small_clinic, doctor):
    def booked(name, slot="09:00", *, days=1, status="pending", user=None):
        with sql_allowed():
            user = user or small_clinic.account(name)
            day = DAY + dt.timedelta(days=days)
            return small_clinic.platform_booking(doctor, user, slot, day=day, status=status)

    return booked


@pytest.fixture
def open_list(workplace):
    def open_list(name):
        screen = ListsScreen(workplace.context)
        screen.which.set_value(name)
        screen._show_list()
        workplace.place(screen)
        workplace.until(lambda: screen.at_rest)
        return screen

    return open_list


def column(workplace, statement):
    with sql_allowed(), workplace.context.database.reads.connect() as connection:
        return connection.execute(statement).scalars().all()


def status(workplace, appointment_id):
    (found,) = column(workplace, select(Appointment.status).where(Appointment.id == appointment_id))
    return found


def names(screen):
    return [row.card.patient_name for row in screen.table.rows.rows]


def test_c_confirms_and_ctrl_z_takes_it_back(workplace, booked, open_list):
    appointment_id = booked("方宁")
    screen = open_list(ListName.UNCONFIRMED)
    workplace.key(Qt.Key.Key_C)
    workplace.until(lambda: status(workplace, appointment_id) == "confirmed")
    workplace.until(lambda: not screen.table.rows.rowCount())
    assert "confirmed" in screen.table.currentWidget().accessibleName()
    workplace.key(Qt.Key.Key_Z, CTRL)
    workplace.until(lambda: status(workplace, appointment_id) == "pending")
    workplace.until(lambda: names(screen) == ["方宁"])


def test_enter_confirms_too_and_the_next_row_is_chosen(workplace, booked, open_list):
    booked("方宁", "09:00")
    booked("石榴红", "10:00")
    screen = open_list(ListName.UNCONFIRMED)
    assert names(screen) == ["方宁", "石榴红"]
    workplace.key(Qt.Key.Key_Return)
    workplace.until(lambda: names(screen) == ["石榴红"])
    assert screen.chosen.card.patient_name == "石榴红"


def test_for_whom_is_one_digit(workplace, small_clinic, booked, open_list):
    with sql_allowed():
        user = small_clinic.account("方宁")
        child = small_clinic.member(user, "方小满", "daughter")
    appointment_id = booked("方宁", user=user)
    screen = open_list(ListName.INBOX)
    workplace.until(lambda: len(screen.panel.members) == 2)
    workplace.key(Qt.Key.Key_2)
    asked = select(DeskAppointment.profile_id).where(DeskAppointment.appointment_id == appointment_id)
    workplace.until(lambda: column(workplace, asked) == [child])
    workplace.until(lambda: names(screen) == ["方小满"])
    assert screen.panel.member_buttons[0].isHidden()


def test_cancelling_asks_why_in_the_row(workplace, booked, open_list):
    appointment_id = booked("方宁")
    screen = open_list(ListName.INBOX)
    workplace.key(Qt.Key.Key_X)
    workplace.key(Qt.Key.Key_Return)
    assert status(workplace, appointment_id) == "pending"
    assert "Say why" in screen.panel.reason_field.error
    workplace.key(Qt.Key.Key_Escape)
    assert screen.table.table.hasFocus()
    workplace.key(Qt.Key.Key_X)
    QTest.keyClicks(QApplication.focusWidget(), "doctor is ill")
    workplace.key(Qt.Key.Key_Return)
    workplace.until(lambda: status(workplace, appointment_id) == "cancelled")
    assert column(workplace, select(DeskAppointment.cancel_reason)) == ["doctor is ill"]
    workplace.until(lambda: not screen.table.rows.rowCount())


def test_o_opens_the_day_of_the_booking(workplace, booked, open_list):
    appointment_id = booked("方宁")
    open_list(ListName.INBOX)
    workplace.key(Qt.Key.Key_O)
    assert workplace.asked == [("day_board", {"day": TOMORROW, "appointment": appointment_id})]


def test_what_was_in_front_is_seen_after_a_moment(workplace, booked, open_list):
    from tcmdesk.features.worklists.models import InboxMark

    booked("方宁")
    screen = open_list(ListName.INBOX)
    assert screen.chosen.new
    screen._seen.setInterval(10)
    screen._seen.start()
    workplace.until(lambda: column(workplace, select(InboxMark.user_id)) == [workplace.context.actor.user_id])


def test_recall_writes_puts_off_and_takes_off(workplace, booked, open_list):
    for name in ("甲", "乙"):
        booked(name, days=-40, status="completed")
    screen = open_list(ListName.RECALL)
    assert sorted(names(screen)) == ["乙", "甲"]
    workplace.key(Qt.Key.Key_M)
    workplace.until(lambda: len(column(workplace, select(Notification.id))) == 1)
    workplace.key(Qt.Key.Key_P)
    workplace.until(lambda: len(names(screen)) == 1)
    workplace.key(Qt.Key.Key_Delete)
    workplace.until(lambda: not names(screen))
    workplace.key(Qt.Key.Key_Z, CTRL)
    workplace.until(lambda: len(names(screen)) == 1)


def test_b_books_the_one_who_is_recalled(workplace, booked, open_list):
    booked("甲", days=-40, status="completed")
    open_list(ListName.RECALL)
    workplace.key(Qt.Key.Key_B)
    ((screen, params),) = workplace.asked
    assert (screen, params["book_for"].name) == ("day_board", "甲")


def test_missed_visits_can_be_rebooked_or_dismissed(workplace, booked, open_list):
    booked("甲", days=-2, status="confirmed")
    screen = open_list(ListName.NO_SHOW)
    assert names(screen) == ["甲"]
    workplace.key(Qt.Key.Key_B)
    assert workplace.asked[-1][1]["book_for"].name == "甲"
    workplace.key(Qt.Key.Key_Delete)
    workplace.until(lambda: not names(screen))


def test_alt_and_a_digit_turn_to_a_list_whose_keys_then_work(workplace, booked, open_list):
    booked("甲", days=-2, status="confirmed")
    screen = open_list(ListName.INBOX)
    workplace.key(Qt.Key.Key_4, ALT)
    assert screen.name is ListName.NO_SHOW
    workplace.until(lambda: names(screen) == ["甲"])
    assert [hint.keys for hint in screen.key_hints()] == ["B", "M", "O", "Del", "Alt 1–4"]


def test_the_next_page_comes_when_the_end_is_in_sight(workplace, small_clinic, booked, open_list):
    with sql_allowed():
        user = small_clinic.account("方宁")
    for number in range(PAGE + 5):
        booked("", f"{9 + number % 8:02d}:00", days=1 + number // 8, user=user)
    screen = open_list(ListName.UNCONFIRMED)
    assert screen.table.rows.rowCount() == PAGE
    workplace.key(Qt.Key.Key_End, CTRL)
    workplace.until(lambda: screen.table.rows.rowCount() == PAGE + 5)
    assert not screen.table.rows.canFetchMore()


def test_somebody_else_was_faster(workplace, booked, open_list):
    appointment_id = booked("方宁")
    screen = open_list(ListName.UNCONFIRMED)
    with sql_allowed(), workplace.context.database.writes.begin() as connection:
        connection.execute(
            update(Appointment).where(Appointment.id == appointment_id).values(time_slot="16:00")
        )
    workplace.key(Qt.Key.Key_C)
    workplace.until(lambda: any("Someone changed" in text for text in workplace.bar.texts))
    assert status(workplace, appointment_id) == "pending"
    workplace.until(lambda: screen.chosen is not None and screen.chosen.card.slot_text == "16:00")


def test_an_administrator_turns_the_rule_on(small_clinic, qtbot, qapp, doctor, booked):
    booked("方宁")
    admin = Staff(uuid7(), "秦岚", Role.ADMIN)
    place = Workplace.open(small_clinic, admin, qtbot)
    screen = ListsScreen(place.context)
    screen.which.set_value(ListName.UNCONFIRMED)
    screen._show_list()
    place.place(screen)
    place.until(lambda: screen.at_rest)
    place.key(Qt.Key.Key_U)
    place.until(lambda: screen.rule_sheet.save.isEnabled() and screen.rule_sheet._boxes)
    place.key(Qt.Key.Key_Right)
    screen.rule_sheet._boxes[doctor].click()
    place.key(Qt.Key.Key_Return, CTRL)

    def rule():
        with sql_allowed():
            return place.context.database.read(lambda connection: autoconfirm.rule(connection, admin))

    place.until(lambda: rule().on)
    assert rule().doctors == (doctor,)
    place.until(screen.table.table.hasFocus)
    place.close()


def test_clerks_have_no_rule_to_change(open_list):
    screen = open_list(ListName.UNCONFIRMED)
    assert screen.rule.isHidden()
