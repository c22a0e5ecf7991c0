"""The steps of a visit as the front desk takes them, on every database."""

import datetime as dt
import sqlite3

import pytest

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk as appointments
from tcmdesk.features.appointments.types import MoveAppointment, Status
from tcmdesk.features.reception.service import desk as reception
from tcmdesk.features.visits.types import Stage
from tests.factories.bookings import at
from tests.factories.clinic import DAY, ZONE
from tests.support.crowd import crowd


@pytest.fixture
def booked(front_desk, doctor, patient):
    return front_desk.book(doctor, patient, "10:30")


class TestArrive:
    def test_a_number_and_a_place_in_the_room(self, front_desk, booked, doctor):
        front_desk.give_room(doctor, "诊室 1")
        entry = front_desk.arrive(booked)
        assert (entry.number, entry.room, entry.doctor_name) == (1, "诊室 1", "陈景和")
        (waiting,) = front_desk.room().waiting
        assert waiting == entry
        assert front_desk.day().cards[0].visit == entry.visit

    def test_coming_confirms(self, front_desk, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "10:30")
        assert front_desk.arrive(theirs).card.status is Status.CONFIRMED
        assert not front_desk.card(theirs).patient_confirmed

    def test_a_time_that_cannot_be_read_is_now(self, front_desk, clinic, doctor, patient, clock):
        theirs = clinic.platform_booking(doctor, patient, "待定")
        assert front_desk.arrive(theirs).visit.due_at == clock.now()

    def test_who_is_late_waits_behind_the_next_two(self, front_desk, clinic, doctor, clock):
        clock.moment = at("09:00").astimezone(dt.UTC)
        late = front_desk.book(doctor, clinic.account("迟来"), "09:00")
        names = ("早一", "早二", "早三")
        on_time = [
            front_desk.book(doctor, clinic.account(name), start)
            for name, start in zip(names, ("10:30", "11:00", "11:30"), strict=True)
        ]
        clock.moment = at("10:22").astimezone(dt.UTC)
        for appointment in reversed(on_time):
            front_desk.arrive(appointment)
        assert front_desk.arrive(late).visit.late
        assert [each.card.patient_name for each in front_desk.room().waiting] == [
            "早一",
            "早二",
            "迟来",
            "早三",
        ]
        assert front_desk.ticket(late).ahead == 2

    def test_of_another_day(self, front_desk, doctor, patient):
        tomorrow = front_desk.book(doctor, patient, at("10:30", DAY + dt.timedelta(days=1)))
        with pytest.raises(ValidationError) as caught:
            front_desk.arrive(tomorrow)
        assert caught.value.code == "reception.other_day"

    def test_cancelled_while_the_card_was_open(self, front_desk, booked):
        front_desk.change(booked, status="cancelled")
        with pytest.raises(Conflict) as caught:
            front_desk.arrive(booked)
        assert caught.value.code == "appointments.cancelled"
        assert front_desk.card(booked).visit is None

    def test_gone_while_the_card_was_open(self, front_desk):
        with pytest.raises(NotFound):
            front_desk.arrive(uuid7())

    def test_a_patient_who_is_no_longer_registered(self, front_desk, clinic, doctor, database):
        theirs = clinic.platform_booking(doctor, clinic.account("走失"), "10:30")
        remove = "DELETE FROM users WHERE name = '走失'"
        if database.embedded:
            with sqlite3.connect(database.url.database) as file:
                file.execute(remove)
        else:
            with database.writes.begin() as connection:
                for statement in ("SET FOREIGN_KEY_CHECKS = 0", remove, "SET FOREIGN_KEY_CHECKS = 1"):
                    connection.exec_driver_sql(statement)
        with pytest.raises(NotFound) as caught:
            front_desk.arrive(theirs)
        assert caught.value.code == "reception.patient_gone"

    def test_asked_twice_with_one_operation(self, front_desk, booked):
        op_id = uuid7()
        for _ in range(2):
            entry = reception.arrive(front_desk.database, front_desk.actor, booked, ZONE, op_id=op_id)
        assert entry.number == 1


class TestCall:
    def test_to_the_doctors_room(self, front_desk, booked, doctor):
        front_desk.give_room(doctor, "诊室 1")
        front_desk.arrive(booked)
        assert front_desk.do("call", booked, 0).visit.room == "诊室 1"

    def test_the_second_desk_is_told(self, front_desk, booked):
        front_desk.arrive(booked)
        front_desk.do("call", booked, 0)
        with pytest.raises(Conflict) as caught:
            front_desk.do("call", booked, 0)
        assert caught.value.params["number"] == 1


class TestCallNext:
    def test_by_appointed_time_and_not_by_arrival(self, front_desk, clinic, doctor):
        later = front_desk.book(doctor, clinic.account("后到"), "11:00")
        sooner = front_desk.book(doctor, clinic.account("先约"), "10:30")
        front_desk.arrive(later)
        front_desk.arrive(sooner)
        assert front_desk.do("call_next", doctor).card.appointment_id == sooner
        assert front_desk.do("call_next", doctor).card.appointment_id == later
        assert front_desk.do("call_next", doctor) is None

    def test_nobody_of_another_doctor(self, front_desk, clinic, booked):
        front_desk.arrive(booked)
        assert front_desk.do("call_next", clinic.doctor("林若溪")) is None

    def test_a_cancelled_one_is_not_called(self, front_desk, booked, doctor):
        front_desk.arrive(booked)
        front_desk.change(booked, status="cancelled")
        assert front_desk.do("call_next", doctor) is None

    def test_a_doctor_and_a_clerk_at_once_call_one_person(self, database, front_desk, clinic, doctor):
        for number in range(3):
            front_desk.arrive(
                front_desk.book(doctor, clinic.account(f"候{number}"), f"10:{30 + 5 * number}", 5)
            )
        actors = [Staff(uuid7(), "陈景和", Role.DOCTOR, doctor)] + [
            Staff(uuid7(), f"前台{number}", Role.FRONT_DESK) for number in range(5)
        ]

        def one(station: Database, number: int) -> str:
            try:
                entry = reception.call_next(station, actors[number], doctor, ZONE, op_id=uuid7())
            except Conflict as conflict:
                return conflict.code
            return "" if entry is None else entry.card.patient_name

        assert sorted(crowd(database, 6, one)) == ["visits.just_called"] * 5 + ["候0"]


class TestFinish:
    def test_the_appointment_is_done_too(self, front_desk, booked):
        front_desk.arrive(booked)
        front_desk.do("start", booked)
        entry = front_desk.do("finish", booked)
        assert (entry.card.status, entry.visit.stage) == (Status.COMPLETED, Stage.FINISHED)
        assert front_desk.room().in_consultation == ()

    def test_taken_back_both_are_open(self, front_desk, booked):
        front_desk.arrive(booked)
        front_desk.do("start", booked)
        front_desk.do("finish", booked)
        entry = front_desk.undo(booked, Stage.FINISHED)
        assert (entry.card.status, entry.visit.stage) == (Status.CONFIRMED, Stage.IN_CONSULTATION)

    def test_nothing_is_done_when_nobody_came(self, front_desk, booked):
        with pytest.raises(Conflict):
            front_desk.do("finish", booked)
        assert front_desk.card(booked).status is Status.CONFIRMED

    def test_completed_on_the_board_already(self, front_desk, booked):
        front_desk.arrive(booked)
        front_desk.do("start", booked)
        front_desk.change(booked, status="completed")
        assert front_desk.do("finish", booked).visit.stage is Stage.FINISHED


class TestStart:
    def test_who_went_straight_in_arrives_by_it(self, front_desk, booked):
        entry = front_desk.do("start", booked)
        assert (entry.visit.stage, entry.number) == (Stage.IN_CONSULTATION, 1)
        assert front_desk.room().in_consultation == (entry,)

    def test_not_a_colleagues(self, front_desk, clinic, booked):
        front_desk.arrive(booked)
        front_desk.actor = Staff(uuid7(), "林若溪", Role.DOCTOR, clinic.doctor("林若溪"))
        with pytest.raises(PermissionDenied):
            front_desk.do("start", booked)


class TestNoShow:
    def test_before_its_time(self, front_desk, booked):
        with pytest.raises(ValidationError) as caught:
            front_desk.do("no_show", booked)
        assert caught.value.code == "reception.not_yet"

    def test_after_it(self, front_desk, booked):
        front_desk.wait(minutes=30)
        entry = front_desk.do("no_show", booked)
        assert (entry.visit.stage, entry.card.status) == (Stage.NO_SHOW, Status.CONFIRMED)

    def test_who_came_and_left(self, front_desk, booked):
        front_desk.arrive(booked)
        assert front_desk.do("no_show", booked).visit.stage is Stage.NO_SHOW
        assert front_desk.room().waiting == ()


class TestMoved:
    def move(self, front_desk, appointment, doctor, start):
        card = front_desk.card(appointment)
        command = MoveAppointment(appointment, card.version, doctor, at(start), card.minutes)
        appointments.move(front_desk.database, front_desk.actor, command, op_id=uuid7())

    def test_who_waits_goes_along_to_another_doctor(self, front_desk, clinic, booked):
        front_desk.arrive(booked)
        front_desk.do("call", booked, 0)
        other = clinic.doctor("林若溪", "妇科")
        front_desk.arrive(front_desk.book(other, clinic.account("先到"), "10:30", 15))
        self.move(front_desk, booked, other, "10:45")
        (moved,) = [each for each in front_desk.room().waiting if each.card.appointment_id == booked]
        assert (moved.visit.stage, moved.number, moved.doctor_name) == (Stage.ARRIVED, 2, "林若溪")
        assert front_desk.do("call_next", other).card.patient_name == "先到"

    def test_nobody_moves_away_from_a_consultation(self, front_desk, clinic, booked):
        front_desk.do("start", booked)
        with pytest.raises(Conflict) as caught:
            self.move(front_desk, booked, clinic.doctor("林若溪"), "10:45")
        assert caught.value.code == "visits.overtaken"

    def test_on_another_day_nobody_has_come(self, front_desk, booked, doctor):
        front_desk.arrive(booked)
        card = front_desk.card(booked)
        command = MoveAppointment(booked, card.version, doctor, at("10:30", DAY + dt.timedelta(days=1)), 30)
        appointments.move(front_desk.database, front_desk.actor, command, op_id=uuid7())
        assert front_desk.room().waiting == ()
        assert front_desk.card(booked).visit is None
