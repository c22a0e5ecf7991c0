"""Signing in, unlocking and changing a password, on every database."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from tcmdesk.core.actor import Role
from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import UserError, ValidationError
from tcmdesk.core.i18n import translator
from tcmdesk.features.identity.models import DeskSignIn, DeskStaff, User
from tcmdesk.features.identity.service import sign_in as signing
from tcmdesk.features.identity.service.passwords import hash_password, verify_password
from tcmdesk.features.identity.service.sign_in import change_password, sign_in, standing, unlock
from tests.factories.clinic import NOW
from tests.factories.staff import PASSWORD, quick_hash, staff_account


@pytest.fixture
def account(clinic):
    def make(**values):
        return staff_account(clinic, phone="19900000001", **values)

    return make


@pytest.fixture
def enter(database):
    def ask(name="chenjinghe", password=PASSWORD):
        return sign_in(database, name, password)

    return ask


@pytest.fixture
def quick_decoy(monkeypatch):
    """Unknown accounts cost as little as the quick hashes here."""
    monkeypatch.setattr(signing, "NOBODYS_HASH", quick_hash("nobody's"))


def change(database, model, **values):
    with database.writes.begin() as connection:
        connection.execute(update(model).values(**values))


def tries(database):
    with database.reads.connect() as connection:
        return connection.execute(select(DeskSignIn.failures, DeskSignIn.locked_until)).all()


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
    user_id = account(stored=quick_hash(prefix=prefix))
    assert enter().user_id == user_id
    assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"


def test_argon2id(account, enter):
    user_id = account(stored=PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD))
    assert enter().user_id == user_id
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


class TestLockOut:
    """Five wrong tries lock an account for fifteen minutes, wherever they are made."""

    @pytest.fixture(autouse=True)
    def _quick(self, quick_decoy):
        pass

    @pytest.fixture
    def verified(self, monkeypatch):
        """The passwords that were looked at."""
        seen = []
        monkeypatch.setattr(
            signing, "verify_password", lambda *given: seen.append(given) or verify_password(*given)
        )
        return seen

    @pytest.mark.parametrize("name", ["chenjinghe", "nobody"])
    def test_it_counts_down_and_locks_known_and_unknown_names_alike(self, account, enter, verified, name):
        account()
        said = []
        for _ in range(7):
            with pytest.raises(UserError) as caught:
                enter(name, "wrong")
            said.append(
                (caught.value.code, caught.value.params.get("left"), caught.value.params.get("minutes"))
            )

        assert said == [
            ("identity.sign_in", 4, None),
            ("identity.sign_in", 3, None),
            ("identity.sign_in", 2, None),
            ("identity.sign_in", None, None),
            ("identity.locked", None, 15),
            ("identity.locked", None, 15),
            ("identity.locked", None, 15),
        ]
        assert len(verified) == 5

    def test_the_right_password_does_not_open_a_locked_account_and_is_not_looked_at(
        self, account, enter, verified
    ):
        account()
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")
        verified.clear()

        assert refusal(enter) == "identity.locked"
        assert refusal(enter, "19900000001") == "identity.locked"
        assert verified == []

    def test_account_and_phone_share_the_five(self, account, enter):
        account()
        for name in ("chenjinghe", "19900000001", "CHENJINGHE", "19900000001"):
            assert refusal(enter, name, "wrong") == "identity.sign_in"

        assert refusal(enter, " ChenJinghe ", "wrong") == "identity.locked"

    @pytest.mark.parametrize("names", [("nobody", "NOBODY", "nobodý", " nobody ", "ｎobody")])
    def test_an_unknown_name_is_one_however_it_is_written(self, enter, names):
        assert [refusal(enter, name) for name in names] == ["identity.sign_in"] * 4 + ["identity.locked"]

    def test_nothing_that_was_typed_is_kept(self, enter, database):
        refusal(enter, "my-secret-typed-into-the-wrong-field")

        with database.reads.connect() as connection:
            (subject,) = connection.execute(select(DeskSignIn.subject)).scalars()
        assert len(subject) == 64
        assert "secret" not in subject

    def test_a_right_password_begins_a_new_count(self, account, enter, database):
        account()
        for _ in range(4):
            refusal(enter, "chenjinghe", "wrong")
        enter()

        assert tries(database) == []
        for _ in range(4):
            assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"

    def test_the_right_password_at_the_fifth_try_opens(self, account, enter, database):
        account()
        for _ in range(4):
            refusal(enter, "chenjinghe", "wrong")

        enter()
        assert tries(database) == []

    def test_the_lock_ends_by_the_servers_clock_and_begins_anew(self, account, enter, database):
        account()
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")
        change(database, DeskSignIn, locked_until=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2))

        for _ in range(4):
            assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"
        assert refusal(enter, "chenjinghe", "wrong") == "identity.locked"

    @pytest.mark.parametrize(("seconds", "minutes"), [(20, 1), (61, 2), (600, 10)])
    def test_it_says_how_many_minutes_remain_and_who_can_help(
        self, account, enter, database, seconds, minutes
    ):
        account()
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")
        change(database, DeskSignIn, locked_until=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds))

        with pytest.raises(UserError) as caught:
            enter()
        assert f"{minutes} min" in caught.value.text(translator("en"))
        assert "administrator" in caught.value.text(translator("en"))

    @pytest.mark.parametrize("ahead", [dt.timedelta(days=-3), dt.timedelta(days=3)])
    def test_a_workstation_whose_clock_is_wrong_is_locked_out_as_well(
        self, account, enter, database_url, ahead
    ):
        account()
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")
        other = Database(database_url, workstation="desk-2", clock=FixedClock(NOW + ahead))
        try:
            assert refusal(lambda *_: sign_in(other, "chenjinghe", PASSWORD)) == "identity.locked"
        finally:
            other.close()

    @pytest.mark.parametrize("name", ["chenjinghe", "nobody"])
    def test_many_workstations_at_once_get_five_tries_together(self, account, database_url, verified, name):
        account()
        desks = [Database(database_url, workstation=f"desk-{number}") for number in range(8)]
        start = threading.Barrier(len(desks))

        def guess(desk):
            start.wait()
            found = []
            for _ in range(3):
                with pytest.raises(UserError) as caught:
                    sign_in(desk, name, "guess")
                found.append(caught.value.code)
            return found

        try:
            with ThreadPoolExecutor(len(desks)) as pool:
                said = [code for codes in pool.map(guess, desks) for code in codes]
        finally:
            for desk in desks:
                desk.close()
        assert len(verified) == 5
        assert said.count("identity.sign_in") == 4
        assert said.count("identity.locked") == 20

    def test_other_accounts_are_not_locked(self, account, clinic, enter):
        account()
        staff_account(clinic, "lin", "林若溪")
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")

        assert enter("lin").name == "林若溪"

    def test_unlocking_and_changing_a_password_count_as_well(self, account, enter, database):
        account()
        staff = enter()
        for _ in range(2):
            with pytest.raises(UserError) as caught:
                unlock(database, staff, "wrong")
            assert caught.value.code == "identity.password"
        for _ in range(2):
            with pytest.raises(ValidationError):
                change_password(database, staff, "wrong", "a new password")

        assert refusal(enter, "chenjinghe", "wrong") == "identity.locked"
        with pytest.raises(UserError) as caught:
            unlock(database, staff, PASSWORD)
        assert caught.value.code == "identity.locked"


class TestReadOnly:
    """A clinic can look things up while its server takes no writes; what is locked stays so."""

    @pytest.fixture(autouse=True)
    def _quick(self, quick_decoy):
        pass

    @pytest.fixture
    def read_only(self, database, monkeypatch):
        def lock():
            from tcmdesk.core.errors import Unavailable

            def refuse(*_arguments, **_options):
                raise Unavailable("db.read_only", "read-only")

            monkeypatch.setattr(database, "write", refuse)

        return lock

    def test_one_can_sign_in(self, account, enter, read_only):
        account()
        read_only()
        assert enter().name == "陈景和"
        assert refusal(enter, "chenjinghe", "wrong") == "identity.sign_in"

    def test_who_is_locked_cannot(self, account, enter, read_only):
        account()
        for _ in range(5):
            refusal(enter, "chenjinghe", "wrong")
        read_only()
        assert refusal(enter) == "identity.locked"


class TestUnlock:
    def test_the_same_person_comes_back(self, account, enter, database):
        account()
        staff = enter()
        assert unlock(database, staff, PASSWORD) == staff

    def test_who_was_switched_off_meanwhile_does_not(self, account, enter, database):
        account()
        staff = enter()
        change(database, User, status="suspended")
        assert refusal(lambda *_: unlock(database, staff, PASSWORD)) == "identity.inactive"

    def test_who_is_gone_does_not(self, account, enter, database):
        account()
        staff = enter()
        change(database, User, id="another")
        assert refusal(lambda *_: unlock(database, staff, PASSWORD)) == "identity.password"


class TestChangePassword:
    def test_the_new_one_opens_and_the_old_does_not(self, account, enter, database):
        account()
        change_password(database, enter(), PASSWORD, "a new password")

        assert enter("chenjinghe", "a new password")
        assert refusal(enter) == "identity.sign_in"
        with database.reads.connect() as connection:
            assert connection.execute(select(User.password_hash)).scalar_one().startswith("$2b$12$")

    @pytest.mark.parametrize(
        ("old", "new", "field", "params"),
        [
            (PASSWORD, "short", "password", {"least": 8}),
            (PASSWORD, "密" * 25, "password", {"size": 75, "most": 72}),
            ("not the old one", "a new password", "old", {"left": 4}),
        ],
    )
    def test_what_is_refused_says_at_which_field(self, account, enter, database, old, new, field, params):
        account()
        staff = enter()
        with pytest.raises(ValidationError) as caught:
            change_password(database, staff, old, new)

        assert (caught.value.field, caught.value.params) == (field, params)
        assert enter()

    def test_72_bytes_are_taken(self, account, enter, database):
        account()
        change_password(database, enter(), PASSWORD, "密" * 24)
        assert enter("chenjinghe", "密" * 24)


class TestStanding:
    def ask(self, database, staff):
        return database.read(lambda connection: standing(connection, staff))

    def test_who_is_still_there(self, account, enter, database):
        account(desk_role="frontdesk")
        staff = enter()
        change(database, User, name="陈景和（改）")
        assert self.ask(database, staff).name == "陈景和（改）"

    @pytest.mark.parametrize("model", [User, DeskStaff])
    def test_who_was_suspended_is_to_leave(self, account, enter, database, model):
        account(desk_role="frontdesk")
        staff = enter()
        change(database, model, status="suspended")
        assert refusal(lambda *_: self.ask(database, staff)) == "identity.switched_off"

    def test_whose_role_changed_is_to_leave(self, account, enter, database):
        account(desk_role="admin")
        staff = enter()
        change(database, DeskStaff, role="frontdesk")
        assert staff.role is Role.ADMIN
        assert refusal(lambda *_: self.ask(database, staff)) == "identity.role_changed"
