"""Weeks and months, on every database."""

import datetime as dt

import pytest

from tcmdesk.core.actor import Anonymous
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk, span
from tcmdesk.features.appointments.types import CancelAppointment, DayLoad, HalfDay
from tests.factories.bookings import at
from tests.factories.clinic import DAY, ZONE

MONDAY = dt.date(2026, 11, 23)
NEXT_DAY = DAY + dt.timedelta(days=1)
ADVANCE = dt.timedelta(days=1)


@pytest.fixture
def read(database, clerk):
    def ask(function, *arguments, **fields):
        return database.read(lambda connection: function(connection, clerk, *arguments, **fields))

    return ask


class TestSpanBoard:
    def test_a_week_is_one_statement_and_only_this_doctors(
        self, schedule, clinic, database, read, doctor, patient, statements
    ):
        other = clinic.doctor("林若溪", "妇科")
        mine = [
            schedule.book(doctor, patient, at("14:00", DAY)),
            schedule.book(doctor, patient, at("09:00", NEXT_DAY)),
        ]
        schedule.book(other, patient, at("15:00", DAY))
        schedule.book(doctor, patient, at("09:00", MONDAY + dt.timedelta(days=7)))
        with statements(database) as log:
            board = read(span.span_board, doctor, MONDAY, 7, ZONE)
        assert len(log) == 1
        assert [card.appointment_id for card in board.cards] == [each.appointment_id for each in mine]
        assert board.day == MONDAY

    def test_clashes_of_each_day_are_found(self, schedule, clinic, read, doctor, patient):
        booked = schedule.book(doctor, patient, at("14:00", NEXT_DAY))
        theirs = clinic.platform_booking(doctor, patient, "14:15", day=NEXT_DAY)
        board = read(span.span_board, doctor, MONDAY, 7, ZONE)
        assert [set(clash.appointment_ids) for clash in board.clashes] == [{booked.appointment_id, theirs}]

    def test_the_columns_of_a_week_are_one_statement(self, database, read, doctor, statements):
        with statements(database) as log:
            days = read(span.span_doctors, MONDAY, 7)
        assert len(days) == 7
        assert {column.doctor_id for columns in days for column in columns} == {doctor}
        assert len(log) == 1


class TestSpanLoads:
    def loads(self, read, first=MONDAY, days=7):
        return read(span.span_loads, first, days, ZONE)

    def test_one_statement_counts_halves_minutes_and_the_unconfirmed(
        self, schedule, clinic, database, read, doctor, patient, statements
    ):
        schedule.book(doctor, patient, at("11:00", NEXT_DAY), 45)
        schedule.book(doctor, patient, at("12:00", NEXT_DAY), 15)
        clinic.platform_booking(doctor, patient, "15:00", day=NEXT_DAY)
        with statements(database) as log:
            found = self.loads(read)
        assert len(log) == 1
        assert found == (DayLoad(NEXT_DAY, doctor, HalfDay(1, 45, 0), HalfDay(2, 45, 1)),)

    @pytest.mark.parametrize(
        ("slot", "morning", "afternoon", "unplaced"),
        [
            ("09:30", 30, 0, 0),
            ("9:30", 30, 0, 0),
            ("09:30-10:30", 60, 0, 0),
            ("上午9点半", 30, 0, 0),
            ("下午2点", 0, 30, 0),
            ("02:30 PM", 0, 30, 0),
            ("14:00–14:45", 0, 45, 0),
            ("看医生安排", 0, 0, 30),
        ],
    )
    def test_the_platforms_texts_count_in_their_half(
        self, clinic, read, doctor, patient, slot, morning, afternoon, unplaced
    ):
        clinic.platform_booking(doctor, patient, slot)
        (load,) = self.loads(read)
        assert (load.morning.minutes, load.afternoon.minutes, load.unplaced.minutes) == (
            morning,
            afternoon,
            unplaced,
        )
        assert load.whole.unconfirmed == 1

    def test_the_cancelled_count_nowhere(self, schedule, database, clerk, read, doctor, patient):
        booked = schedule.book(doctor, patient, at("14:00", DAY))
        card = schedule.card(booked.appointment_id)
        desk.cancel(database, clerk, CancelAppointment(card.appointment_id, card.version, "x"), op_id=uuid7())
        assert self.loads(read) == ()

    def test_days_begin_at_the_clinics_midnight(self, schedule, database, read, doctor, patient):
        schedule.book(doctor, patient, at("00:00", NEXT_DAY), 15)
        schedule.book(doctor, patient, at("23:45", NEXT_DAY), 15)
        assert [load.day for load in self.loads(read)] == [NEXT_DAY]
        assert self.loads(read, DAY + 2 * ADVANCE, 1) == ()

    def test_a_row_the_platform_moved_has_the_platforms_length(
        self, schedule, database, read, doctor, patient
    ):
        booked = schedule.book(doctor, patient, at("14:00", DAY), 60)
        with database.writes.begin() as connection:
            connection.exec_driver_sql(
                f"UPDATE appointments SET appointment_date = '2026-11-25 03:00:00' WHERE id = '{booked.appointment_id}'"
            )
        (load,) = self.loads(read)
        assert (load.day, load.afternoon.minutes) == (NEXT_DAY, 30)


@pytest.mark.parametrize(
    "ask",
    [
        lambda connection: span.span_board(connection, Anonymous(), "d", MONDAY, 7, ZONE),
        lambda connection: span.span_doctors(connection, Anonymous(), MONDAY, 7),
        lambda connection: span.span_loads(connection, Anonymous(), MONDAY, 7, ZONE),
    ],
)
def test_strangers_read_nothing(database, ask):
    with pytest.raises(PermissionDenied):
        database.read(ask)
