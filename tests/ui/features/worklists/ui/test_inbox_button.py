"""The count of new bookings: shown, announced, and heard when it is wanted."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.worklists.service import desk, reading
from tcmdesk.features.worklists.ui.inbox_button import InboxButton
from tests.factories.clinic import DAY, NOW, ZONE
from tests.support.sql import sql_allowed


class Heard:
    def __init__(self):
        self.times = 0

    def play(self):
        self.times += 1


@pytest.fixture
def doctor(small_clinic):
    with sql_allowed():
        return small_clinic.doctor("林若溪")


@pytest.fixture
def arrives(workplace, small_clinic, doctor):
    def arrives(name, minutes_ago=5):
        with sql_allowed():
            appointment_id = small_clinic.platform_booking(
                doctor, small_clinic.account(name), "09:00", day=DAY + dt.timedelta(days=1)
            )
            with workplace.context.database.writes.begin() as connection:
                connection.execute(
                    update(Appointment)
                    .where(Appointment.id == appointment_id)
                    .values(created_at=NOW - dt.timedelta(minutes=minutes_ago))
                )
        workplace.ring("appointments")

    return arrives


@pytest.fixture
def button(workplace):
    button = InboxButton(workplace.context)
    button.chime = Heard()
    workplace.place(button, (200, 80))
    workplace.until(lambda: button._operation is None)
    return button


def test_nothing_new_is_no_count(button):
    assert (button.count, button.accessibleDescription()) == (0, "Nothing new")


def test_what_comes_in_is_counted_and_heard_once(workplace, button, arrives):
    arrives("方宁")
    workplace.until(lambda: button.count == 1)
    assert (button.chime.times, button.accessibleDescription()) == (1, "1 new")
    workplace.ring("appointments")
    workplace.until(lambda: button._operation is None)
    arrives("石榴红")
    workplace.until(lambda: button.count == 2)
    assert button.chime.times == 2


def test_what_was_there_before_makes_no_sound(workplace, arrives):
    arrives("方宁")
    button = InboxButton(workplace.context)
    button.chime = Heard()
    workplace.place(button, (200, 80))
    workplace.until(lambda: button.count == 1)
    assert button.chime.times == 0


def test_it_is_silent_when_the_reader_has_turned_it_off(workplace, button, arrives):
    with sql_allowed():
        desk.set_sound(workplace.context.database, workplace.context.actor, False, op_id=uuid7())
    arrives("方宁")
    workplace.until(lambda: button.count == 1)
    assert button.chime.times == 0


def test_seen_ones_leave_the_count(workplace, button, arrives):
    arrives("方宁")
    workplace.until(lambda: button.count == 1)
    context = workplace.context
    with sql_allowed():
        page = context.database.read(
            lambda connection: reading.from_platform(connection, context.actor, now=NOW, zone=ZONE)
        )
        desk.seen(context.database, context.actor, page.rows, op_id=uuid7())
    workplace.ring("desk_inbox_marks")
    workplace.until(lambda: button.count == 0)


def test_i_and_a_click_open_the_list(workplace, button):
    workplace.key(Qt.Key.Key_I)
    button.click()
    assert workplace.asked == [("worklists", {"list": "inbox"})] * 2
