"""Calling, starting, finishing and taking back, on every database."""

import pytest

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.visits.service import calls
from tcmdesk.features.visits.service.calls import SAME_CALL
from tcmdesk.features.visits.types import Call, Stage
from tests.support.crowd import crowd


@pytest.fixture
def waiting(room):
    return room.arrive()[0]


class TestCall:
    def test_where_to_when_and_how_often(self, room, waiting, clock):
        state = room.call(waiting)
        assert (state.stage, state.room, state.call_count) == (Stage.CALLED, "诊室 1", 1)
        assert state.called_at == clock.now()

    def test_again(self, room, waiting):
        room.call(waiting)
        assert room.call(waiting, count=1).call_count == 2

    def test_of_many_desks_one_wins_and_the_others_are_told(self, database, waiting, clerk):
        def one(desk: Database, _number: int) -> str:
            command = Call(waiting, 0, "诊室 1")
            try:
                desk.write(clerk, "visits:test:call", lambda uow: calls.call(uow, clerk, command))
            except Conflict as conflict:
                return f"{conflict.code} {conflict.current.stage}"
            return "called"

        assert sorted(crowd(database, 10, one)) == ["called"] + ["visits.overtaken called"] * 9

    def test_somebody_who_has_not_come(self, room):
        with pytest.raises(Conflict) as caught:
            room.call(uuid7())
        assert caught.value.code == "visits.not_here"

    def test_somebody_in_consultation(self, room, waiting):
        room.start(waiting)
        with pytest.raises(Conflict):
            room.call(waiting)

    def test_a_room_whose_name_is_too_long(self, room, waiting):
        with pytest.raises(ValidationError):
            room.call(waiting, room="室" * 51)

    def test_a_doctor_calls_own_patients_only(self, room, waiting, clinic):
        own = Staff(uuid7(), "陈景和", Role.DOCTOR, room.doctor)
        room.actor = Staff(uuid7(), "林若溪", Role.DOCTOR, clinic.doctor("林若溪"))
        for act in (room.call, room.start, room.finish, lambda it: room.undo(it, Stage.ARRIVED)):
            with pytest.raises(PermissionDenied):
                act(waiting)
        with pytest.raises(PermissionDenied):
            room.turn()
        room.actor = own
        assert room.call(waiting).call_count == 1

    def test_a_pharmacist_calls_nobody(self, room, waiting):
        room.actor = Staff(uuid7(), "高司药", Role.PHARMACIST)
        with pytest.raises(PermissionDenied):
            room.call(waiting)


class TestTakeTurn:
    def test_a_second_desk_within_seconds_is_told(self, room, waiting):
        room.turn()
        room.call(waiting)
        room.actor = Staff(uuid7(), "白前台", Role.FRONT_DESK)
        with pytest.raises(Conflict) as caught:
            room.turn()
        assert (caught.value.code, caught.value.current) == ("visits.just_called", waiting)

    def test_the_same_person_may_go_on(self, room, waiting):
        room.turn()
        room.call(waiting)
        room.turn()
        assert room.call(waiting, count=1).call_count == 2

    def test_later_it_is_another_call(self, room, waiting, clock):
        room.turn()
        room.call(waiting)
        clock.advance(SAME_CALL * 2)
        room.actor = Staff(uuid7(), "白前台", Role.FRONT_DESK)
        room.turn()
        assert room.call(waiting, count=1).call_count == 2

    def test_another_doctors_call_is_another(self, room, waiting, clinic):
        room.turn()
        room.call(waiting)
        room.actor = Staff(uuid7(), "白前台", Role.FRONT_DESK)
        other = clinic.doctor("林若溪")
        room.turn(other)
        with pytest.raises(Conflict) as caught:
            room.turn()
        assert caught.value.current == waiting, "the first doctor's is still theirs"


class TestConsultation:
    def test_from_call_to_end(self, room, waiting, clock):
        room.call(waiting)
        assert room.start(waiting).started_at == clock.now()
        state = room.finish(waiting)
        assert (state.stage, state.finished_at) == (Stage.FINISHED, clock.now())

    def test_who_walks_in_uncalled(self, room, waiting):
        assert room.start(waiting).stage is Stage.IN_CONSULTATION

    def test_finished_without_a_beginning(self, room, waiting):
        state = room.finish(waiting)
        assert (state.stage, state.started_at) == (Stage.FINISHED, None)

    def test_finished_twice(self, room, waiting):
        room.finish(waiting)
        with pytest.raises(Conflict):
            room.finish(waiting)

    def test_nobody_starts_who_has_gone(self, room, waiting):
        room.undo(waiting, Stage.ARRIVED)
        with pytest.raises(Conflict):
            room.start(waiting)


class TestUndo:
    def test_each_step_back(self, room, waiting):
        room.call(waiting)
        room.start(waiting)
        room.finish(waiting)
        assert room.undo(waiting, Stage.FINISHED).stage is Stage.IN_CONSULTATION
        assert room.undo(waiting, Stage.IN_CONSULTATION).stage is Stage.CALLED
        state = room.undo(waiting, Stage.CALLED)
        assert (state.stage, state.called_at, state.call_count) == (Stage.ARRIVED, None, 1)
        assert room.undo(waiting, Stage.ARRIVED).stage is Stage.EXPECTED

    def test_a_step_that_somebody_took_meanwhile_stays(self, room, waiting):
        room.call(waiting)
        room.start(waiting)
        with pytest.raises(Conflict):
            room.undo(waiting, Stage.CALLED)
        assert room.row(waiting).state.stage is Stage.IN_CONSULTATION

    def test_finished_without_a_beginning(self, room, waiting):
        room.finish(waiting)
        assert room.undo(waiting, Stage.FINISHED).stage is Stage.ARRIVED
