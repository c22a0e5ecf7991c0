"""A time is offered to one at a time, and booked once."""

import threading

import pytest
from sqlalchemy import select, update

from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict, NotFound, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import board, holds
from tcmdesk.features.appointments.service import desk as bookings
from tcmdesk.features.waitlist.models import WaitlistOffer
from tcmdesk.features.waitlist.service import automatic, desk, offers, rules
from tcmdesk.features.waitlist.types import EntryStatus, OfferStatus, Rules
from tests.factories.bookings import at, booking
from tests.factories.clinic import DAY, ZONE


@pytest.fixture
def offer(waitlist, doctor, patient):
    return waitlist.offer(waitlist.add(patient, doctor, minutes=30, note="失眠"), doctor)


def cards(database, clerk):
    return database.read(lambda connection: board.day_board(connection, clerk, DAY, ZONE)).cards


def test_an_offer_keeps_the_time_and_tells_the_patient(waitlist, offer):
    assert len(waitlist.cells(offer.offer_id)) == 6
    (found,) = waitlist.waiting().entries
    assert (found.offer, found.offer_doctor) == (offer, "陈景和")
    (message,) = waitlist.messages()
    assert message.type == "appointment_reminder"
    until = offer.expires_at.astimezone(ZONE)
    for part in ("沈若兰", "陈景和", "11月24日", "14:00", f"{until:%H:%M}"):
        assert part in message.content


def test_desks_cannot_book_what_is_offered(database, clerk, offer, doctor, other):
    with pytest.raises(Conflict, match=r"appointments\.held"):
        bookings.book(database, clerk, booking(doctor, other, "14:15", 15), op_id=uuid7())


def test_accepting_books_under_the_offer_s_id(database, clerk, waitlist, offer, patient):
    waitlist.accept(offer.offer_id)
    (card,) = cards(database, clerk)
    assert (card.appointment_id, card.ref.user_id, card.symptoms) == (offer.offer_id, patient, "失眠")
    assert len(waitlist.cells(offer.offer_id)) == 6
    assert waitlist.status(offer.offer_id) == OfferStatus.ACCEPTED
    entry = waitlist.entry(offer.entry_id)
    assert (entry.status, entry.appointment_id) == (EntryStatus.BOOKED, offer.offer_id)
    assert waitlist.waiting().entries == ()


def test_it_is_accepted_once(database, clerk, waitlist, offer):
    waitlist.accept(offer.offer_id)
    with pytest.raises(Conflict) as refusal:
        waitlist.accept(offer.offer_id)
    assert refusal.value.code == "waitlist.accepted"
    assert refusal.value.params == {"patient": "沈若兰"}
    assert len(cards(database, clerk)) == 1


def test_a_retried_acceptance_is_the_same(database, clerk, offer):
    op_id = uuid7()
    for _ in range(2):
        desk.accept(database, clerk, offer.offer_id, op_id=op_id)
    assert len(cards(database, clerk)) == 1


def test_who_declines_goes_on_waiting_and_the_time_is_free(database, clerk, waitlist, offer, doctor, other):
    desk.decline(database, clerk, offer.offer_id, op_id=uuid7())
    entry = waitlist.entry(offer.entry_id)
    assert (entry.status, entry.offer) == (EntryStatus.WAITING, None)
    assert entry.refused == ((doctor, offer.starts_at),)
    bookings.book(database, clerk, booking(doctor, other, "14:00"), op_id=uuid7())
    with pytest.raises(Conflict, match=r"waitlist\.ended"):
        waitlist.accept(offer.offer_id)


def test_the_patient_is_told_when_the_clinic_takes_an_offer_back(database, clerk, waitlist, offer):
    desk.withdraw(database, clerk, offer.offer_id, op_id=uuid7())
    assert waitlist.cells(offer.offer_id) == []
    assert len(waitlist.messages()) == 2


def test_after_it_ran_out_it_is_refused_and_says_what_to_do(database, clerk, waitlist, offer):
    waitlist.run_out(offer.offer_id)
    for act in (desk.accept, desk.decline, desk.withdraw):
        with pytest.raises(Conflict, match=r"waitlist\.expired") as refusal:
            act(database, clerk, offer.offer_id, op_id=uuid7())
        assert "Offer the time again" in refusal.value.message
    assert cards(database, clerk) == ()


def test_the_job_gives_back_what_ran_out(database, clerk, waitlist, offer):
    assert automatic.end_run_out(database, clerk) == 0
    assert len(waitlist.cells(offer.offer_id)) == 6
    waitlist.run_out(offer.offer_id)
    assert automatic.end_run_out(database, clerk) == 1
    assert (waitlist.cells(offer.offer_id), waitlist.holds()) == ([], [])
    assert waitlist.status(offer.offer_id) == OfferStatus.EXPIRED
    waitlist.offer(offer.entry_id, offer.doctor_id)


def test_a_booking_over_an_offer_that_ran_out_is_written_down(
    database, clerk, waitlist, offer, doctor, other
):
    waitlist.run_out(offer.offer_id)
    bookings.book(database, clerk, booking(doctor, other, "14:00"), op_id=uuid7())
    assert waitlist.entry(offer.entry_id).offer is None
    assert automatic.end_run_out(database, clerk) == 0
    assert waitlist.status(offer.offer_id) == OfferStatus.EXPIRED


def test_nobody_has_two_offers(waitlist, offer, doctor):
    with pytest.raises(Conflict, match=r"waitlist\.offered"):
        waitlist.offer(offer.entry_id, doctor, "15:00")
    assert waitlist.holds() == [offer.offer_id]


def test_a_time_the_platform_sold_meanwhile_is_a_clash_and_not_booked(
    database, clerk, clinic, waitlist, offer, doctor, other
):
    def clashing():
        waiting = waitlist.waiting()
        return database.read(lambda connection: offers.clashes(connection, clerk, waiting, ZONE))

    assert clashing() == frozenset()
    clinic.platform_booking(doctor, other, "14:00-14:30")
    assert clashing() == {offer.offer_id}
    with pytest.raises(Conflict, match=r"appointments\.slot_taken"):
        waitlist.accept(offer.offer_id)
    assert waitlist.status(offer.offer_id) == OfferStatus.HELD


def test_the_clinic_says_how_long_an_offer_stands(database, clerk, clinic, waitlist, doctor, patient):
    from tcmdesk.core.actor import System

    admin = System("test")
    database.write(admin, "test:rules", lambda uow: rules.save_rules(uow, admin, Rules(25, automatic=False)))
    assert database.read(lambda connection: rules.offer_rules(connection, clerk)) == Rules(
        25, automatic=False
    )
    before = database.read(lambda connection: holds.server_now(connection, clerk, now=database.clock.now()))
    offer = waitlist.offer(waitlist.add(patient), doctor)
    assert 24 * 60 < (offer.expires_at - before).total_seconds() <= 25 * 60 + 5


def test_what_is_not_there(waitlist, doctor):
    with pytest.raises(NotFound):
        waitlist.offer(uuid7(), doctor)
    with pytest.raises(NotFound):
        waitlist.accept(uuid7())


# races


@pytest.fixture
def desks(database):
    """Four workstations of their own."""
    made = [
        Database(database.url, workstation=f"rival-{number}", clock=database.clock) for number in range(4)
    ]
    yield made
    for each in made:
        each.close()


def race(*works):
    """Run all at once; returns each one's refusal, or None."""
    outcomes = [None] * len(works)
    barrier = threading.Barrier(len(works))

    def run(number, work):
        barrier.wait()
        try:
            work()
        except UserError as refusal:
            outcomes[number] = refusal.code
        except BaseException as fault:  # noqa: BLE001  (shown by the assertion)
            outcomes[number] = repr(fault)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("round_", range(3))
def test_of_four_desks_one_accepts(round_, desks, database, clerk, waitlist, offer):
    outcomes = race(
        *(lambda each=each: desk.accept(each, clerk, offer.offer_id, op_id=uuid7()) for each in desks)
    )
    assert sorted(map(str, outcomes)) == [
        "None", *["waitlist.accepted"] * 3,
    ]  # fmt: skip
    assert len(cards(database, clerk)) == 1
    assert len(waitlist.cells(offer.offer_id)) == 6


@pytest.mark.parametrize("round_", range(3))
def test_accepting_against_declining_against_a_booking(
    round_, desks, database, clerk, waitlist, offer, doctor, other
):
    outcomes = race(
        lambda: desk.accept(desks[0], clerk, offer.offer_id, op_id=uuid7()),
        lambda: desk.decline(desks[1], clerk, offer.offer_id, op_id=uuid7()),
        lambda: bookings.book(desks[2], clerk, booking(doctor, other, "14:00"), op_id=uuid7()),
    )
    accepted, declined, booked = outcomes
    assert (accepted is None) is not (declined is None), outcomes
    assert not (accepted is None and booked is None), outcomes
    day = cards(database, clerk)
    assert len(day) == (accepted is None) + (booked is None)
    for card in day:
        assert len(waitlist.cells(card.appointment_id)) == 6
    assert waitlist.holds() == []


@pytest.mark.parametrize("round_", range(3))
def test_accepting_against_running_out_against_a_booking(
    round_, desks, database, clerk, waitlist, offer, doctor, other
):
    """The clock decides for all in the same way: what ran out is not accepted, and the time is had by one."""
    waitlist.run_out(offer.offer_id)
    outcomes = race(
        lambda: desk.accept(desks[0], clerk, offer.offer_id, op_id=uuid7()),
        lambda: automatic.end_run_out(desks[1], clerk),
        lambda: bookings.book(desks[2], clerk, booking(doctor, other, "14:00"), op_id=uuid7()),
    )
    assert outcomes == ["waitlist.expired", None, None]
    (card,) = cards(database, clerk)
    assert card.ref.user_id == other
    assert len(waitlist.cells(card.appointment_id)) == 6
    assert waitlist.cells(offer.offer_id) == []
    assert (
        waitlist.status(offer.offer_id) == OfferStatus.EXPIRED or waitlist.entry(offer.entry_id).offer is None
    )


@pytest.mark.parametrize("round_", range(3))
def test_of_two_desks_one_makes_the_offer(round_, desks, clerk, waitlist, doctor, patient, other):
    from tcmdesk.features.waitlist.types import MakeOffer

    first, second = waitlist.add(patient), waitlist.add(other)
    outcomes = race(*(
        lambda each=each, entry_id=entry_id: desk.make_offer(
            each, clerk, MakeOffer(uuid7(), entry_id, doctor, at("14:00")), op_id=uuid7()
        )
        for each, entry_id in zip(desks, (first, second), strict=False)
    ))  # fmt: skip
    assert sorted(map(str, outcomes)) == ["None", "appointments.held"], outcomes
    assert len(waitlist.holds()) == 1


@pytest.mark.parametrize("round_", range(3))
def test_one_person_is_offered_one_of_two_times(round_, desks, clerk, waitlist, doctor, patient):
    from tcmdesk.features.waitlist.types import MakeOffer

    entry_id = waitlist.add(patient)
    outcomes = race(*(
        lambda each=each, start=start: desk.make_offer(
            each, clerk, MakeOffer(uuid7(), entry_id, doctor, at(start)), op_id=uuid7()
        )
        for each, start in zip(desks, ("14:00", "15:00"), strict=False)
    ))  # fmt: skip
    assert sorted(map(str, outcomes)) == ["None", "waitlist.offered"], outcomes
    assert len(waitlist.holds()) == 1


# cancellations


def cancelled(database, appointment_id):
    with database.reads.connect() as connection:
        return connection.execute(
            select(WaitlistOffer.entry_id, WaitlistOffer.starts_at).order_by(WaitlistOffer.id)
        ).all()


def cancel_on_the_platform(database, appointment_id):
    from sqlalchemy import func

    with database.writes.begin() as connection:
        connection.execute(
            update(Appointment)
            .where(Appointment.id == appointment_id)
            .values(status="cancelled", updated_at=func.current_timestamp())
        )


def test_a_time_cancelled_on_the_platform_is_offered_to_the_best(
    database, clerk, clinic, waitlist, doctor, patient, other
):
    appointment_id = clinic.platform_booking(doctor, other, "14:30")
    waitlist.add(other, minutes=30)
    best = waitlist.add(patient, doctor, minutes=30)
    assert automatic.offer_cancelled(database, clerk) == 0
    cancel_on_the_platform(database, appointment_id)
    assert automatic.offer_cancelled(database, clerk) == 1
    assert cancelled(database, appointment_id) == [(best, at("14:30"))]
    assert automatic.offer_cancelled(database, clerk) == 0
    assert len(waitlist.holds()) == 1


def test_a_time_cancelled_at_a_desk_is_offered_too(database, clerk, waitlist, doctor, patient, other):
    from tcmdesk.features.appointments.types import CancelAppointment

    booked = bookings.book(database, clerk, booking(doctor, other, "14:00"), op_id=uuid7())
    entry_id = waitlist.add(patient, doctor)
    (card,) = cards(database, clerk)
    bookings.cancel(
        database, clerk, CancelAppointment(booked.appointment_id, card.version, "病愈"), op_id=uuid7()
    )
    assert automatic.offer_cancelled(database, clerk) == 1
    assert waitlist.entry(entry_id).offer.starts_at == at("14:00")


def test_nothing_is_offered_by_itself_when_the_clinic_has_said_so(
    database, clerk, clinic, waitlist, doctor, patient, other
):
    from tcmdesk.core.actor import System

    admin = System("test")
    database.write(admin, "test:rules", lambda uow: rules.save_rules(uow, admin, Rules(automatic=False)))
    waitlist.add(patient, doctor)
    cancel_on_the_platform(database, clinic.platform_booking(doctor, other, "14:30"))
    assert automatic.offer_cancelled(database, clerk) == 0
    assert waitlist.holds() == []


def test_a_time_that_is_gone_again_is_not_offered(database, clerk, clinic, waitlist, doctor, patient, other):
    waitlist.add(patient, doctor)
    cancel_on_the_platform(database, clinic.platform_booking(doctor, other, "14:30"))
    clinic.platform_booking(doctor, other, "14:30")
    assert automatic.offer_cancelled(database, clerk) == 0


def test_who_refused_a_time_is_passed_over(database, clerk, clinic, waitlist, doctor, patient, other):
    entry_id = waitlist.add(patient, doctor)
    second = waitlist.add(clinic.account("汪立群"), doctor)
    offer = waitlist.offer(entry_id, doctor, "14:30")
    desk.decline(database, clerk, offer.offer_id, op_id=uuid7())
    with database.writes.begin() as connection:
        past = at("09:00")
        connection.execute(update(WaitlistOffer).values(made_at=past.replace(year=2025)))
    cancel_on_the_platform(database, clinic.platform_booking(doctor, other, "14:30"))
    assert automatic.offer_cancelled(database, clerk) == 1
    assert waitlist.entry(second).offer is not None
