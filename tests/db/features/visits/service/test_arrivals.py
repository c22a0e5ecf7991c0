"""Arrivals and their numbers, on every database."""

import datetime as dt

import pytest

from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict
from tcmdesk.core.ids import uuid7
from tcmdesk.features.visits.service import arrivals
from tcmdesk.features.visits.types import Arrive, Session, Stage
from tests.factories.bookings import at
from tests.factories.clinic import DAY
from tests.support.crowd import crowd


class TestArrive:
    def test_numbers_count_from_one_for_each_doctor_and_part_of_the_day(self, room, clinic):
        other = clinic.doctor("林若溪", "妇科")
        assert [room.arrive()[1].number for _ in range(3)] == [1, 2, 3]
        assert room.arrive(doctor=other)[1].number == 1
        assert room.arrive(session=Session.AFTERNOON)[1].number == 1

    def test_what_is_kept(self, room, clock):
        _, state = room.arrive(due="10:45", walk_in=True, late=True)
        assert (state.stage, state.number, state.walk_in, state.late) == (Stage.ARRIVED, 1, True, True)
        assert (state.arrived_at, state.due_at) == (clock.now(), at("10:45"))
        assert (state.called_at, state.call_count, state.room) == (None, 0, "")

    def test_twice_is_a_conflict_that_names_the_number(self, room):
        appointment, _ = room.arrive()
        with pytest.raises(Conflict) as caught:
            room.arrive(appointment)
        assert caught.value.code == "visits.overtaken"
        assert caught.value.current.number == 1

    def test_a_number_is_kept_over_an_undo_and_never_given_to_another(self, room):
        first, _ = room.arrive()
        second, _ = room.arrive()
        assert room.undo(second, Stage.ARRIVED).stage is Stage.EXPECTED
        assert room.arrive()[1].number == 3
        assert room.arrive(second)[1].number == 2
        assert room.row(first).state.number == 1

    def test_a_number_left_behind_with_another_doctor_is_not_given_again(self, room, clinic):
        other = clinic.doctor("林若溪", "妇科")
        appointment, _ = room.arrive()
        room.undo(appointment, Stage.ARRIVED)
        assert room.arrive(appointment, doctor=other)[1].number == 1
        assert room.arrive()[1].number == 2

    def test_fifty_at_once_get_fifty_numbers(self, database, room, clerk, doctor):
        def one(desk: Database, _number: int) -> int | None:
            command = Arrive(uuid7(), doctor, DAY, Session.MORNING, at("10:30"))
            return desk.write(
                clerk, "visits:test:arrive", lambda uow: arrivals.arrive(uow, clerk, command)
            ).number

        assert sorted(crowd(database, 50, one)) == list(range(1, 51))

    def test_the_same_person_at_many_desks_arrives_once(self, database, room, clerk, doctor):
        command = Arrive(uuid7(), doctor, DAY, Session.MORNING, at("10:30"))

        def one(desk: Database, _number: int) -> str:
            try:
                desk.write(clerk, "visits:test:arrive", lambda uow: arrivals.arrive(uow, clerk, command))
            except Conflict as conflict:
                return conflict.code
            return "arrived"

        assert sorted(crowd(database, 8, one)) == ["arrived"] + ["visits.overtaken"] * 7
        assert room.arrive()[1].number == 2


class TestPlaceOfLate:
    def place(self, room, clock):
        return room.database.read(
            lambda connection: arrivals.place_of_late(
                connection, room.actor, room.doctor, DAY, clock.now(), besides=""
            )
        )

    def test_behind_the_next_two(self, room, clock):
        for due in ("11:00", "10:30", "10:45"):
            room.arrive(due=due)
        assert self.place(room, clock) == at("10:45")

    def test_behind_the_only_one(self, room, clock):
        room.arrive(due="11:00")
        assert self.place(room, clock) == at("11:00")

    def test_nobody_waits(self, room, clock):
        assert self.place(room, clock) == clock.now()


class TestNoShow:
    def test_one_that_never_came_has_no_number(self, room):
        appointment = uuid7()
        state = room.no_show(appointment)
        assert (state.stage, state.number) == (Stage.NO_SHOW, None)
        assert room.undo(appointment, Stage.NO_SHOW).stage is Stage.EXPECTED

    def test_several_of_one_doctor(self, room):
        for _ in range(3):
            assert room.no_show(uuid7()).stage is Stage.NO_SHOW

    def test_called_and_left_and_back(self, room):
        appointment, _ = room.arrive()
        room.call(appointment)
        assert room.no_show(appointment).number == 1
        assert room.undo(appointment, Stage.NO_SHOW).stage is Stage.CALLED

    def test_comes_after_all(self, room):
        appointment = uuid7()
        room.no_show(appointment)
        assert room.arrive(appointment)[1].number == 1

    def test_not_while_in_consultation(self, room):
        appointment, _ = room.arrive()
        room.start(appointment)
        with pytest.raises(Conflict):
            room.no_show(appointment)


class TestFollowMove:
    def test_with_another_doctor_there_is_a_new_number(self, room, clinic):
        other = clinic.doctor("林若溪", "妇科")
        room.arrive(doctor=other, session=Session.AFTERNOON)
        appointment, _ = room.arrive()
        room.call(appointment)
        state = room.follow(appointment, doctor=other)
        assert (state.stage, state.number, state.room) == (Stage.ARRIVED, 2, "")
        assert room.row(appointment).doctor_id == other

    def test_later_with_the_same_doctor_the_number_stays(self, room):
        appointment, _ = room.arrive()
        assert room.follow(appointment, due="11:30", session=Session.MORNING).number == 1

    def test_on_another_day_nobody_has_come(self, room):
        appointment, _ = room.arrive()
        assert room.follow(appointment, day=DAY + dt.timedelta(days=1)) is None
        assert room.row(appointment).state.stage is Stage.EXPECTED

    def test_nobody_has_come(self, room):
        assert room.follow(uuid7()) is None
