"""With the guard on, nobody can book a slot twice, whatever they write into the date and the text."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tcmdesk.core.db.schema.doctor import check
from tcmdesk.core.db.schema.guard import DoubleBooking, GuardRefusedError
from tcmdesk.core.db.schema.guard_sql import MARIADB_TABLE
from tcmdesk.core.db.schema.info import info
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.errors import UserError
from tests.db.core.db.schema.databases import connected, make_contract, rows, run, table_names
from tests.db.core.db.schema.test_contract import USER

DOCTOR = (
    "INSERT INTO doctors (id, user_id, certificate_type, id_number, hospital, title)"
    " VALUES ('d', 'u', 'c', 'n', 'h', 't')"
)


def booking(name: str, moment: str, slot: str, status: str = "'pending'") -> str:
    return (
        "INSERT INTO appointments (id, patient_id, doctor_id, appointment_date, time_slot, visit_type, symptoms,"
        f" status) VALUES ('{name}', 'u', 'd', '{moment}', '{slot}', 'offline', 's', {status})"
    )


@pytest.fixture
def clinic_url(empty_database_url):
    upgrade(empty_database_url)
    run(empty_database_url, USER, DOCTOR)
    return empty_database_url


@pytest.fixture
def guarded_url(clinic_url):
    upgrade(clinic_url, guard=True)
    return clinic_url


def test_a_slot_is_taken_whatever_the_time_of_day_and_the_text(guarded_url):
    # 10:00 and 20:00 of the same day in Shanghai
    run(guarded_url, booking("first", "2026-11-20 02:00:00", "09:00"))
    with pytest.raises(IntegrityError):
        run(guarded_url, booking("second", "2026-11-20 12:00:00", "09:00-10:00"))
    with pytest.raises(IntegrityError):
        run(guarded_url, booking("no status", "2026-11-20 12:00:00", "09:00", "NULL"))
    run(
        guarded_url,
        # midnight in Shanghai is at 16:00 UTC
        booking("next day", "2026-11-20 16:00:00", "09:00"),
        booking("other slot", "2026-11-20 02:00:00", "09:30"),
        booking("cancelled", "2026-11-20 02:00:00", "09:00", "'cancelled'"),
    )


def test_cancelling_frees_the_slot_and_reviving_needs_it_free(guarded_url):
    revive = "UPDATE appointments SET status = 'confirmed' WHERE id = 'second'"
    run(
        guarded_url,
        booking("first", "2026-11-20 02:00:00", "09:00"),
        booking("second", "2026-11-20 02:00:00", "09:00", "'cancelled'"),
        "UPDATE appointments SET symptoms = 'more' WHERE id = 'first'",
    )
    with pytest.raises(IntegrityError):
        run(guarded_url, revive)
    run(guarded_url, "UPDATE appointments SET status = 'cancelled' WHERE id = 'first'", revive)
    with pytest.raises(IntegrityError):
        run(guarded_url, booking("third", "2026-11-20 01:00:00", "09:00"))
    run(
        guarded_url,
        "DELETE FROM appointments WHERE id = 'second'",
        booking("third", "2026-11-20 01:00:00", "09:00"),
    )


def test_moving_takes_the_new_slot_and_frees_the_old(guarded_url):
    run(
        guarded_url,
        booking("first", "2026-11-20 02:00:00", "09:00"),
        booking("second", "2026-11-20 02:00:00", "09:30"),
    )
    with pytest.raises(IntegrityError):
        run(guarded_url, "UPDATE appointments SET time_slot = '09:00' WHERE id = 'second'")
    run(
        guarded_url,
        "UPDATE appointments SET appointment_date = '2026-11-21 02:00:00' WHERE id = 'first'",
        "UPDATE appointments SET time_slot = '09:00' WHERE id = 'second'",
    )


@pytest.mark.server
@pytest.mark.parametrize("server", ["empty_mysql_url", "empty_mariadb_url"])
def test_the_key_does_not_depend_on_the_writers_time_zone(request, server):
    url = request.getfixturevalue(server)
    upgrade(url, guard=True)
    run(url, USER, DOCTOR, "SET time_zone = '+00:00'", booking("first", "2026-11-20 02:00:00", "09:00"))
    with pytest.raises(IntegrityError):
        # the same Shanghai day, written by a session on the other side of the date line
        run(url, "SET time_zone = '-11:00'", booking("second", "2026-11-19 15:00:00", "09:00"))


@pytest.mark.server
@pytest.mark.parametrize("server", ["empty_mysql_url", "empty_mariadb_url"])
def test_of_many_writers_at_once_one_wins(request, server):
    url = request.getfixturevalue(server)
    upgrade(url, guard=True)
    run(url, USER, DOCTOR)
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def write(number: int) -> None:
        with connected(url) as connection:
            barrier.wait()
            try:
                connection.exec_driver_sql(booking(f"writer {number}", "2026-11-20 02:00:00", "09:00"))
                outcomes.append("booked")
            except DBAPIError:
                outcomes.append("refused")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked"] + ["refused"] * 7
    assert rows(url, "SELECT COUNT(*) FROM appointments") == [(1,)]


def test_existing_duplicates_are_listed_and_nothing_is_changed(clinic_url):
    run(
        clinic_url,
        booking("first", "2026-11-20 02:00:00", "09:00"),
        booking("second", "2026-11-20 12:00:00", "09:00-10:00"),
        booking("third", "2026-11-20 17:00:00", "14:00"),
    )
    before = table_names(clinic_url)
    with pytest.raises(GuardRefusedError) as refused:
        upgrade(clinic_url, guard=True)
    assert refused.value.duplicates == (DoubleBooking("n", dt.date(2026, 11, 20), "09:00", 2),)
    assert not info(clinic_url).guarded
    assert table_names(clinic_url) == before


def test_a_database_is_not_even_adopted_while_its_duplicates_stand(empty_database_url):
    make_contract(empty_database_url)
    run(
        empty_database_url,
        USER,
        DOCTOR,
        booking("first", "2026-11-20 02:00:00", "09:00"),
        booking("second", "2026-11-20 02:00:00", "09:00"),
    )
    before = table_names(empty_database_url)
    with pytest.raises(GuardRefusedError):
        upgrade(empty_database_url, tune=True, guard=True)
    assert table_names(empty_database_url) == before
    assert info(empty_database_url).tuned == ()


def test_the_guard_counts_what_was_booked_before_it(clinic_url):
    run(clinic_url, booking("first", "2026-11-20 02:00:00", "09:00"))
    upgrade(clinic_url, guard=True)
    with pytest.raises(IntegrityError):
        run(clinic_url, booking("second", "2026-11-20 02:00:00", "09:00"))


@pytest.mark.server
def test_triggers_that_were_never_filled_are_filled_by_the_next_run(empty_mariadb_url):
    upgrade(empty_mariadb_url, guard=True)
    run(
        empty_mariadb_url,
        USER,
        DOCTOR,
        booking("first", "2026-11-20 02:00:00", "09:00"),
        f"DELETE FROM {MARIADB_TABLE}",
        "DROP TRIGGER desk_guard_delete",
    )
    assert not info(empty_mariadb_url).guarded
    upgrade(empty_mariadb_url, guard=True)
    assert info(empty_mariadb_url).guarded
    with pytest.raises(IntegrityError):
        run(empty_mariadb_url, booking("second", "2026-11-20 02:00:00", "09:00"))


def test_the_clinics_zone_decides_the_day(clinic_url):
    run(
        clinic_url,
        "INSERT INTO system_configs (category, config_key, config_value) VALUES ('clinic', 'timezone', 'Asia/Tokyo')",
    )
    upgrade(clinic_url, guard=True)
    run(clinic_url, booking("first", "2026-11-20 14:59:00", "09:00"))
    # midnight in Tokyo is at 15:00 UTC, an hour before Shanghai's
    run(clinic_url, booking("second", "2026-11-20 15:00:00", "09:00"))


def test_a_zone_with_summer_time_is_refused(clinic_url):
    run(
        clinic_url,
        "INSERT INTO system_configs (category, config_key, config_value)"
        " VALUES ('clinic', 'timezone', 'Europe/Vienna')",
    )
    with pytest.raises(UserError, match=r"guard\.zone"):
        upgrade(clinic_url, guard=True)


def test_a_guarded_and_tuned_database_is_still_the_contract(guarded_url):
    upgrade(guarded_url, tune=True, guard=True)
    assert check(guarded_url) == []
