"""Which doctor could see somebody who comes now, on every database."""

import pytest

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk as appointments
from tcmdesk.features.appointments.types import CancelAppointment
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.reception.service import offers
from tests.factories.bookings import at
from tests.factories.clinic import ZONE


@pytest.fixture
def read(front_desk):
    def read(function, *arguments):
        return front_desk.database.read(
            lambda connection: function(
                connection, front_desk.actor, *arguments, front_desk.clock.now(), ZONE
            )
        )

    return read


def test_the_next_free_time_and_how_many_wait(front_desk, clinic, doctor, patient, read):
    other = clinic.doctor("林若溪", "妇科")
    front_desk.give_room(doctor, "诊室 1")
    front_desk.arrive(front_desk.book(doctor, patient, "10:30"))
    found = {offer.doctor_id: offer for offer in read(offers.offers)}
    assert (found[doctor].starts_at, found[doctor].waiting, found[doctor].room) == (at("11:00"), 1, "诊室 1")
    assert (found[other].starts_at, found[other].waiting) == (at("10:30"), 0)


def test_a_doctor_who_is_full_is_offered_for_an_extra_slot(front_desk, clinic, doctor, read):
    front_desk.book(doctor, clinic.account("甲"), "10:30", 90)
    front_desk.book(doctor, clinic.account("乙"), "14:00", 180)
    (offer,) = read(offers.offers)
    assert offer.starts_at is None
    assert offer.start_from(front_desk.clock.now()) == at("10:25")


def test_who_has_an_appointment_today(front_desk, doctor, patient, read):
    booked = front_desk.book(doctor, patient, "15:00")
    (warning,) = read(offers.booked_today, PatientRef(patient), doctor)
    assert dict(warning.params) == {"doctor": "陈景和", "time": "15:00"}
    card = front_desk.card(booked)
    appointments.cancel(
        front_desk.database,
        front_desk.actor,
        CancelAppointment(booked, card.version, "临时有事"),
        op_id=uuid7(),
    )
    assert read(offers.booked_today, PatientRef(patient), doctor) == ()
