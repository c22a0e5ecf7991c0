"""The index follows the tables of people, which the platform writes too."""

import datetime as dt

import pytest
from sqlalchemy import func, select, update

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.features.appointments.jobs import note_visits
from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.jobs import index_people
from tcmdesk.features.patients.models import DeskPatientGram, DeskPatientReading, DeskPatientSearch
from tcmdesk.features.patients.service import index
from tests.factories.bookings import at
from tests.factories.clinic import DAY


@pytest.fixture
def catch_up(database, clock):
    return lambda: index_people(database, clock, lambda: False)


def rows(database):
    with database.reads.connect() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table))
            for table in (DeskPatientSearch, DeskPatientReading, DeskPatientGram)
        ]


def test_whoever_the_platform_registers_or_renames_is_found(clinic, database, find, catch_up):
    clinic.account("罗文彬")
    catch_up()
    later = clinic.account("沈若兰")
    catch_up()
    assert find("沈若兰") == ["沈若兰"]
    with database.writes.begin() as connection:
        connection.execute(update(User).where(User.id == later).values(name="沈听雪"))
    catch_up()
    assert find("沈若兰") == []
    assert find("tingxue") == ["沈听雪"]
    assert find("罗文彬") == ["罗文彬"]


def test_a_member_added_by_the_platform_is_found(clinic, find, catch_up, patient):
    catch_up()
    clinic.member(patient, "沈小满", "女儿")
    catch_up()
    assert find("xiaoman") == ["沈小满"]


def test_a_new_phone_is_the_familys_too(clinic, database, find, catch_up, patient):
    clinic.member(patient, "沈小满", "女儿")
    catch_up()
    with database.writes.begin() as connection:
        connection.execute(update(User).where(User.id == patient).values(phone="19977778888"))
    catch_up()
    assert sorted(find("8888")) == ["沈小满", "沈若兰"]


def test_looking_again_writes_nothing(clinic, database, catch_up, patient):
    catch_up()

    def operations():
        with database.reads.connect() as connection:
            return connection.scalar(select(func.count()).select_from(DeskOperation))

    before, indexed = operations(), rows(database)
    catch_up()
    index.reindex(database)
    assert operations() == before
    assert rows(database) == indexed


def test_rebuilding_says_how_far_it_is_and_can_be_stopped(clinic, database, monkeypatch):
    monkeypatch.setattr(index, "CHUNK", 2)
    for number in range(5):
        clinic.account(f"沈{number}")
    heard = []
    index.reindex(database, lambda done, total: heard.append((done, total)), lambda: len(heard) == 2)
    assert heard == [(2, 5), (4, 5)]
    assert index.reindex(database) == 1
    assert rows(database)[0] == 5


def test_an_index_that_was_stopped_is_finished_by_the_job(clinic, database, monkeypatch, clock):
    monkeypatch.setattr(index, "CHUNK", 2)
    for number in range(5):
        clinic.account(f"沈{number}")
    asked = iter((False, True))
    index_people(database, clock, lambda: next(asked))
    assert rows(database)[0] == 2
    index_people(database, clock, lambda: False)
    assert rows(database)[0] == 5


def test_two_rebuilds_leave_what_one_leaves(clinic, database, patient):
    clinic.member(patient, "单行", "儿子")
    index.reindex(database)
    once = rows(database)
    index.reindex(database)
    assert rows(database) == once


def test_visits_are_noted_by_a_job(clinic, database, doctor, patient, clerk, find):
    other = clinic.account("沈听雪")
    clinic.index()
    clinic.platform_booking(doctor, other, "09:00")
    note_visits(database, FixedClock(at("20:00")), lambda: False)
    assert find("沈") == ["沈听雪", "沈若兰"]
    with database.reads.connect() as connection:
        noted = dict(
            connection.execute(select(DeskPatientSearch.person_key, DeskPatientSearch.last_visit)).all()
        )
    assert noted[other] == DAY
    assert noted[patient] is None


def test_a_visit_to_come_or_cancelled_is_none(clinic, database, doctor, patient):
    clinic.index()
    clinic.platform_booking(doctor, patient, "09:00", day=DAY + dt.timedelta(days=1))
    clinic.platform_booking(doctor, patient, "09:00", status="cancelled")
    note_visits(database, FixedClock(at("20:00")), lambda: False)
    with database.reads.connect() as connection:
        assert connection.scalar(select(func.count(DeskPatientSearch.last_visit))) == 0
