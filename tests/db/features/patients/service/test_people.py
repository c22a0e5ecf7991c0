"""Registering people, on every database."""

import datetime as dt

import bcrypt
import pytest
from sqlalchemy import select, update

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk as bookings
from tcmdesk.features.identity.models import User
from tcmdesk.features.notifications.models import Notification
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.service import desk, people
from tcmdesk.features.patients.types import Gender, NewPatient, NewProfile, PatientRef
from tests.factories.bookings import booking


@pytest.fixture
def register(database, clerk):
    def ask(name="沈若兰", phone="199 0000 1111", *, user_id=None, op_id=None, birthday=None):
        command = NewPatient(user_id or uuid7(), name, Gender.FEMALE, phone, birthday)
        return desk.create_patient(database, clerk, command, op_id=op_id or uuid7())

    return ask


@pytest.fixture
def account(database):
    def ask(user_id):
        with database.reads.connect() as connection:
            return connection.execute(select(User.__table__).where(User.id == user_id)).one()

    return ask


def test_the_account_is_one_the_platform_can_use(register, account):
    made = register(birthday=dt.date(1992, 3, 7))
    row = account(made.ref.user_id)
    assert (row.account, row.phone, row.role, row.status) == (
        "19900001111",
        "19900001111",
        "patient",
        "active",
    )
    assert (row.name, row.gender, row.birthday) == ("沈若兰", "female", dt.date(1992, 3, 7))
    assert row.password_hash.startswith("$2b$12$")
    assert not bcrypt.checkpw(b"", row.password_hash.encode())


def test_whoever_is_registered_is_found_at_once(register, find):
    register()
    assert find("srl") == find("若兰") == find("1111") == ["沈若兰"]


@pytest.mark.parametrize(
    "name", ["O'Neil “乐”", "𠮷野家", "😀", 'Robert"); DROP TABLE users;--', "阿依古丽·买买提江"]
)
def test_names_come_back_exactly(register, account, find, name):
    made = register(name)
    assert account(made.ref.user_id).name == name
    assert find(name) == [name]


def test_a_phone_that_somebody_has(register, account):
    first = register()
    with pytest.raises(Conflict) as caught:
        register("罗文彬", "+86 199-0000-1111")
    conflict = caught.value
    assert conflict.code == "patients.phone_taken"
    assert conflict.current.ref == first.ref
    assert (conflict.current.name, conflict.current.phone) == ("沈若兰", "199****1111")


def test_a_phone_that_is_somebodys_account_name(clinic, database, register):
    clinic.account("罗文彬", phone="19900002222")
    with database.writes.begin() as connection:
        connection.execute(update(User).where(User.phone == "19900002222").values(phone="19900003333"))
    with pytest.raises(Conflict) as caught:
        register(phone="19900002222")
    assert caught.value.current.name == "罗文彬"


@pytest.mark.parametrize("stored", ["+8619900002222", "199 0000 2222", "86-19900002222"])
def test_a_phone_that_the_platform_stored_in_another_form(clinic, register, stored):
    clinic.account("罗文彬", phone=stored)
    clinic.index()
    with pytest.raises(Conflict) as caught:
        register(phone="19900002222")
    assert caught.value.current.name == "罗文彬"


def test_asking_again_is_the_same_person(register, database):
    user_id, op_id = uuid7(), uuid7()
    first = register(user_id=user_id, op_id=op_id)
    assert register(user_id=user_id, op_id=op_id) == first
    assert register(user_id=user_id) == first
    with database.reads.connect() as connection:
        assert len(connection.execute(select(User.id).where(User.name == "沈若兰")).all()) == 1


def test_nothing_is_written_when_it_is_refused(register, database):
    for name, phone in (("", "19900001111"), ("沈若兰", "12")):
        with pytest.raises(ValidationError):
            register(name, phone)
    with database.reads.connect() as connection:
        assert (
            connection.execute(select(User.id).where(User.role == "patient", User.name != "方前台")).all()
            == []
        )


def test_somebody_without_a_phone_is_never_messaged(register, account, database, clerk, doctor):
    made = register(phone=None)
    phone = account(made.ref.user_id).phone
    assert phone.startswith("0000")
    assert len(phone) <= 20
    assert made.placeholder_phone
    bookings.book(database, clerk, booking(doctor, made.ref, "14:00"), op_id=uuid7())
    with database.reads.connect() as connection:
        assert connection.execute(select(Notification.id)).all() == []


def test_two_without_a_phone_are_two(register):
    assert register("罗文彬", None).ref != register("罗文彬", None).ref


class TestFamily:
    @pytest.fixture
    def add(self, database, clerk, patient):
        def ask(**fields):
            values = {
                "profile_id": uuid7(), "user_id": patient, "name": "沈小满", "gender": Gender.FEMALE,
                "birthday": dt.date(2019, 5, 1), "relationship": "女儿",
            }  # fmt: skip
            return desk.create_profile(database, clerk, NewProfile(**(values | fields)), op_id=uuid7())

        return ask

    def family(self, database, clerk, patient):
        return database.read(lambda connection: people.family(connection, clerk, patient))

    def test_a_member_is_added_and_found_at_once(self, add, find, database, clerk, patient):
        made = add(allergies=("青霉素", " 花粉 "))
        assert made.ref.user_id == patient
        holder, child = self.family(database, clerk, patient)
        assert (holder.name, holder.ref) == ("沈若兰", PatientRef(patient))
        assert (child.name, child.relationship, child.allergies) == ("沈小满", "女儿", ("青霉素", "花粉"))
        assert find("sxm") == ["沈小满"]

    def test_one_statement(self, add, database, clerk, patient, statements):
        add()
        with statements(database) as log:
            self.family(database, clerk, patient)
        assert len(log) == 1

    def test_allergies_are_joined_as_the_platform_reads_them(self, add, database):
        add(allergies=("青霉素", "花粉"))
        with database.reads.connect() as connection:
            assert connection.scalar(select(PatientProfile.allergies)) == "青霉素；花粉"

    @pytest.mark.parametrize(
        "text",
        [
            "青霉素，花粉",
            "青霉素、花粉",
            "青霉素；花粉",
            "青霉素;花粉",
            "青霉素\n花粉\r\n",
            "青霉素； ；花粉；",
        ],
    )
    def test_allergies_are_read_however_they_were_joined(self, clinic, database, clerk, patient, text):
        clinic.member(patient, "沈小满", "女儿", allergies=text)
        assert self.family(database, clerk, patient)[1].allergies == ("青霉素", "花粉")

    def test_what_the_own_profile_says_belongs_to_the_holder(self, clinic, database, clerk, patient):
        clinic.member(patient, "沈若兰", "self", allergies="青霉素", medical_history="胃炎")
        (holder,) = self.family(database, clerk, patient)
        assert (holder.ref, holder.allergies, holder.medical_history) == (
            PatientRef(patient),
            ("青霉素",),
            "胃炎",
        )

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"name": " "}, "name"), ({"relationship": ""}, "relationship"), ({"relationship": "本人"}, "relationship"),
         ({"birthday": dt.date(2030, 1, 1)}, "birthday"), ({"phone": "1"}, "phone")],
    )  # fmt: skip
    def test_what_is_refused(self, add, fields, field):
        with pytest.raises(ValidationError) as caught:
            add(**fields)
        assert caught.value.field == field

    def test_no_such_account(self, add, database, clerk):
        with pytest.raises(NotFound):
            add(user_id=uuid7())
        with pytest.raises(NotFound):
            self.family(database, clerk, uuid7())
