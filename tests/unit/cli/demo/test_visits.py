"""The demo's four weeks: complete, possible, and the same each time."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from tcmdesk.cli.demo import clinic, hours, people, visits
from tcmdesk.cli.demo.rows import Rows
from tcmdesk.cli.demo.today import TODAY, UNREADABLE

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 24, 2, 22, tzinfo=dt.UTC)


def _rows():
    rows = Rows(NOW, ZONE)
    made = clinic.build(rows, lambda password: f"hash of {len(password)}")
    visits.build(rows, made, hours.build(rows, made))
    return rows


@pytest.fixture(scope="module")
def tables():
    return _rows().tables


def test_there_are_as_many_people_as_promised(tables):
    patients = [
        row for row in tables["users"] if row["role"] == "patient" and row["account"].startswith("1990000")
    ]

    assert len(patients) == clinic.PATIENTS
    assert len(tables["doctors"]) == 6
    assert len({row["department_id"] for row in tables["doctors"]}) >= 3
    assert len(tables["patient_profiles"]) > 50


def test_everyone_has_a_phone_of_the_made_up_block(tables):
    phones = [row["phone"] for row in tables["users"]]

    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("1990000") and len(phone) == 11 for phone in phones)


def test_every_status_occurs_on_both_sides_of_now(tables):
    seen = Counter((row["status"], row["appointment_date"] < NOW) for row in tables["appointments"])

    assert seen["completed", True]
    assert seen["cancelled", True]
    assert seen["cancelled", False]
    assert seen["pending", False]
    assert seen["confirmed", False]


def test_four_weeks_around_today_are_filled(tables):
    days = {row["appointment_date"].astimezone(ZONE).date() for row in tables["appointments"]}

    assert len(days) == 28
    assert min(days) == dt.date(2026, 11, 10)
    assert max(days) == dt.date(2026, 12, 7)


def test_todays_visits_are_all_there(tables):
    today = [
        row
        for row in tables["appointments"]
        if row["appointment_date"].astimezone(ZONE).date() == dt.date(2026, 11, 24)
    ]

    assert len(today) == sum(not visit.moved for visit in TODAY) + len(UNREADABLE)


def test_the_platform_writes_as_it_does(tables):
    ours = {row["appointment_id"] for row in tables["desk_appointments"]}
    theirs = [row for row in tables["appointments"] if row["id"] not in ours]
    texts = [row["time_slot"] for row in theirs]

    assert any("-" in text for text in texts)
    assert any("-" not in text and ":" in text for text in texts)
    assert {text for _, text, *_ in UNREADABLE} <= set(texts)
    # any time of the day beside the slot's text
    assert any(
        row["appointment_date"].astimezone(ZONE).strftime("%H:%M") != row["time_slot"][:5] for row in theirs
    )


def test_no_two_desk_bookings_of_a_doctor_share_a_cell(tables):
    keys = Counter((row["resource_id"], row["cell"], row["seat"]) for row in tables["desk_slots"])

    assert max(keys.values()) == 1


def test_every_desk_booking_that_is_not_cancelled_holds_its_cells(tables):
    held = Counter(row["appointment_id"] for row in tables["desk_slots"] if row["appointment_id"])
    status = {row["id"]: row["status"] for row in tables["appointments"]}

    for row in tables["desk_appointments"]:
        cells = row["minutes"] // visits.CELL_MINUTES
        cells += (row["resource_minutes"] or 0) // visits.CELL_MINUTES
        expected = 0 if status[row["appointment_id"]] == "cancelled" else cells
        assert held[row["appointment_id"]] == expected


def test_children_have_a_parents_account(tables):
    accounts = {row["id"] for row in tables["users"]}

    assert all(row["user_id"] in accounts for row in tables["patient_profiles"])
    assert {"女儿", "儿子"} <= {row["relationship"] for row in tables["patient_profiles"]}


def test_the_same_day_gives_the_same_clinic(tables):
    assert _rows().tables == tables


def test_nobody_has_two_visits_with_two_doctors_today_at_once():
    starts = Counter((visit.name, visit.start) for visit in TODAY)

    assert max(starts.values()) == 1


def test_the_staff_can_be_signed_in_as_in_every_role():
    assert {person.role for person in people.SIGN_IN_AS.values()} == {person.role for person in people.STAFF}
