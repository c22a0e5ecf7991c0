"""Members of staff, on every database."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, UserError, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import DeskSignIn, DeskStaff, User
from tcmdesk.features.identity.service import staff as service
from tcmdesk.features.identity.service.sign_in import sign_in
from tcmdesk.features.identity.types import EditStaff, Gender, NewStaff, StaffFields
from tests.factories.staff import PASSWORD, administrator, quick_hash, staff_account

FANG = StaffFields("fangyun", "方芸", Gender.FEMALE, "19900007001", None, Role.FRONT_DESK)


@pytest.fixture
def admin(clinic):
    return administrator(clinic)


@pytest.fixture
def office(database, admin):
    return Office(database, admin)


class Office:
    def __init__(self, database, admin):
        self.database, self.admin = database, admin

    def do(self, function, *arguments, actor=None, database=None):
        actor = actor or self.admin
        return (database or self.database).write(actor, "test", lambda uow: function(uow, actor, *arguments))

    def add(self, fields=FANG):
        user_id = uuid7()
        self.do(service.add_staff, NewStaff(user_id, fields), quick_hash())
        return user_id

    def edit(self, user_id, before, **changes):
        self.do(service.edit_staff, EditStaff(user_id, before, replace(before, **changes)))

    def all(self):
        found = self.database.read(lambda connection: service.staff(connection, self.admin))
        return {row.fields.account: row for row in found}

    def platform_role(self, user_id):
        with self.database.reads.connect() as connection:
            return connection.execute(select(User.role).where(User.id == user_id)).scalar_one()


def test_who_is_added_is_listed_and_can_sign_in(office):
    user_id = office.add()

    row = office.all()["fangyun"]
    assert (row.user_id, row.fields, row.active, row.locked_minutes) == (user_id, FANG, True, 0)
    assert sign_in(office.database, "19900007001", PASSWORD).role is Role.FRONT_DESK


@pytest.mark.parametrize(
    ("role", "platform"),
    [
        (Role.ADMIN, "admin"),
        (Role.DOCTOR, "doctor"),
        (Role.FRONT_DESK, "patient"),
        (Role.PHARMACIST, "patient"),
    ],
)
def test_the_platform_learns_the_least(office, role, platform):
    assert office.platform_role(office.add(replace(FANG, role=role))) == platform


@pytest.mark.parametrize("typed", ["fangyun", "方芸", "fang", "fy", "19900007001"])
def test_everything_that_finds_somebody(office, typed):
    office.add()
    assert any(typed in line for line in office.all()["fangyun"].spelled.splitlines())


def test_patients_and_those_whose_role_nobody_knows_are_not_staff(office, clinic, database):
    clinic.account("沈若兰")
    cook = clinic.account("某人")
    with database.writes.begin() as connection:
        connection.execute(insert(DeskStaff).values(user_id=cook, role="cook"))
    assert set(office.all()) == {"qinlan"}


def test_the_list_is_one_statement(office, statements):
    office.add()
    with statements(office.database) as log:
        office.all()
    assert len(log) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account": " "}, "account"), ({"account": "fang yun"}, "account"), ({"account": "x" * 51}, "account"),
        ({"name": ""}, "name"), ({"phone": ""}, "phone"), ({"phone": "1" * 21}, "phone"), ({"email": "fang"}, "email"),
    ],
)  # fmt: skip
def test_what_does_not_do_is_named(office, changes, field):
    with pytest.raises(ValidationError) as caught:
        office.add(replace(FANG, **changes))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "19900007002"}, "account"),
        ({"account": "other"}, "phone"),
        ({"account": "19900007001", "phone": "19900007002"}, "account"),
        ({"account": "FangYun", "phone": "19900007002"}, "account"),
        ({"account": "other", "phone": "19900007002", "email": "fang@example.org"}, "email"),
    ],
)
def test_what_another_account_has_is_named(office, changes, field):
    office.add(replace(FANG, email="fang@example.org"))
    with pytest.raises(ValidationError) as caught:
        office.add(replace(FANG, **changes))
    assert caught.value.field == field


def test_corrections(office):
    user_id = office.add()
    office.edit(
        user_id, FANG, name="方芸儿", role=Role.PHARMACIST, gender=Gender.OTHER, email="f@example.org"
    )

    fields = office.all()["fangyun"].fields
    assert (fields.name, fields.role, fields.gender, fields.email) == (
        "方芸儿",
        Role.PHARMACIST,
        Gender.OTHER,
        "f@example.org",
    )


def test_what_two_people_edit_is_merged_where_it_differs_and_refused_where_it_is_the_same(office):
    user_id = office.add()
    office.edit(user_id, FANG, name="方芸儿")
    office.edit(user_id, FANG, phone="19900007009")
    with pytest.raises(Conflict) as caught:
        office.edit(user_id, FANG, name="方云", account="fy")

    now = office.all()["fangyun"].fields
    assert (now.name, now.phone) == ("方芸儿", "19900007009")
    assert caught.value.current == now


def test_saving_what_somebody_else_saved_already_is_no_conflict(office):
    user_id = office.add()
    for _ in range(2):
        office.edit(user_id, FANG, name="方芸儿")
    assert office.all()[FANG.account].fields.name == "方芸儿"


def test_who_is_gone_cannot_be_edited(office):
    with pytest.raises(NotFound):
        office.edit(uuid7(), FANG, name="x")
    with pytest.raises(NotFound):
        office.do(service.set_active, uuid7(), False)
    with pytest.raises(NotFound):
        office.do(service.reset_password, uuid7(), "hash")


class TestSuspending:
    def test_out_and_in_again(self, office):
        user_id = office.add()
        office.do(service.set_active, user_id, False)
        assert not office.all()["fangyun"].active
        with pytest.raises(UserError):
            sign_in(office.database, "fangyun", PASSWORD)

        office.do(service.set_active, user_id, True)
        assert sign_in(office.database, "fangyun", PASSWORD)

    def test_a_doctor_of_the_platform_gets_a_row_of_the_clinic_and_stays_one_there(
        self, office, clinic, database
    ):
        user_id = staff_account(clinic)
        office.do(service.set_active, user_id, False)

        row = office.all()["chenjinghe"]
        assert (row.active, row.fields.role) == (False, Role.DOCTOR)
        with database.reads.connect() as connection:
            assert connection.execute(select(User.status).where(User.id == user_id)).scalar_one() == "active"

    def test_who_the_platform_switched_off_is_let_in_again(self, office, clinic):
        user_id = staff_account(clinic, status="suspended")
        office.do(service.set_active, user_id, True)
        assert office.all()["chenjinghe"].active


class TestTheLastAdministrator:
    def test_cannot_leave(self, office):
        row = office.all()["qinlan"]
        for attempt in (
            lambda: office.do(service.set_active, row.user_id, False),
            lambda: office.edit(row.user_id, row.fields, role=Role.DOCTOR),
        ):
            with pytest.raises(Conflict) as caught:
                attempt()
            assert caught.value.code == "identity.last_admin"
        assert office.all()["qinlan"].active

    def test_may_when_there_is_another(self, office):
        row = office.all()["qinlan"]
        office.add(replace(FANG, role=Role.ADMIN))
        office.do(service.set_active, row.user_id, False)
        assert not office.all()["qinlan"].active

    @pytest.mark.parametrize("switched_off", [{"status": "suspended"}, {"role": "doctor"}])
    def test_another_who_cannot_sign_in_does_not_count(self, office, database, switched_off):
        row = office.all()["qinlan"]
        other = office.add(replace(FANG, role=Role.ADMIN))
        with database.writes.begin() as connection:
            connection.execute(update(DeskStaff).where(DeskStaff.user_id == other).values(**switched_off))
        with pytest.raises(Conflict):
            office.do(service.set_active, row.user_id, False)

    def test_two_who_leave_at_once_cannot_both(self, office, database_url):
        first, second = office.all()["qinlan"].user_id, office.add(replace(FANG, role=Role.ADMIN))
        start = threading.Barrier(2)

        def leave(user_id):
            database = Database(database_url, workstation=f"desk of {user_id[-4:]}")
            try:
                start.wait()
                office.do(
                    service.set_active,
                    user_id,
                    False,
                    actor=Staff(user_id, "", Role.ADMIN),
                    database=database,
                )
            except Conflict as refused:
                return refused.code
            finally:
                database.close()
            return "left"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(leave, (first, second))) == ["identity.last_admin", "left"]


class TestLocksAndPasswords:
    def lock(self, database, user_id):
        with database.writes.begin() as connection:
            until = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9, seconds=30)
            connection.execute(insert(DeskSignIn).values(subject=user_id, failures=5, locked_until=until))

    def test_the_list_says_for_how_long_and_an_administrator_lifts_it(self, office, database):
        user_id = office.add()
        self.lock(database, user_id)
        assert office.all()["fangyun"].locked_minutes == 10

        office.do(service.lift_lock, user_id)
        assert office.all()["fangyun"].locked_minutes == 0
        assert sign_in(database, "fangyun", PASSWORD)

    def test_another_password_opens_and_lifts_the_lock(self, office, database):
        user_id = office.add()
        self.lock(database, user_id)
        office.do(service.reset_password, user_id, quick_hash("another word"))
        assert sign_in(database, "fangyun", "another word")


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST])
def test_only_administrators_do_any_of_this(office, role):
    user_id = office.add()
    actor = Staff(user_id, "方芸", role)
    for function, *arguments in (
        (service.add_staff, NewStaff(uuid7(), FANG), "hash"),
        (service.edit_staff, EditStaff(user_id, FANG, replace(FANG, role=Role.ADMIN))),
        (service.set_active, user_id, False),
        (service.reset_password, user_id, "hash"),
        (service.lift_lock, user_id),
        (service.staff,),
    ):
        with pytest.raises(PermissionDenied):
            office.do(function, *arguments, actor=actor)
