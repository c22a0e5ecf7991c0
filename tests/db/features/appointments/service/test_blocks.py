"""What the platform still sells, by its own check, and the blocks that keep it from selling."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from tcmdesk.core.actor import Role, System
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import blocks, board, leave, recent, span
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.notifications.models import Notification
from tcmdesk.features.patients.service import search
from tcmdesk.features.schedules.types import ExceptionKind
from tcmdesk.features.settings.service import store
from tests.factories.bookings import at
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.hours import exception

OFFERED = (
    "09:00",
    "09:30",
    "10:00",
    "10:30",
    "11:00",
    "11:30",
    "14:00",
    "14:30",
    "15:00",
    "15:30",
    "16:00",
    "16:30",
)
TAKEN = text(
    "SELECT time_slot FROM appointments WHERE doctor_id = :doctor AND DATE(appointment_date) = :day"
    " AND status IN ('pending', 'confirmed')"
)
JOB = System("platform-blocks")


@pytest.fixture
def sells(database, doctor):
    """The platform's availability: equal text on the same UTC date."""

    def offered(day=DAY):
        with database.reads.connect() as connection:
            taken = set(connection.execute(TAKEN, {"doctor": doctor, "day": day.isoformat()}).scalars())
        return [slot for slot in OFFERED if slot not in taken]

    return offered


@pytest.fixture
def switch(database, clerk):
    chief = replace(clerk, role=Role.ADMIN)

    def turn(value):
        database.write(chief, "test", lambda uow: store(uow, chief, "clinic", "mirror_closures", value))

    return turn


@pytest.fixture
def run(database):
    return lambda now=NOW: blocks.keep_blocks(database, JOB, now)


@pytest.fixture
def ill(database, clerk, doctor):
    wanted = exception(ExceptionKind.LEAVE, doctor, 780, 1440)
    leave.enter_leave(database, clerk, wanted, op_id=uuid7())
    return wanted


@pytest.fixture(autouse=True)
def _early(clock):
    clock.moment = at("08:00")


def marks(schedule):
    return [f"{cell.start // 60:02d}:{cell.start % 60:02d}" for cell in schedule.day().still_sold]


def test_marked_is_what_the_platform_sells_and_the_clinic_cannot_give(
    schedule, clinic, doctor, patient, sells, ill
):
    schedule.book(doctor, patient, "09:15", 60)
    schedule.book(doctor, patient, "11:00")
    clinic.platform_booking(doctor, patient, "10:30")
    impossible = {
        "09:00",
        "09:30",
        "10:00",
        "11:00",
        "10:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
        "16:00",
        "16:30",
    }
    assert marks(schedule) == [slot for slot in sells() if slot in impossible]
    assert "11:00" not in marks(schedule)


def test_an_ordinary_day_has_no_marks(schedule, doctor):
    assert marks(schedule) == []


def test_what_is_blocked_is_no_longer_sold(schedule, doctor, patient, sells, ill, switch, run):
    schedule.book(doctor, patient, "09:15", 60)
    assert run() == (0, 0), "only where it is switched on"
    switch("true")
    made, removed = run()
    assert (made, removed) == (9, 0)
    assert sells() == ["10:30", "11:00", "11:30"]
    assert marks(schedule) == []
    assert run() == (0, 0)


def test_blocks_go_with_their_reason(schedule, database, clerk, doctor, sells, ill, switch, run):
    switch("true")
    run()
    leave.undo_leave(database, clerk, ill, op_id=uuid7())
    assert run() == (0, 6)
    assert sells() == list(OFFERED)


def test_switched_off_they_are_taken_away(doctor, sells, ill, switch, run):
    switch("true")
    run()
    switch("false")
    assert run() == (0, 6)
    assert sells() == list(OFFERED)


def test_a_block_gives_way_to_nobody_and_is_nobodys_visit(
    schedule, database, clerk, clinic, doctor, patient, ill, switch, run
):
    switch("true")
    run()
    assert schedule.day().cards == ()
    assert schedule.day().clashes == ()
    read = database.read
    week = read(lambda connection: span.span_board(connection, clerk, doctor, DAY, 7, ZONE))
    assert week.cards == ()
    assert read(lambda connection: span.span_loads(connection, clerk, DAY, 7, ZONE)) == ()
    assert schedule.messages() == []
    found = read(
        lambda connection: leave.preview_leave(
            connection, clerk, exception(ExceptionKind.HOLIDAY, None), zone=ZONE, now=NOW
        )
    )
    assert found == ()
    clinic.index()
    assert read(lambda connection: search.search(connection, clerk, "停诊")) == ()
    assert recent.note_visits(database, System("test"), at("00:00"), at("23:59")) == 0
    booked = schedule.book(doctor, patient, "14:00", extra_reason="急诊")
    assert booked.clash == ()
    with database.reads.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Notification)) == 1


def test_nobodys_appointment_is_ever_removed(schedule, database, clinic, doctor, patient, ill, switch, run):
    theirs = clinic.platform_booking(doctor, patient, "15:00")
    switch("true")
    run()
    switch("false")
    run()
    with database.reads.connect() as connection:
        left = connection.execute(select(Appointment.id, Appointment.patient_id)).all()
    assert [tuple(row) for row in left] == [(theirs, patient)]
    assert patient != CLINIC_ACCOUNT_ID


def test_a_month_ahead_and_no_further(database, clerk, doctor, sells, switch, run):
    far = DAY + dt.timedelta(days=blocks.DAYS)
    for day in (far - dt.timedelta(days=1), far):
        wanted = exception(ExceptionKind.LEAVE, doctor, from_day=day)
        leave.enter_leave(database, clerk, wanted, op_id=uuid7())
    switch("true")
    run()
    assert sells(far - dt.timedelta(days=1)) == []
    assert sells(far) == list(OFFERED)
    assert board is not None
