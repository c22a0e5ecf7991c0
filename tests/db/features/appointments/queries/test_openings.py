"""The next free times of a doctor, a department or anyone, and nights on which the clocks change."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import board, desk
from tcmdesk.features.appointments.types import CancelAppointment, PartOfDay, VisitType
from tcmdesk.features.identity.models import Department, Doctor
from tcmdesk.features.schedules.service.hours import add_exception, save_week
from tcmdesk.features.schedules.service.resources import save_resource, save_visit_kind
from tcmdesk.features.schedules.types import ExceptionKind, Resource, ResourceKind, VisitKind
from tcmdesk.features.settings.service import save_clinic
from tcmdesk.features.settings.types import DEFAULT_HOURS, Clinic
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.hours import exception, week

NEW_YORK = ZoneInfo("America/New_York")
SPRING = dt.date(2027, 3, 14)
AUTUMN = dt.date(2027, 11, 7)


@pytest.fixture
def chief(clerk):
    return replace(clerk, role=Role.ADMIN)


@pytest.fixture
def enter(database, chief):
    def write(service, *arguments, **fields):
        database.write(chief, "test", lambda uow: service(uow, chief, *arguments, **fields))

    return write


@pytest.fixture
def find(database, clerk):
    def look(**wanted):
        wanted = {"zone": ZONE, "from_": NOW, "minutes": 30, "days": 2} | wanted
        return database.read(lambda connection: board.find_openings(connection, clerk, **wanted))

    return look


def clocks(openings, zone=ZONE):
    return [f"{each.starts_at.astimezone(zone):%d %H:%M}" for each in openings]


def test_across_doctors_in_one_statement_earliest_first(
    schedule, clinic, doctor, patient, find, database, statements, enter
):
    other = clinic.doctor("林若溪")
    enter(save_week, doctor, week(doctor, (840, 930), cell=30))
    enter(save_week, other, week(other, (870, 930), cell=30))
    enter(add_exception, exception(ExceptionKind.LEAVE, other, from_day=DAY + dt.timedelta(days=1)))
    schedule.book(doctor, patient, "14:30")
    with statements(database) as log:
        found = find()
    assert len(log) == 1
    assert [(each.doctor_name, clock) for each, clock in zip(found, clocks(found), strict=True)] == [
        ("陈景和", "24 14:00"), ("林若溪", "24 14:30"), ("陈景和", "24 15:00"), ("林若溪", "24 15:00"),
        ("陈景和", "25 14:00"), ("陈景和", "25 14:30"), ("陈景和", "25 15:00"),
    ]  # fmt: skip
    assert {each.doctor_id for each in find(doctor_id=other)} == {other}
    assert find(limit=2) == found[:2]


def test_starts_without_a_free_bed_are_left_out(
    schedule, clinic, doctor, patient, find, enter, statements, database
):
    other = clinic.doctor("林若溪")
    for each in (doctor, other):
        enter(save_week, each, week(each, (840, 960), cell=30))
    needles = VisitKind(uuid7(), "针灸", 5, ResourceKind.BED, 5, 30)
    enter(save_visit_kind, needles)
    bed = Resource(uuid7(), "1号床", ResourceKind.BED)
    enter(save_resource, bed)
    enter(save_resource, Resource(uuid7(), "诊室", ResourceKind.ROOM))
    schedule.book(other, patient, "14:30", 5, visit_kind_id=needles.kind_id)
    wanted = {"doctor_id": doctor, "days": 1, "minutes": 5}
    assert clocks(find(**wanted)) == ["24 14:00", "24 14:30", "24 15:00", "24 15:30"]
    with statements(database) as log:
        found = find(**wanted, visit_kind_id=needles.kind_id)
    # the bed is taken from 14:35 to 15:05, and would be needed from 14:05, 14:35, 15:05 and 15:35 on
    assert clocks(found) == ["24 14:00", "24 15:00", "24 15:30"]
    assert len(log) == 1
    enter(save_resource, replace(bed, seats=2))
    assert len(find(**wanted, visit_kind_id=needles.kind_id)) == 4
    enter(save_resource, replace(bed, active=False))
    assert find(**wanted, visit_kind_id=needles.kind_id) == ()


def test_the_usual_kind_counts_unless_none_is_wanted(doctor, find, enter):
    enter(save_week, doctor, week(doctor, (840, 900), cell=30))
    enter(save_visit_kind, VisitKind(uuid7(), "针灸", 5, ResourceKind.BED, 5, 30, usual=True))
    assert find(doctor_id=doctor, days=1) == ()
    assert clocks(find(doctor_id=doctor, days=1, visit_kind_id="")) == ["24 14:00", "24 14:30"]


def test_what_is_cancelled_has_no_bed(schedule, clinic, doctor, patient, find, enter):
    other = clinic.doctor("林若溪")
    enter(save_week, doctor, week(doctor, (840, 870), cell=30))
    enter(save_visit_kind, VisitKind(uuid7(), "针灸", 5, ResourceKind.BED, 0, 30, usual=True))
    enter(save_resource, Resource(uuid7(), "1号床", ResourceKind.BED))
    taken = schedule.book(other, patient, "14:00", 5)
    assert find(doctor_id=doctor, days=1) == ()
    card = schedule.card(taken.appointment_id)
    cancel = CancelAppointment(card.appointment_id, card.version, "临时有事")
    desk.cancel(schedule.database, schedule.actor, cancel, op_id=uuid7())
    assert clocks(find(doctor_id=doctor, days=1)) == ["24 14:00"]


def test_of_a_department_a_part_of_the_day_and_a_sort_of_visit(clinic, database, doctor, find, enter):
    department = uuid7()
    clinic.insert(Department.__table__, id=department, name="内科", code="NK")
    inside = clinic.doctor("林若溪")
    with database.writes.begin() as connection:
        connection.execute(update(Doctor).where(Doctor.id == inside).values(department_id=department))
    assert {each.doctor_id for each in find(department_id=department)} == {inside}
    afternoon = clocks(find(doctor_id=doctor, part_of_day=PartOfDay.AFTERNOON, days=1))
    assert afternoon[0] == "24 14:00"
    assert all(clock[3:] < "12:00" for clock in clocks(find(part_of_day=PartOfDay.MORNING)))
    enter(save_week, doctor, week(doctor, (840, 900), video=False))
    assert find(doctor_id=doctor, visit_type=VisitType.VIDEO) == ()
    assert find(doctor_id=doctor, visit_type=VisitType.IN_PERSON)


def test_a_visit_is_as_long_as_the_doctors_cell_unless_said(doctor, find, enter):
    enter(save_week, doctor, week(doctor, (840, 900), cell=20))
    found = find(minutes=None, days=1)
    assert clocks(found) == ["24 14:00", "24 14:20", "24 14:40"]
    assert {each.minutes for each in found} == {20}


def test_a_second_seat_is_free(schedule, doctor, patient, find, enter):
    enter(save_week, doctor, week(doctor, (840, 870), seats=2, cell=30))
    schedule.book(doctor, patient, "14:00")
    assert clocks(find(days=1)) == ["24 14:00"]
    schedule.book(doctor, patient, "14:00")
    assert find(days=1) == ()


class TestClocks:
    """A clinic at night in a zone with summer time."""

    @pytest.fixture(autouse=True)
    def _night(self, enter, doctor, clock):
        enter(save_clinic, Clinic("杏林", NEW_YORK, DEFAULT_HOURS))
        enter(save_week, doctor, week(doctor, (60, 240), cell=30))
        clock.moment = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)

    def of(self, find, day):
        from_ = dt.datetime.combine(day, dt.time(), NEW_YORK)
        return find(zone=NEW_YORK, from_=from_, days=1)

    def test_the_hour_that_is_skipped_has_no_openings(self, find):
        found = self.of(find, SPRING)
        assert clocks(found, NEW_YORK) == ["14 01:00", "14 01:30", "14 03:00", "14 03:30"]
        assert len({each.starts_at for each in found}) == 4

    def test_the_hour_that_comes_twice_is_offered_once(self, find):
        assert clocks(self.of(find, AUTUMN), NEW_YORK) == [
            f"07 {hour:02d}:{minute:02d}" for hour in (1, 2, 3) for minute in (0, 30)
        ]

    def test_its_second_time_cannot_be_said_and_is_refused(self, schedule, doctor, patient):
        again = dt.datetime.combine(AUTUMN, dt.time(1, 30), NEW_YORK).replace(fold=1)
        with pytest.raises(ValidationError, match=r"appointments\.twice"):
            schedule.book(doctor, patient, again)
        first = again.replace(fold=0)
        schedule.book(doctor, patient, first)
        found = schedule.database.read(
            lambda connection: board.day_board(connection, schedule.actor, AUTUMN, NEW_YORK)
        )
        assert [(card.starts_at, card.minutes) for card in found.cards] == [(first.astimezone(dt.UTC), 30)]

    def test_hours_are_wall_clock_on_either_side(self, schedule, doctor, patient):
        for day in (SPRING - dt.timedelta(days=1), SPRING + dt.timedelta(days=1)):
            booked = schedule.book(doctor, patient, dt.datetime.combine(day, dt.time(2), NEW_YORK))
            assert schedule.row(booked.appointment_id).time_slot == "02:00"
