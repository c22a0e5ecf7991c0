"""What the four lists hold, and in what order."""

import datetime as dt

import pytest
from sqlalchemy import event, insert, update

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import desk as bookings
from tcmdesk.features.appointments.types import CancelAppointment, SetStatus, Status
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.worklists.service import desk, reading
from tcmdesk.features.worklists.types import PAGE, ListName
from tests.factories.bookings import booking
from tests.factories.clinic import DAY, NOW, ZONE

TOMORROW = DAY + dt.timedelta(days=1)


@pytest.fixture
def read(database, clerk):
    def read(name, **fields):
        return database.read(
            lambda connection: getattr(reading, name)(
                connection, clerk, now=database.clock.now(), zone=ZONE, **fields
            )
        )

    return read


@pytest.fixture
def made(database):
    """Say when a booking was made."""

    def made(appointment_id, moment):
        with database.writes.begin() as connection:
            connection.execute(
                update(Appointment).where(Appointment.id == appointment_id).values(created_at=moment)
            )

    return made


def ids(page):
    return [row.card.appointment_id for row in page.rows]


def at(minutes):
    return NOW - dt.timedelta(minutes=minutes)


def past(clinic, doctor, user, days, status="completed"):
    return clinic.platform_booking(doctor, user, "09:00", day=DAY - dt.timedelta(days=days), status=status)


# from the platform


def test_the_newest_of_the_platform_come_first(read, clinic, made, doctor, patient):
    old = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    new = clinic.platform_booking(doctor, patient, "10:00", day=TOMORROW)
    made(old, at(50)), made(new, at(5))
    page = read("from_platform")
    assert ids(page) == [new, old]
    assert all(row.new for row in page.rows)
    assert (page.rows[0].card.patient_name, page.rows[0].doctor_name, page.rows[0].phone) == (
        "沈若兰", "陈景和", "19900001111",
    )  # fmt: skip
    assert page.next is None


def test_desk_bookings_cancelled_ones_and_the_past_are_not_news(
    read, database, clerk, clinic, doctor, patient, made
):
    bookings.book(database, clerk, booking(doctor, patient, "14:00"), op_id=uuid7())
    clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW, status="cancelled")
    clinic.platform_booking(doctor, patient, "09:00", day=DAY - dt.timedelta(days=3))
    assert read("from_platform").rows == ()
    assert read("what_is_new").new_ids == ()


def test_what_was_seen_is_no_longer_new_but_stays_until_confirmed(
    read, database, clerk, clinic, made, doctor, patient
):
    first = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    made(first, at(30))
    assert read("what_is_new").new_ids == (first,)
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    assert read("what_is_new").new_ids == ()
    (row,) = read("from_platform").rows
    assert not row.new
    bookings.set_status(database, clerk, SetStatus(first, row.card.version, Status.CONFIRMED), op_id=uuid7())
    assert read("from_platform").rows == ()


def test_a_booking_of_the_very_second_that_was_seen_is_still_new(
    read, database, clerk, clinic, made, doctor, patient
):
    first = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    made(first, at(30))
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    second = clinic.platform_booking(doctor, patient, "10:00", day=TOMORROW)
    made(second, at(30))
    assert read("what_is_new").new_ids == (second,)
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    assert read("what_is_new").new_ids == ()


def test_seeing_an_old_page_takes_nothing_back(read, database, clerk, clinic, made, doctor, patient):
    first = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    made(first, at(30))
    before = read("from_platform").rows
    second = clinic.platform_booking(doctor, patient, "10:00", day=TOMORROW)
    made(second, at(3))
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    desk.seen(database, clerk, before, op_id=uuid7())
    assert read("what_is_new").new_ids == ()


def test_each_reader_has_a_mark_of_their_own(read, database, clerk, clinic, made, doctor, patient):
    made(clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW), at(3))
    desk.seen(database, clinic.clerk("杜前台"), read("from_platform").rows, op_id=uuid7())
    assert len(read("what_is_new").new_ids) == 1


def test_a_booking_that_another_desk_confirmed_is_news_to_those_who_have_not_seen_it(
    read, database, clerk, clinic, made, doctor, patient
):
    first = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    made(first, at(30))
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    confirmed = clinic.platform_booking(doctor, patient, "10:00", day=TOMORROW, status="confirmed")
    made(confirmed, at(3))
    assert read("what_is_new").new_ids == (confirmed,)


def test_the_sound_is_on_until_it_is_turned_off(read, database, clerk, clinic, doctor, patient):
    assert read("what_is_new").sound
    clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    desk.set_sound(database, clerk, False, op_id=uuid7())
    found = read("what_is_new")
    assert not found.sound
    assert len(found.new_ids) == 1
    desk.seen(database, clerk, read("from_platform").rows, op_id=uuid7())
    assert not read("what_is_new").sound


def test_pages_follow_each_other_without_gap_or_repetition(read, clinic, made, doctor, patient):
    all_ids = {
        clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW + dt.timedelta(days=number // 4))
        for number in range(PAGE + 7)
    }
    for number, appointment_id in enumerate(sorted(all_ids)):
        made(appointment_id, at(number // 9))
    for name in ("from_platform", "unconfirmed"):
        first = read(name)
        second = read(name, after=first.next)
        assert (len(first.rows), len(second.rows), second.next) == (PAGE, 7, None)
        assert set(ids(first)) | set(ids(second)) == all_ids


def test_the_clinic_s_own_blocks_are_nobody_s_booking(read, database, clinic, doctor):
    from tcmdesk.features.identity.models import User
    from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID

    clinic.insert(
        User.__table__, id=CLINIC_ACCOUNT_ID, account="clinic", name="clinic", password_hash="x", gender="other",
        phone="0000clinic", role="patient", status="active",
    )  # fmt: skip
    clinic.platform_booking(doctor, CLINIC_ACCOUNT_ID, "09:00", day=TOMORROW)
    assert read("from_platform").rows == read("unconfirmed").rows == ()
    assert read("what_is_new").new_ids == ()


# unconfirmed


def test_the_next_unconfirmed_come_first(read, clinic, doctor, patient):
    later = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW + dt.timedelta(days=1))
    sooner = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    clinic.platform_booking(doctor, patient, "10:00", day=TOMORROW, status="confirmed")
    assert ids(read("unconfirmed")) == [sooner, later]


def test_a_slot_that_says_no_time_is_listed(read, clinic, doctor, patient):
    clinic.platform_booking(doctor, patient, "下午", day=TOMORROW)
    (row,) = read("unconfirmed").rows
    assert (row.card.starts_at, row.card.slot_text) == (None, "下午")


# recall


def test_who_was_here_long_ago_and_not_since_is_recalled(read, clinic, doctor, patient):
    last = past(clinic, doctor, patient, 40)
    past(clinic, doctor, patient, 60)
    assert ids(read("recall", days=30)) == [last]
    assert ids(read("recall", days=41)) == []


@pytest.mark.parametrize(("days", "status", "recalled"), [
    (3, "completed", False), (-3, "pending", False), (-3, "confirmed", False), (-3, "cancelled", True),
])  # fmt: skip
def test_who_comes_again_is_not_recalled(read, clinic, doctor, patient, days, status, recalled):
    past(clinic, doctor, patient, 40)
    past(clinic, doctor, patient, days, status)
    assert (len(read("recall", days=30).rows) == 1) is recalled


def test_a_family_member_s_visit_is_not_the_holder_s(read, database, clerk, clinic, clock, doctor, patient):
    child = clinic.member(patient, "沈小满", "son")
    past(clinic, doctor, patient, 40)
    bookings.book(database, clerk, booking(doctor, PatientRef(patient, child), "14:00"), op_id=uuid7())
    assert [row.subject for row in read("recall", days=30).rows] == [patient]


def test_snoozed_until_a_day_or_for_good(read, database, clerk, clinic, clock, doctor, patient):
    past(clinic, doctor, patient, 40)
    (row,) = read("recall", days=30).rows
    until = DAY + dt.timedelta(days=7)
    desk.put_off(database, clerk, ListName.RECALL, row.subject, until, op_id=uuid7())
    assert read("recall", days=30).rows == ()
    clock.advance(dt.timedelta(days=7))
    assert len(read("recall", days=30).rows) == 1
    desk.put_off(database, clerk, ListName.RECALL, row.subject, None, op_id=uuid7())
    assert read("recall", days=30).rows == ()
    desk.list_again(database, clerk, ListName.RECALL, row.subject, op_id=uuid7())
    assert len(read("recall", days=30).rows) == 1


# did not come


def test_a_confirmed_time_that_is_over_without_an_arrival(read, clinic, doctor, patient):
    missed = past(clinic, doctor, patient, 2, "confirmed")
    clinic.platform_booking(doctor, clinic.account("甲"), "09:00", status="confirmed")
    clinic.platform_booking(doctor, clinic.account("乙"), "11:00", status="confirmed")
    past(clinic, doctor, clinic.account("丙"), 2, "completed")
    past(clinic, doctor, clinic.account("丁"), 2, "cancelled")
    past(clinic, doctor, clinic.account("戊"), 60, "confirmed")
    found = read("no_show")
    assert missed in ids(found)
    # the one at 09:00 of today is over, the one at 11:00 still to come
    assert [row.card.patient_name for row in found.rows] == ["甲", "沈若兰"] or len(found.rows) == 2


def visit(database, doctor, appointment_id, stage, number=1):
    with database.writes.begin() as connection:
        connection.execute(
            insert(DeskVisit).values(
                appointment_id=appointment_id, doctor_id=doctor, day=DAY - dt.timedelta(days=2), session="am",
                number=number, stage=stage, due_at=at(60), late=False, walk_in=False, call_count=0, room="",
            )
        )  # fmt: skip


def test_who_arrived_did_come_and_who_was_marked_did_not(read, database, clinic, doctor, patient):
    came = past(clinic, doctor, patient, 2, "confirmed")
    marked = past(clinic, doctor, clinic.account("甲"), 2, "confirmed")
    visit(database, doctor, came, "arrived")
    visit(database, doctor, marked, "no_show", None)
    assert ids(read("no_show")) == [marked]


def test_who_has_a_new_time_is_not_called(read, clinic, doctor, patient):
    past(clinic, doctor, patient, 2, "confirmed")
    clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    assert read("no_show").rows == ()


def test_dismissed_for_good(read, database, clerk, clinic, doctor, patient):
    missed = past(clinic, doctor, patient, 2, "confirmed")
    desk.put_off(database, clerk, ListName.NO_SHOW, missed, None, op_id=uuid7())
    assert read("no_show").rows == ()


@pytest.mark.parametrize("name", ["from_platform", "what_is_new", "unconfirmed", "recall", "no_show"])
def test_one_round_trip_each(read, database, clinic, doctor, patient, name):
    past(clinic, doctor, patient, 40)
    fields = {"days": 30} if name == "recall" else {}
    read(name, **fields)
    statements = []
    event.listen(database.reads, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    read(name, **fields)
    assert len(statements) == 1


def test_cancelling_from_the_list_keeps_the_reason(read, database, clerk, clinic, doctor, patient):
    clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    (row,) = read("from_platform").rows
    command = CancelAppointment(row.card.appointment_id, row.card.version, "医生请假")
    bookings.cancel(database, clerk, command, op_id=uuid7())
    assert read("from_platform").rows == ()
