"""Signing in and staff, on every database."""

import time

import bcrypt
import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, update

from tcmdesk.core.actor import Role, Staff, System
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, UserError, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import DeskStaff, User
from tcmdesk.features.identity.service import (
    create_admin,
    doctors,
    hash_password,
    set_staff_role,
    sign_in,
    verify_password,
)
from tcmdesk.features.identity.types import NewAdmin

PASSWORD = "xinglin-demo 密码"
CONSOLE = System("console")


def quick_hash(password=PASSWORD, prefix=b"2b"):
    return (
        bcrypt.hashpw(password.encode(), bcrypt.gensalt(4, b"2b"))
        .replace(b"$2b$", b"$" + prefix + b"$")
        .decode()
    )


@pytest.fixture
def account(database, clinic):
    def make(*, role="doctor", status="active", stored=None, desk_role=None, desk_status="active"):
        user_id = clinic.account("陈景和", role=role, phone="19900000001")
        with database.writes.begin() as connection:
            connection.execute(
                update(User)
                .where(User.id == user_id)
                .values(account="chenjinghe", password_hash=stored or quick_hash(), status=status)
            )
            if desk_role:
                connection.execute(
                    insert(DeskStaff).values(user_id=user_id, role=desk_role, status=desk_status)
                )
        return user_id

    return make


@pytest.fixture
def enter(database):
    def ask(name="chenjinghe", password=PASSWORD):
        return database.read(lambda connection: sign_in(connection, name, password))

    return ask


def refusal(enter, *arguments):
    with pytest.raises(UserError) as caught:
        enter(*arguments)
    return caught.value.code


@pytest.mark.parametrize("name", ["chenjinghe", "19900000001", " chenjinghe "])
def test_by_account_or_phone(account, enter, name):
    user_id = account()
    staff = enter(name)
    assert (staff.user_id, staff.name, staff.role) == (user_id, "陈景和", Role.DOCTOR)


@pytest.mark.parametrize("prefix", [b"2a", b"2b", b"2y"])
def test_every_bcrypt(account, enter, prefix):
    account(stored=quick_hash(prefix=prefix))
    enter()


def test_argon2id(account, enter):
    account(stored=PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD))
    enter()
    assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"


@pytest.mark.parametrize("stored", ["", "plain", "$2b$12$short", "$1$md5", "$argon2id$broken"])
def test_a_hash_that_is_none_lets_nobody_in(account, enter, stored):
    account(stored=stored or " ")
    assert refusal(enter) == "identity.sign_in"


def test_a_wrong_password_and_an_unknown_account_are_told_alike(account, enter):
    account()
    assert refusal(enter, "chenjinghe", "wrong") == refusal(enter, "nobody", PASSWORD) == "identity.sign_in"


def test_an_unknown_account_takes_as_long_as_a_known_one(account, enter):
    account(stored=hash_password(PASSWORD))

    def seconds(name):
        begun = time.perf_counter()
        refusal(enter, name, "wrong")
        return time.perf_counter() - begun

    known, unknown = (min(seconds(name) for _ in range(3)) for name in ("chenjinghe", "nobody"))
    # not a measurement of speed: without the decoy the ratio is about a hundred
    assert 0.2 < unknown / known < 5


@pytest.mark.parametrize("status", ["inactive", "suspended"])
def test_switched_off_accounts_are_refused_once_the_password_was_right(account, enter, status):
    account(status=status)
    assert refusal(enter) == "identity.inactive"
    assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"


def test_staff_who_left_are_refused(account, enter):
    account(desk_role="doctor", desk_status="inactive")
    assert refusal(enter) == "identity.inactive"


@pytest.mark.parametrize(
    ("platform", "desk_role", "role"),
    [
        ("admin", None, Role.ADMIN), ("doctor", None, Role.DOCTOR), ("patient", "frontdesk", Role.FRONT_DESK),
        ("patient", "pharmacist", Role.PHARMACIST), ("doctor", "admin", Role.ADMIN),
    ],
)  # fmt: skip
def test_the_clinics_role_counts_before_the_platforms(account, enter, platform, desk_role, role):
    account(role=platform, desk_role=desk_role)
    assert enter().role is role


@pytest.mark.parametrize("desk_role", [None, "cook"])
def test_a_patient_has_no_part_here(account, enter, desk_role):
    account(role="patient", desk_role=desk_role)
    assert refusal(enter) == "identity.no_role"


def test_a_doctor_brings_the_doctors_id(database, clinic, enter):
    doctor_id = clinic.doctor("林若溪")
    with database.writes.begin() as connection:
        connection.execute(
            update(User).where(User.name == "林若溪").values(account="lin", password_hash=quick_hash())
        )
    assert enter("lin").doctor_id == doctor_id


def test_what_is_hashed_is_verified():
    stored = hash_password(PASSWORD)
    assert stored.startswith("$2b$12$")
    assert verify_password(PASSWORD, stored)
    assert not verify_password(PASSWORD + "x", stored)


@pytest.mark.parametrize("password", ["short", "x" * 73, "密" * 25])
def test_passwords_that_are_refused(password):
    with pytest.raises(ValidationError) as caught:
        hash_password(password)
    assert caught.value.field == "password"


def test_a_password_beyond_bcrypts_bytes_is_wrong_not_an_error():
    assert not verify_password("x" * 100, quick_hash("x" * 72))


def test_doctors_by_department(database, clinic, clerk):
    clinic.doctor("陈景和", "内科")
    clinic.doctor("林若溪", "妇科")
    found = database.read(lambda connection: doctors(connection, clerk))
    assert [(row.name, row.department) for row in found] == [("陈景和", "内科"), ("林若溪", "妇科")]


class TestAdmin:
    def create(self, database, actor=CONSOLE, **fields):
        values = {"user_id": uuid7(), "account": "boss", "name": "秦岚", "phone": "19900009999"} | fields
        database.write(actor, "test", lambda uow: create_admin(uow, actor, NewAdmin(**values), quick_hash()))

    def test_the_first_one_can_sign_in(self, database, enter):
        self.create(database)
        assert enter("boss").role is Role.ADMIN

    @pytest.mark.parametrize("field", ["account", "name", "phone"])
    def test_no_field_is_empty(self, database, field):
        with pytest.raises(ValidationError) as caught:
            self.create(database, **{field: " "})
        assert caught.value.field == field

    def test_names_and_phones_are_unique(self, database):
        self.create(database)
        with pytest.raises(Conflict):
            self.create(database, phone="19900008888")
        with pytest.raises(Conflict):
            self.create(database, account="other")

    def test_only_an_administrator_makes_another(self, database, clerk):
        with pytest.raises(PermissionDenied):
            self.create(database, clerk)

    def test_a_role_is_changed_and_not_doubled(self, database, clinic):
        user_id = clinic.account("方芸")
        for role in (Role.FRONT_DESK, Role.PHARMACIST):
            database.write(
                CONSOLE, "test", lambda uow, role=role: set_staff_role(uow, CONSOLE, user_id, role)
            )
        with database.reads.connect() as connection:
            assert connection.execute(select(DeskStaff.role)).scalars().all() == ["pharmacist"]

    def test_a_role_for_nobody(self, database):
        with pytest.raises(NotFound):
            database.write(CONSOLE, "test", lambda uow: set_staff_role(uow, CONSOLE, uuid7(), Role.DOCTOR))


def test_staff_say_who_they_are_without_a_password():
    assert "password" not in repr(Staff("u", "n", Role.ADMIN))
