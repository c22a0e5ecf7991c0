"""People without an appointment, on every database."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from tcmdesk.core.errors import Conflict
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.types import Gender, NewPatient, NewProfile, PatientRef
from tcmdesk.features.visits.types import Stage


def count(database, table):
    with database.reads.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_a_known_person_is_booked_and_here_at_once(front_desk, doctor, patient):
    entry = front_desk.walk_in(doctor, patient, "10:30")
    assert (entry.visit.stage, entry.number, entry.visit.walk_in) == (Stage.ARRIVED, 1, True)
    assert front_desk.ticket(entry.card.appointment_id).patient_name == "沈若兰"


def test_a_new_person(front_desk, doctor):
    new = NewPatient(uuid7(), "尹新来", Gender.MALE, "13900001234", dt.date(1990, 1, 1))
    entry = front_desk.walk_in(doctor, new.user_id, "10:30", new_patient=new)
    assert (entry.card.patient_name, entry.card.patient_confirmed) == ("尹新来", True)


def test_a_new_person_without_a_phone(front_desk, doctor):
    new = NewPatient(uuid7(), "山里人", Gender.MALE, None)
    assert front_desk.walk_in(doctor, new.user_id, "10:30", new_patient=new).card.birthday is None


def test_a_child_of_a_known_person(front_desk, doctor, patient):
    child = NewProfile(uuid7(), patient, "沈小宝", Gender.MALE, dt.date(2020, 5, 1), "儿子")
    entry = front_desk.walk_in(doctor, PatientRef(patient, child.profile_id), "10:30", new_profile=child)
    assert (entry.card.patient_name, entry.card.account_name) == ("沈小宝", "沈若兰")


def test_a_parent_and_a_child_who_are_both_new(front_desk, doctor):
    parent = NewPatient(uuid7(), "尹新来", Gender.MALE, "13900001234")
    child = NewProfile(uuid7(), parent.user_id, "尹小朵", Gender.FEMALE, dt.date(2022, 5, 1), "女儿")
    entry = front_desk.walk_in(
        doctor, PatientRef(parent.user_id, child.profile_id), "10:30", new_patient=parent, new_profile=child
    )
    assert entry.card.patient_name == "尹小朵"


def test_when_the_time_has_gone_nobody_is_registered(front_desk, database, doctor, patient):
    front_desk.book(doctor, patient, "10:30")
    people, booked = count(database, User), count(database, Appointment)
    new = NewPatient(uuid7(), "尹新来", Gender.MALE, "13900001234")
    with pytest.raises(Conflict):
        front_desk.walk_in(doctor, new.user_id, "10:30", new_patient=new)
    assert (count(database, User), count(database, Appointment)) == (people, booked)


def test_a_phone_that_is_taken_names_its_holder(front_desk, doctor, patient):
    new = NewPatient(uuid7(), "尹新来", Gender.MALE, "19900001111")
    with pytest.raises(Conflict) as caught:
        front_desk.walk_in(doctor, new.user_id, "10:30", new_patient=new)
    assert (caught.value.code, caught.value.params["name"]) == ("patients.phone_taken", "沈若兰")


def test_among_equal_times_who_had_an_appointment_goes_first(front_desk, clinic, doctor):
    booked = front_desk.book(doctor, clinic.account("有约"), "10:30", 5)
    walked = front_desk.walk_in(doctor, clinic.account("无约"), "10:35", minutes=5)
    front_desk.arrive(booked)
    assert [each.card.patient_name for each in front_desk.room().waiting] == ["有约", "无约"]
    assert walked.number == 1
