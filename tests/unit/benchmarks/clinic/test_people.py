import datetime as dt
import random
import uuid

from tests.benchmarks.clinic.people import COLUMNS, DOCTORS, People, made_id


def made(seed=1, scale=0.001):
    people = People(random.Random(seed), scale)
    return people, list(people.users())


def test_the_same_seed_makes_the_same_people():
    assert made()[1] == made()[1]
    assert made()[1] != made(seed=2)[1]


def test_accounts_phones_and_ids_are_each_ones_own():
    _, users = made()
    assert len(users) == 200 + DOCTORS
    for column in ("id", "account", "phone"):
        place = COLUMNS["users"].index(column)
        assert len({row[place] for row in users}) == len(users)


def test_rows_have_as_many_values_as_columns():
    people, users = made()
    for table, rows in (
        ("users", users),
        ("departments", people.departments()),
        ("doctors", people.doctor_rows()),
        ("patient_profiles", people.profile_rows()),
    ):
        assert {len(row) for row in rows} == {len(COLUMNS[table])}


def test_ids_are_version_7_and_carry_their_time():
    at = dt.datetime(2020, 5, 17, 3, 4, 5, tzinfo=dt.UTC)
    made = uuid.UUID(made_id(random.Random(1), at))
    assert (made.version, made.int >> 80) == (7, int(at.timestamp() * 1000))
