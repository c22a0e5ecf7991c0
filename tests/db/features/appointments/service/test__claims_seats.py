"""Doctors who see several people at once, bookings beyond that, and beds and rooms."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from tcmdesk.core.actor import Role
from tcmdesk.core.db.schema.guard import add_guard
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import CancelAppointment, MoveAppointment, RestoreAppointment, Status
from tcmdesk.features.schedules.service import resources
from tcmdesk.features.schedules.service.hours import add_exception, save_week
from tcmdesk.features.schedules.types import ExceptionKind, Resource, ResourceKind, VisitKind
from tcmdesk.features.settings.service import store
from tests.factories.bookings import at
from tests.factories.hours import exception, week

DAYTIME = (510, 1050)


@pytest.fixture
def chief(clerk):
    return replace(clerk, role=Role.ADMIN)


@pytest.fixture
def enter(database, chief):
    def write(service, *arguments, **fields):
        return database.write(chief, "test", lambda uow: service(uow, chief, *arguments, **fields))

    return write


@pytest.fixture
def pair(enter, doctor):
    """The doctor sees two at once."""
    enter(save_week, doctor, week(doctor, DAYTIME, seats=2))
    return doctor


@pytest.fixture
def bed(enter):
    def made(name, **fields):
        made.place = getattr(made, "place", 0) + 1
        resource = Resource(uuid7(), name, ResourceKind.BED, place=made.place, **fields)
        enter(resources.save_resource, resource)
        return resource

    return made


@pytest.fixture
def needles(enter, doctor):
    """Five minutes of the doctor, then half an hour of a bed."""
    kind = VisitKind(uuid7(), "针灸", 5, ResourceKind.BED, 5, 30, doctor_id=doctor, usual=True)
    enter(resources.save_visit_kind, kind)
    return kind


@pytest.fixture
def move(schedule):
    def moved(card, start, **fields):
        command = MoveAppointment(
            card.appointment_id, card.version, card.doctor_id, at(start), card.minutes, **fields
        )
        return desk.move(schedule.database, schedule.actor, command, op_id=uuid7())

    return moved


def code_of(call, *arguments, **fields):
    with pytest.raises(Conflict) as caught:
        call(*arguments, **fields)
    return caught.value.code


class TestSeats:
    def test_two_at_once_are_no_clash_and_a_third_is_refused(self, schedule, pair, patient):
        first, second = (schedule.book(pair, patient, "14:00") for _ in range(2))
        assert first.clash == second.clash == ()
        assert schedule.day().clashes == ()
        assert code_of(schedule.book, pair, patient, "14:15") == "appointments.slot_taken"

    def test_seats_are_shared_cell_by_cell(self, schedule, pair, patient):
        schedule.book(pair, patient, "14:00", 15)
        schedule.book(pair, patient, "14:15", 15)
        schedule.book(pair, patient, "14:00", 30)
        assert code_of(schedule.book, pair, patient, "14:10", 10) == "appointments.slot_taken"

    def test_a_platform_booking_takes_a_seat(self, schedule, clinic, pair, patient):
        clinic.platform_booking(pair, patient, "14:00")
        schedule.book(pair, patient, "14:00")
        assert schedule.day().clashes == ()
        assert code_of(schedule.book, pair, patient, "14:00") == "appointments.slot_taken"
        clinic.platform_booking(pair, patient, "14:00-14:30")
        assert [len(clash.appointment_ids) for clash in schedule.day().clashes] == [3]

    def test_a_step_aside_within_its_own_time_holds_each_cell_once(self, schedule, pair, patient, move):
        first = schedule.book(pair, patient, "14:00")
        second = schedule.book(pair, patient, "14:00")
        cancel = CancelAppointment(
            first.appointment_id, schedule.card(first.appointment_id).version, "不来了"
        )
        desk.cancel(schedule.database, schedule.actor, cancel, op_id=uuid7())
        move(schedule.card(second.appointment_id), "14:15")
        held = schedule.held(second.appointment_id)
        assert held == [at("14:15") + dt.timedelta(minutes=5 * number) for number in range(6)]

    def test_fewer_seats_than_booked_are_refused_with_the_list_or_kept_with_a_mark(
        self, schedule, enter, pair, patient
    ):
        booked = [schedule.book(pair, patient, "14:00").appointment_id for _ in range(2)]
        with pytest.raises(Conflict) as refused:
            enter(save_week, pair, week(pair, DAYTIME))
        assert refused.value.code == "schedules.booked"
        assert {each.appointment_id for each in refused.value.current} <= set(booked)
        assert len(refused.value.current) == 1
        assert schedule.day().clashes == ()
        enter(save_week, pair, week(pair, DAYTIME), keep=True)
        assert [set(clash.appointment_ids) for clash in schedule.day().clashes] == [set(booked)]
        assert len(schedule.day().cards) == 2


# the servers' databases are shared by many tests and would keep the guard
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestGuard:
    """The opt-in guard of the database knows one booking a start; a desk says so instead of failing."""

    @pytest.fixture
    def guarded(self, database, pair):
        with database.writes.connect() as connection:
            add_guard(connection, lambda _line: None)
            connection.commit()
        return pair

    def test_a_second_seat_begins_at_another_time(self, schedule, guarded, patient, move):
        schedule.book(guarded, patient, "14:00")
        assert code_of(schedule.book, guarded, patient, "14:00") == "appointments.guarded"
        second = schedule.book(guarded, patient, "14:05")
        card = schedule.card(second.appointment_id)
        assert code_of(move, card, "14:00") == "appointments.guarded"
        assert len(schedule.day().cards) == 2


class TestExtra:
    def test_beyond_the_seats_with_a_reason_and_a_mark(self, schedule, doctor, patient):
        schedule.book(doctor, patient, "14:00")
        extra = schedule.book(doctor, patient, "14:00", extra_reason="老患者复诊加号")
        card = schedule.card(extra.appointment_id)
        assert card.extra
        assert extra.clash == ()
        assert schedule.day().clashes == ()
        assert schedule.desk_row(extra.appointment_id).extra_reason == "老患者复诊加号"

    def test_only_so_many(self, schedule, enter, doctor, patient):
        schedule.book(doctor, patient, "14:00")
        schedule.book(doctor, patient, "14:00", extra_reason="加号")
        full = (schedule.book, doctor, patient, "14:00")
        assert code_of(*full, extra_reason="加号") == "appointments.slot_taken"
        enter(store, "clinic", "extra_slots", "2")
        schedule.book(doctor, patient, "14:00", extra_reason="加号")

    def test_it_needs_a_reason_and_the_permission(self, schedule, doctor, patient):
        with pytest.raises(ValidationError):
            schedule.book(doctor, patient, "14:00", extra_reason="  ")
        schedule.actor = replace(schedule.actor, role=Role.PHARMACIST)
        with pytest.raises(PermissionDenied):
            schedule.book(doctor, patient, "14:00", extra_reason="加号")


class TestLeave:
    def test_a_time_in_a_leave_is_refused_but_to_an_extra_booking(self, schedule, enter, doctor, patient):
        enter(add_exception, exception(ExceptionKind.LEAVE, doctor, 780, 1440))
        assert code_of(schedule.book, doctor, patient, "14:00") == "appointments.closed"
        schedule.book(doctor, patient, "11:00")
        schedule.book(doctor, patient, "14:00", extra_reason="急诊")

    def test_the_clinic_may_only_want_to_be_warned(self, schedule, enter, doctor, patient):
        enter(add_exception, exception(ExceptionKind.HOLIDAY, None))
        enter(store, "clinic", "closures_refuse", "false")
        schedule.book(doctor, patient, "14:00")


class TestBeds:
    def test_five_minutes_of_the_doctor_and_thirty_of_a_bed(self, schedule, bed, needles, doctor, patient):
        first = bed("针床 1")
        booked = schedule.book(doctor, patient, "14:00", 5)
        card = schedule.card(booked.appointment_id)
        assert (card.room, card.visit_kind, card.minutes) == ("针床 1", "针灸", 5)
        row = schedule.desk_row(booked.appointment_id)
        assert (row.resource_id, row.resource_from, row.resource_minutes) == (
            first.resource_id, at("14:05"), 30,
        )  # fmt: skip
        assert len(schedule.held(booked.appointment_id)) == 1 + 6

    def test_each_gets_a_free_bed_until_there_is_none(self, schedule, bed, needles, doctor, patient):
        bed("针床 1")
        bed("针床 2")
        booked = [schedule.book(doctor, patient, start, 5) for start in ("14:00", "14:05")]
        rooms = [schedule.card(each.appointment_id).room for each in booked]
        assert rooms == ["针床 1", "针床 2"]
        assert code_of(schedule.book, doctor, patient, "14:10", 5) == "appointments.no_room"
        later = schedule.book(doctor, patient, "14:30", 5)
        assert schedule.card(later.appointment_id).room == "针床 1"
        without = schedule.book(doctor, patient, "14:10", 5, visit_kind_id="")
        assert schedule.card(without.appointment_id).room == ""

    def test_one_may_be_named(self, schedule, bed, needles, doctor, patient):
        bed("针床 1")
        second = bed("针床 2")
        booked = schedule.book(doctor, patient, "14:00", 5, resource_id=second.resource_id)
        assert schedule.card(booked.appointment_id).room == "针床 2"
        named = {"resource_id": second.resource_id}
        assert code_of(schedule.book, doctor, patient, "14:10", 5, **named) == "appointments.no_room"
        with pytest.raises(NotFound):
            schedule.book(doctor, patient, "15:00", 5, resource_id=uuid7())

    def test_a_bed_for_several(self, schedule, bed, needles, doctor, patient):
        bed("理疗区", seats=2)
        for start in ("14:00", "14:05"):
            schedule.book(doctor, patient, start, 5)
        assert code_of(schedule.book, doctor, patient, "14:10", 5) == "appointments.no_room"

    def test_it_comes_along_and_goes_back(self, schedule, bed, needles, doctor, patient, move):
        bed("针床 1")
        booked = schedule.book(doctor, patient, "14:00", 5)
        move(schedule.card(booked.appointment_id), "15:00")
        assert schedule.held(booked.appointment_id)[0] == at("15:00")
        assert len(schedule.held(booked.appointment_id)) == 7
        other = schedule.book(doctor, patient, "14:00", 5)
        cancel = CancelAppointment(
            other.appointment_id, schedule.card(other.appointment_id).version, "不来了"
        )
        desk.cancel(schedule.database, schedule.actor, cancel, op_id=uuid7())
        assert schedule.held(other.appointment_id) == []
        rival = schedule.book(doctor, patient, "14:15", 5)
        restore = RestoreAppointment(other.appointment_id, Status.CONFIRMED)
        with pytest.raises(Conflict, match=r"appointments\.no_room"):
            desk.restore(schedule.database, schedule.actor, restore, op_id=uuid7())
        move(schedule.card(rival.appointment_id), "16:00")
        desk.restore(schedule.database, schedule.actor, restore, op_id=uuid7())
        assert len(schedule.held(other.appointment_id)) == 7

    def test_a_short_step_keeps_the_bed(self, schedule, bed, needles, doctor, patient, move):
        bed("针床 1")
        bed("针床 2")
        schedule.book(doctor, patient, "14:00", 5)
        booked = schedule.book(doctor, patient, "14:05", 5)
        move(schedule.card(booked.appointment_id), "14:15")
        card = schedule.card(booked.appointment_id)
        assert (card.room, len(schedule.held(booked.appointment_id))) == ("针床 2", 7)

    def test_a_bed_that_a_cancelled_platform_row_holds_is_free(
        self, schedule, database, bed, needles, doctor, patient
    ):
        from sqlalchemy import update

        from tcmdesk.features.appointments.models import Appointment

        bed("针床 1")
        gone = schedule.book(doctor, patient, "14:00", 5)
        with database.writes.begin() as connection:
            connection.execute(
                update(Appointment).where(Appointment.id == gone.appointment_id).values(status="cancelled")
            )
        booked = schedule.book(doctor, patient, "14:05", 5)
        assert schedule.card(booked.appointment_id).room == "针床 1"
        assert len(schedule.held(booked.appointment_id)) == 7

    def test_beds_are_another_departments(self, schedule, bed, needles, doctor, patient):
        bed("推拿床", department_id=uuid7())
        assert code_of(schedule.book, doctor, patient, "14:00", 5) == "appointments.no_room"


def test_no_two_of_a_full_morning_overlap(schedule, bed, needles, pair, patient):
    for name in ("针床 1", "针床 2", "针床 3"):
        bed(name)
    refusals = set()
    for minute, _ in itertools.product(range(13 * 60, 14 * 60, 5), range(2)):
        try:
            schedule.book(pair, patient, f"{minute // 60:02d}:{minute % 60:02d}", 5)
        except Conflict as conflict:
            refusals.add(conflict.code)
    assert refusals == {"appointments.no_room"}
    cards = schedule.day().cards
    assert len(cards) == 6
    assert schedule.day().clashes == ()
