"""Leave: what it hits, where each could go, and the hours that are left."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board, leave
from tcmdesk.features.appointments.types import MoveAppointment
from tcmdesk.features.schedules.service.hours import add_exception
from tcmdesk.features.schedules.types import ExceptionKind, Session
from tests.factories.bookings import at
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.hours import exception

ILL = partial(exception, ExceptionKind.LEAVE)
NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def preview(database, clerk):
    def look(wanted, now=NOW):
        return database.read(
            lambda connection: leave.preview_leave(connection, clerk, wanted, zone=ZONE, now=now)
        )

    return look


@pytest.fixture
def columns(database, clerk):
    def read(day=DAY):
        found = database.read(lambda connection: board.board_doctors(connection, clerk, day))
        return {column.doctor_id: column for column in found}

    return read


class TestPreview:
    def test_every_coming_booking_is_listed_with_other_times(
        self, schedule, clinic, doctor, patient, preview, database, statements
    ):
        schedule.book(doctor, patient, "14:00")
        clinic.platform_booking(doctor, patient, "15:00")
        schedule.book(clinic.doctor("林若溪"), patient, "14:00")
        with statements(database) as log:
            hits = preview(ILL(doctor, 720, 1440))
        assert len(log) == 2
        assert [hit.card.starts_at for hit in hits] == [at("14:00"), at("15:00")]
        assert [hit.alternatives[0].starts_at for hit in hits] == [
            at("14:00", NEXT_DAY),
            at("15:00", NEXT_DAY),
        ]

    def test_who_was_here_or_cancelled_or_comes_at_another_time_is_not(
        self, schedule, clinic, doctor, patient, preview
    ):
        schedule.book(doctor, patient, "11:00")
        clinic.platform_booking(doctor, patient, "14:00", status="cancelled")
        clinic.platform_booking(doctor, patient, "14:30", status="completed")
        clinic.platform_booking(doctor, patient, "下午")
        assert preview(ILL(doctor, 720, 1440)) == ()

    def test_two_are_not_offered_the_same_time_first(self, schedule, clinic, doctor, patient, preview):
        for slot in ("14:00", "14:00-14:30"):
            clinic.platform_booking(doctor, patient, slot)
        first, second = (hit.alternatives[0] for hit in preview(ILL(doctor)))
        assert first.starts_at != second.starts_at

    def test_no_alternative_lies_in_the_leave(self, schedule, doctor, patient, preview):
        schedule.book(doctor, patient, "14:00")
        until = DAY + dt.timedelta(days=9)
        (hit,) = preview(ILL(doctor, until_day=until))
        assert hit.alternatives
        assert all(each.starts_at.astimezone(ZONE).date() > until for each in hit.alternatives)

    def test_a_holiday_is_everybodys(self, schedule, clinic, doctor, patient, preview):
        other = clinic.doctor("林若溪")
        schedule.book(doctor, patient, "14:00")
        schedule.book(other, patient, "15:00")
        hits = preview(exception(ExceptionKind.HOLIDAY, None))
        assert {hit.card.doctor_id for hit in hits} == {doctor, other}
        assert all(each.starts_at.astimezone(ZONE).date() > DAY for hit in hits for each in hit.alternatives)


class TestEnter:
    def test_it_closes_the_hours_and_counts_who_was_moved(
        self, schedule, database, clerk, doctor, patient, preview, columns
    ):
        booked = schedule.book(doctor, patient, "14:00")
        wanted = ILL(doctor, 720, 1440)
        (hit,) = preview(wanted)
        leave.enter_leave(database, clerk, wanted, op_id=uuid7())
        target = hit.alternatives[0]
        command = MoveAppointment(booked.appointment_id, hit.card.version, doctor, target.starts_at, 30)
        for _ in range(2):
            leave.move_for_leave(
                database, clerk, wanted.exception_id, command, hit.card.starts_at, op_id=uuid7()
            )
        column = columns()[doctor]
        assert column.sessions == (Session(540, 720),)
        (closure,) = column.closures
        assert (closure.start, closure.end, closure.reason, closure.moved) == (720, 1440, "外出进修", 1)
        assert schedule.card(booked.appointment_id).starts_at == target.starts_at
        told = [message.type for message in schedule.messages()]
        assert told == ["appointment_confirmed"] * 2, "booked, and moved once"

    def test_taking_it_back_opens_the_hours(self, database, clerk, doctor, columns):
        wanted = ILL(doctor)
        leave.enter_leave(database, clerk, wanted, op_id=uuid7())
        assert columns()[doctor].sessions == ()
        leave.undo_leave(database, clerk, wanted, op_id=uuid7())
        assert columns()[doctor].sessions == (Session(540, 720), Session(840, 1020))
        with pytest.raises(NotFound):
            leave.undo_leave(database, clerk, wanted, op_id=uuid7())

    @pytest.mark.parametrize(("fields", "field"), [
        ({"from_day": DAY - dt.timedelta(days=3)}, "until_day"),
        ({"until_day": DAY - dt.timedelta(days=1)}, "until_day"),
        ({"start": 0, "end": 600}, "until_day"),
        ({"start": 900, "end": 900}, "end"),
        ({"reason": " "}, "reason"),
        ({"until_day": DAY + dt.timedelta(days=400)}, "until_day"),
    ])  # fmt: skip
    def test_what_cannot_be_is_refused_at_its_field(self, database, clerk, doctor, columns, fields, field):
        with pytest.raises(ValidationError) as refused:
            leave.enter_leave(database, clerk, ILL(doctor, **fields), op_id=uuid7())
        assert refused.value.field == field
        assert columns()[doctor].closures == ()

    def test_twice_the_same_time_is_refused(self, database, clerk, doctor):
        leave.enter_leave(database, clerk, ILL(doctor, 720, 1440), op_id=uuid7())
        with pytest.raises(ValidationError, match=r"schedules\.overlap"):
            leave.enter_leave(database, clerk, ILL(doctor, 900, 960), op_id=uuid7())
        leave.enter_leave(database, clerk, ILL(doctor, 660, 720), op_id=uuid7())

    def test_a_doctor_enters_leave_of_their_own_only(self, database, clerk, clinic, doctor):
        physician = replace(clerk, role=Role.DOCTOR, doctor_id=doctor)
        leave.enter_leave(database, physician, ILL(doctor), op_id=uuid7())
        with pytest.raises(PermissionDenied):
            leave.enter_leave(database, physician, ILL(clinic.doctor("林若溪")), op_id=uuid7())
        with pytest.raises(PermissionDenied):
            leave.enter_leave(database, clerk, exception(ExceptionKind.HOLIDAY, None), op_id=uuid7())

    def test_an_operation_is_applied_once(self, database, clerk, doctor, columns):
        wanted, op_id = ILL(doctor), uuid7()
        leave.enter_leave(database, clerk, wanted, op_id=op_id)
        leave.enter_leave(database, clerk, wanted, op_id=op_id)
        assert len(columns()[doctor].closures) == 1


class TestDays:
    def test_a_holiday_spares_an_extra_session_and_leave_does_not(self, database, clerk, doctor, columns):
        chief = replace(clerk, role=Role.ADMIN)

        def enter(*wanted):
            for each in wanted:
                database.write(chief, "test", lambda uow, each=each: add_exception(uow, chief, each))

        enter(
            exception(ExceptionKind.EXTRA, doctor, 1080, 1200, cell=20),
            exception(ExceptionKind.HOLIDAY, None),
        )
        assert columns()[doctor].sessions == (Session(1080, 1200, cell=20),)
        enter(ILL(doctor, 1140, 1440))
        assert columns()[doctor].sessions == (Session(1080, 1140, cell=20),)

    def test_an_extra_session_in_open_hours_is_refused(self, database, clerk, doctor):
        chief = replace(clerk, role=Role.ADMIN)
        wanted = exception(ExceptionKind.EXTRA, doctor, 660, 750)
        with pytest.raises(ValidationError, match=r"schedules\.overlap"):
            database.write(chief, "test", lambda uow: add_exception(uow, chief, wanted))

    def test_changed_hours_take_the_place_of_the_weeks(
        self, schedule, database, clerk, doctor, patient, columns
    ):
        chief = replace(clerk, role=Role.ADMIN)
        schedule.book(doctor, patient, "16:00")
        wanted = exception(ExceptionKind.CHANGED, doctor, 600, 840)
        with pytest.raises(Conflict) as refused:
            database.write(chief, "test", lambda uow: add_exception(uow, chief, wanted))
        assert [each.starts_at for each in refused.value.current] == [at("16:00")]
        database.write(chief, "test", lambda uow: add_exception(uow, chief, wanted, keep=True))
        assert columns()[doctor].sessions == (Session(600, 840),)
        assert columns(NEXT_DAY)[doctor].sessions == (Session(540, 720), Session(840, 1020))
