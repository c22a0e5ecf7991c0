"""What the day board reads, on every database."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import update

from tcmdesk.core.actor import Anonymous, Role
from tcmdesk.core.errors import NotFound, PermissionDenied
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import board
from tcmdesk.features.appointments.types import Kind, MoveAppointment, Session, Source, Status
from tcmdesk.features.identity.models import Department, Doctor, User
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.schedules.service.hours import save_week
from tests.factories.bookings import at, booking
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.hours import week

NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def read(database, clerk):
    def ask(function, *arguments, **fields):
        return database.read(lambda connection: function(connection, clerk, *arguments, **fields))

    return ask


class TestDayBoard:
    def test_one_statement(self, schedule, database, doctor, patient, statements):
        schedule.book(doctor, patient, "14:00")
        with statements(database) as log:
            schedule.day()
        assert len(log) == 1

    @pytest.mark.parametrize("slot", ["09:30", "09:30-10:30", "上午9点半", "9:30", "０９：３０"])
    def test_platform_rows_appear_where_they_belong(self, schedule, clinic, doctor, patient, slot):
        theirs = clinic.platform_booking(doctor, patient, slot)
        (card,) = schedule.day().cards
        assert (card.appointment_id, card.starts_at) == (theirs, at("09:30"))
        assert (card.source, card.status, card.patient_confirmed) == (Source.PLATFORM, Status.PENDING, False)
        assert card.minutes == (60 if "10:30" in slot else 30)

    def test_any_time_of_the_clinics_day_is_that_day(self, schedule, clinic, database, doctor, patient):
        moments = [at("00:00"), at("23:59"), at("12:00")]
        for number, moment in enumerate(moments):
            theirs = clinic.platform_booking(doctor, patient, f"1{number}:00")
            with database.writes.begin() as connection:
                connection.execute(
                    update(Appointment).where(Appointment.id == theirs).values(appointment_date=moment)
                )
        assert [card.starts_at for card in schedule.day().cards] == [at("10:00"), at("11:00"), at("12:00")]
        assert schedule.day(NEXT_DAY).cards == schedule.day(DAY - dt.timedelta(days=1)).cards == ()

    @pytest.mark.parametrize("slot", ["", "下午", "待定", "25:00"])
    def test_the_unreadable_lie_in_the_tray(self, schedule, clinic, doctor, patient, slot):
        theirs = clinic.platform_booking(doctor, patient, slot)
        day = schedule.day()
        assert day.cards == ()
        (card,) = day.unreadable
        assert (card.appointment_id, card.starts_at, card.slot_text) == (theirs, None, slot)

    def test_cancelled_ones_are_there_and_clash_with_nobody(self, schedule, clinic, doctor, patient):
        clinic.platform_booking(doctor, patient, "14:00", status="cancelled")
        schedule.book(doctor, patient, "14:00")
        day = schedule.day()
        assert {card.status for card in day.cards} == {Status.CANCELLED, Status.CONFIRMED}
        assert day.clashes == ()

    def test_platform_rows_clash_among_themselves(self, schedule, clinic, doctor, patient):
        ids = {clinic.platform_booking(doctor, patient, slot) for slot in ("09:00-10:00", "09:30", "10:00")}
        (clash,) = schedule.day().clashes
        assert set(clash.appointment_ids) < ids
        assert (clash.starts_at, clash.ends_at) == (at("09:00"), at("10:00"))

    def test_the_same_time_of_two_doctors_is_no_clash(self, schedule, clinic, doctor, patient):
        for other in (doctor, clinic.doctor("林若溪")):
            clinic.platform_booking(other, patient, "09:00")
        assert schedule.day().clashes == ()

    def test_long_texts_are_cut_on_the_board_and_whole_in_the_card(self, schedule, doctor, patient):
        text = "痛" * 500
        booked = schedule.book(doctor, patient, "14:00", symptoms=text)
        assert schedule.day().cards[0].symptoms == text[:200]
        assert schedule.card(booked.appointment_id).symptoms == text

    def test_what_kind_of_visit(self, schedule, doctor, patient):
        schedule.book(doctor, patient, "14:00", kind=Kind.FOLLOW_UP)
        schedule.book(doctor, patient, "15:00", kind=Kind.FIRST)
        assert [card.kind for card in schedule.day().cards] == [Kind.FOLLOW_UP, Kind.FIRST]

    def test_strangers_see_nothing(self, database):
        with pytest.raises(PermissionDenied):
            database.read(lambda connection: board.day_board(connection, Anonymous(), DAY, ZONE))

    def test_a_card_that_is_gone(self, read):
        with pytest.raises(NotFound):
            read(board.appointment, uuid7(), ZONE)


class TestDoctors:
    def test_hours_are_the_days_the_clinics_or_their_own(self, clinic, database, read, statements):
        clinic.hours('{"tue": [["08:30", "12:00"], ["13:30", "17:30"]]}')
        plain, special = clinic.doctor("陈景和"), clinic.doctor("林若溪", "妇科")
        admin = clinic.clerk()
        chief = replace(admin, role=Role.ADMIN)
        database.write(chief, "test", lambda uow: save_week(uow, chief, special, week(special, (600, 660))))
        with statements(database) as log:
            tuesday = {column.doctor_id: column for column in read(board.board_doctors, DAY)}
        assert len(log) == 1
        assert tuesday[plain].sessions == (Session(510, 720), Session(810, 1050))
        assert tuesday[special].sessions == (Session(600, 660),)
        assert tuesday[special].department == "妇科"
        wednesday = {column.doctor_id: column for column in read(board.board_doctors, NEXT_DAY)}
        assert wednesday[plain].sessions == ()

    def test_departments_stand_as_they_were_made_and_nobody_changes_place(self, clinic, database, read):
        made = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
        places = (("妇科", "FK", 1), ("内科", "NK", 0), ("", "", None))
        for name, code, minutes in places:
            doctors = [clinic.doctor(f"{name}{number}", name) for number in (1, 2)]
            if minutes is None:
                continue
            department = uuid7()
            opened = made + dt.timedelta(minutes=minutes)
            clinic.insert(Department.__table__, id=department, name=name, code=code, created_at=opened)
            with database.writes.begin() as connection:
                for at_, doctor in enumerate(doctors):
                    connection.execute(
                        update(Doctor)
                        .where(Doctor.id == doctor)
                        .values(department_id=department, created_at=made - dt.timedelta(days=at_))
                    )
        names = [column.name for column in read(board.board_doctors, DAY)]
        assert names == ["内科2", "内科1", "妇科2", "妇科1", "1", "2"]

    def test_those_who_are_switched_off_are_left_out(self, clinic, database, read):
        clinic.doctor("陈景和")
        with database.writes.begin() as connection:
            connection.execute(update(User).where(User.role == "doctor").values(status="inactive"))
        assert read(board.board_doctors, DAY) == ()


class TestOpenings:
    def starts(self, read, doctor, **fields):
        wanted = {"from_": NOW, "days": 1, "minutes": 30, "zone": ZONE} | fields
        return [opening.starts_at for opening in read(board.openings, doctor, **wanted)]

    def test_inside_the_hours_and_not_before_now(self, read, doctor):
        found = self.starts(read, doctor)
        assert found[:2] == [at("10:30"), at("10:45")]
        assert at("11:30") in found
        assert at("11:45") not in found
        assert at("14:00") in found
        assert found[-1] == at("16:30")

    def test_beside_whatever_is_taken(self, schedule, clinic, read, doctor, patient):
        schedule.book(doctor, patient, "10:45")
        clinic.platform_booking(doctor, patient, "14:00-15:00")
        clinic.platform_booking(doctor, patient, "16:00", status="cancelled")
        found = self.starts(read, doctor)
        assert found[0] == at("11:15")
        assert at("14:30") not in found
        assert at("16:00") in found

    def test_over_several_days(self, read, doctor):
        found = self.starts(read, doctor, days=2)
        assert at("09:00", NEXT_DAY) in found
        assert max(found) == at("16:30", NEXT_DAY)

    def test_every_one_can_be_booked(self, schedule, clinic, read, doctor, patient):
        schedule.book(doctor, patient, "10:45", 20)
        clinic.platform_booking(doctor, patient, "15:00")
        found = self.starts(read, doctor, minutes=60)
        for start in (found[0], found[-1]):
            schedule.book(doctor, patient, start, 60)

    def test_an_unknown_doctor(self, read):
        with pytest.raises(NotFound):
            self.starts(read, uuid7())


class TestWarnings:
    def codes(self, read, command):
        return [warning.code for warning in read(board.warnings, command, zone=ZONE, now=NOW)]

    def test_nothing_to_look_at(self, read, doctor, patient):
        assert self.codes(read, booking(doctor, patient, "14:00")) == []

    @pytest.mark.parametrize("start", ["08:45", "11:45", "12:30", "16:45", "20:00"])
    def test_outside_the_hours(self, read, doctor, patient, start):
        assert self.codes(read, booking(doctor, patient, at(start, NEXT_DAY))) == [
            "appointments.outside_hours"
        ]

    def test_a_time_that_has_begun(self, read, doctor, patient):
        assert self.codes(read, booking(doctor, patient, "10:15")) == ["appointments.begun"]

    def test_the_patient_is_expected_elsewhere(self, schedule, clinic, read, doctor, patient):
        other = clinic.doctor("林若溪")
        schedule.book(other, patient, "14:15")
        (warning,) = read(board.warnings, booking(doctor, patient, "14:00"), zone=ZONE, now=NOW)
        assert warning.code == "appointments.elsewhere"
        assert dict(warning.params) == {"doctor": "林若溪", "time": "14:15"}

    def test_a_relative_elsewhere_is_somebody_else(self, schedule, clinic, read, doctor, patient):
        child = clinic.member(patient, "沈小满", "女儿")
        schedule.book(clinic.doctor("林若溪"), PatientRef(patient, child), "14:00")
        assert self.codes(read, booking(doctor, patient, "14:00")) == []

    def test_a_move_is_not_its_own_obstacle(self, schedule, read, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        card = schedule.card(booked.appointment_id)
        command = MoveAppointment(card.appointment_id, card.version, doctor, at("14:15"), 30)
        assert self.codes(read, command) == []
