"""Time that is kept for someone: nobody else gets it until it is given back, taken over, or has run out."""

import datetime as dt

import pytest
from sqlalchemy import select, text, update

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import DeskHold
from tcmdesk.features.appointments.service import holds
from tcmdesk.features.appointments.types import HoldTime
from tcmdesk.features.patients.types import PatientRef
from tests.factories.bookings import at, booking
from tests.factories.clinic import DAY, ZONE

START = "14:00"


@pytest.fixture
def other(clinic):
    return clinic.account("罗文彬", gender="male")


@pytest.fixture
def keep(database, clerk, doctor, patient):
    def keep(start=START, minutes=30, keep_minutes=10, **fields):
        command = HoldTime(
            **({"hold_id": uuid7(), "doctor_id": doctor, "patient": PatientRef(patient)} | fields),
            starts_at=at(start), minutes=minutes, keep_minutes=keep_minutes,
        )  # fmt: skip
        return database.write(clerk, "test:hold:make", lambda uow: holds.hold(uow, clerk, command))

    return keep


@pytest.fixture
def run_out(database):
    """Let a hold's time run out, by the server's clock as by the computer's."""

    def run_out(hold):
        past = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        with database.writes.begin() as connection:
            connection.execute(update(DeskHold).where(DeskHold.id == hold.hold_id).values(expires_at=past))

    return run_out


def take_over(database, clerk, hold):
    command = booking(hold.doctor_id, hold.patient, hold.starts_at, hold.minutes, appointment_id=hold.hold_id)
    return database.write(clerk, "test:hold:take", lambda uow: holds.take_over(uow, clerk, command))


def release(database, clerk, hold, *, expired=False):
    database.write(clerk, "test:hold:end", lambda uow: holds.release(uow, clerk, hold, expired=expired))


def rows(database):
    with database.reads.connect() as connection:
        return connection.execute(select(DeskHold.id)).scalars().all()


def test_nobody_else_is_booked_into_time_that_is_kept(schedule, keep, doctor, other):
    hold = keep()
    with pytest.raises(Conflict) as refusal:
        schedule.book(doctor, other, "14:15", 15)
    assert refusal.value.code == "appointments.held"
    until = hold.expires_at.astimezone(ZONE)
    assert refusal.value.params == {"patient": "沈若兰", "until": f"{until:%H:%M}"}
    assert len(schedule.held(hold.hold_id)) == 6
    schedule.book(doctor, other, "14:30")


def test_time_that_is_taken_is_not_kept(schedule, keep, doctor, other):
    schedule.book(doctor, other, "14:15", 15)
    with pytest.raises(Conflict) as refusal:
        keep()
    assert refusal.value.code == "appointments.slot_taken"


def test_time_is_kept_for_one_at_a_time(keep, schedule, database, other):
    hold = keep()
    with pytest.raises(Conflict, match=r"appointments\.held"):
        keep(patient=PatientRef(other))
    assert rows(database) == [hold.hold_id]


def test_time_that_the_platform_sold_is_not_kept(clinic, keep, database, doctor, other):
    clinic.platform_booking(doctor, other, START)
    with pytest.raises(Conflict, match=r"appointments\.slot_taken"):
        keep()
    assert rows(database) == []


def test_the_hold_becomes_the_appointment(database, clerk, schedule, keep, patient):
    hold = keep()
    booked = take_over(database, clerk, hold)
    assert booked.appointment_id == hold.hold_id
    assert len(schedule.held(hold.hold_id)) == 6
    assert rows(database) == []
    (card,) = schedule.day().cards
    assert (card.appointment_id, card.ref.user_id) == (hold.hold_id, patient)


def test_it_is_taken_over_once(database, clerk, schedule, keep):
    hold = keep()
    take_over(database, clerk, hold)
    with pytest.raises(Conflict, match=r"appointments\.hold_over"):
        take_over(database, clerk, hold)
    assert len(schedule.held(hold.hold_id)) == 6
    assert len(schedule.day().cards) == 1


def test_what_is_given_back_is_free(database, clerk, schedule, keep, doctor, other):
    hold = keep()
    release(database, clerk, hold)
    assert schedule.held(hold.hold_id) == []
    assert rows(database) == []
    schedule.book(doctor, other, START)


def test_giving_back_what_was_taken_over_changes_nothing(database, clerk, schedule, keep):
    hold = keep()
    take_over(database, clerk, hold)
    with pytest.raises(Conflict, match=r"appointments\.hold_over"):
        release(database, clerk, hold)
    assert len(schedule.held(hold.hold_id)) == 6


def test_a_hold_that_ran_out_is_no_obstacle(database, clerk, schedule, keep, run_out, doctor, other):
    hold = keep()
    run_out(hold)
    booked = schedule.book(doctor, other, START)
    assert schedule.held(hold.hold_id) == []
    assert len(schedule.held(booked.appointment_id)) == 6
    assert rows(database) == []
    with pytest.raises(Conflict, match=r"appointments\.slot_taken"):
        take_over(database, clerk, hold)


def test_a_hold_that_ran_out_cannot_be_taken_over(database, clerk, schedule, keep, run_out):
    hold = keep()
    run_out(hold)
    with pytest.raises(Conflict, match=r"appointments\.hold_over"):
        take_over(database, clerk, hold)
    assert schedule.day().cards == ()


def test_only_what_has_run_out_expires(database, clerk, keep, run_out, schedule):
    hold = keep()
    with pytest.raises(Conflict, match=r"appointments\.hold_over"):
        release(database, clerk, hold, expired=True)
    assert len(schedule.held(hold.hold_id)) == 6
    run_out(hold)
    (found,) = database.read(
        lambda connection: holds.expired_holds(connection, clerk, now=database.clock.now())
    )
    release(database, clerk, found, expired=True)
    assert schedule.held(hold.hold_id) == []


def test_the_server_counts_the_minutes(database, clerk, keep):
    before = database.read(lambda connection: holds.server_now(connection, clerk, now=database.clock.now()))
    hold = keep(keep_minutes=7)
    assert dt.timedelta(minutes=7) <= hold.expires_at - before <= dt.timedelta(minutes=7, seconds=5)


def test_holds_of_a_day(database, clerk, keep, run_out):
    late, early = keep("15:00"), keep("14:00")
    run_out(keep("16:00"))
    found = database.read(
        lambda connection: holds.holds_on(connection, clerk, DAY, ZONE, now=database.clock.now())
    )
    assert [hold.hold_id for hold in found] == [early.hold_id, late.hold_id]
    assert found[0].patient_name == "沈若兰"


@pytest.mark.parametrize(("fields", "error"), [
    ({"keep_minutes": 0}, ValidationError),
    ({"keep_minutes": 24 * 60 + 1}, ValidationError),
    ({"minutes": 7}, ValidationError),
    ({"start": "08:00"}, ValidationError),
    ({"patient": PatientRef(uuid7())}, NotFound),
])  # fmt: skip
def test_what_cannot_be_kept(keep, database, fields, error):
    with pytest.raises(error):
        keep(**fields)
    assert rows(database) == []


def test_a_desk_that_saw_a_hold_run_out_looks_again_when_somebody_else_ended_it(
    schedule, keep, doctor, other, monkeypatch
):
    from tcmdesk.features.appointments.service import _claims

    hold = keep()
    look, looks = _claims._expired_holds, []

    def past_the_first_time(uow, holders):
        looks.append(uow)
        if len(looks) > 1:
            return look(uow, holders)
        # what the desk has read is over: the row is gone by the time the desk wants to end it
        uow.execute(text("DELETE FROM desk_holds"))
        return [hold.hold_id]

    monkeypatch.setattr(_claims, "_expired_holds", past_the_first_time)
    with pytest.raises(Conflict, match=r"appointments\.held"):
        schedule.book(doctor, other, START)
    assert len(looks) == 2
    assert len(schedule.held(hold.hold_id)) == 6
