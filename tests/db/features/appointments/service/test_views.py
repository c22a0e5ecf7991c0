"""Views on function keys and appointments taken off the board, on every database."""

import pytest

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import ValidationError
from tcmdesk.features.appointments.queries.views import view_of
from tcmdesk.features.appointments.service import views
from tcmdesk.features.appointments.types import BoardView, SavedView, Span
from tests.factories.bookings import at
from tests.factories.clinic import DAY, ZONE

WEEK = BoardView(Span.WEEK, doctor_id="d1", zoom=1.5, cancelled=True)


@pytest.fixture
def write(database, clerk):
    def run(function, *arguments):
        database.write(clerk, "test", lambda uow: function(uow, clerk, *arguments))

    return run


@pytest.fixture
def colleague(clinic):
    return clinic.clerk("秦前台")


def mine(database, actor):
    return database.read(lambda connection: views.views(connection, actor))


def pinned(database, actor):
    return database.read(lambda connection: views.pins(connection, actor, ZONE))


class TestViews:
    def test_a_key_holds_one_view_of_one_person(self, database, clerk, colleague, write):
        write(views.save_view, SavedView(5, " 周 陈景和 ", WEEK))
        write(views.save_view, SavedView(1, "全天", BoardView()))
        write(views.save_view, SavedView(5, "周", WEEK))
        assert mine(database, clerk) == (SavedView(1, "全天", BoardView()), SavedView(5, "周", WEEK))
        assert mine(database, colleague) == ()
        write(views.forget_view, 1)
        assert [view.key for view in mine(database, clerk)] == [5]

    @pytest.mark.parametrize(("key", "name"), [(0, "x"), (13, "x"), (1, " "), (1, "x" * 51)])
    def test_no_other_key_and_no_view_without_a_name(self, database, clerk, write, key, name):
        with pytest.raises(ValidationError):
            write(views.save_view, SavedView(key, name, WEEK))
        assert mine(database, clerk) == ()

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"span": "year"}', '{"zoom": "wide"}', "null"])
    def test_what_a_later_program_wrote_is_the_plain_day(self, text):
        assert view_of(text) == BoardView()

    def test_a_zoom_out_of_range_is_held_in_it(self):
        assert view_of('{"zoom": 99}').zoom == 2.0


class TestPins:
    def test_in_order_as_the_rows_are_now_and_each_person_for_themself(
        self, schedule, database, clerk, colleague, write, doctor, patient
    ):
        first, second = (schedule.book(doctor, patient, time).appointment_id for time in ("14:00", "15:00"))
        write(views.pin, second)
        write(views.pin, first)
        write(views.pin, second)
        assert {card.appointment_id for card in pinned(database, clerk)} == {first, second}
        assert pinned(database, clerk)[0].starts_at in {at("14:00"), at("15:00")}
        assert pinned(database, colleague) == ()
        write(views.unpin, second)
        assert [card.appointment_id for card in pinned(database, clerk)] == [first]

    def test_one_statement(self, database, clerk, statements):
        with statements(database) as log:
            pinned(database, clerk)
        assert len(log) == 1

    def test_a_pinned_appointment_keeps_its_time(self, schedule, database, write, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        before = schedule.held(booked.appointment_id)
        write(views.pin, booked.appointment_id)
        assert schedule.held(booked.appointment_id) == before
        assert [card.appointment_id for card in schedule.day(DAY).cards] == [booked.appointment_id]

    def test_only_who_books_may_take_off(self):
        assert Role.PHARMACIST not in views.pin.__permission__.roles
