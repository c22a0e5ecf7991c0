import random
from collections import Counter

from tests.benchmarks.clinic.people import People
from tests.benchmarks.clinic.visits import COLUMNS, Visits


def made():
    dice = random.Random(1)
    people = People(dice, 0.005)
    list(people.users())
    list(people.profile_rows())
    visits = Visits(dice, people, 0.005)
    return visits, list(visits.appointments())


def test_there_are_exactly_as_many_as_wanted():
    visits, appointments = made()
    assert len(appointments) == 5000
    assert sum(1 for _ in visits.prescriptions()) == 1500
    assert sum(1 for _ in visits.notifications()) == 2500


def test_rows_have_as_many_values_as_columns():
    visits, appointments = made()
    for table, rows in (
        ("appointments", appointments),
        ("desk_appointments", visits.desk_rows),
        ("prescriptions", visits.prescriptions()),
        ("notifications", visits.notifications()),
    ):
        assert {len(row) for row in rows} == {len(COLUMNS[table])}


def test_half_the_bookings_are_a_desks():
    visits, appointments = made()
    assert 0.45 < len(visits.desk_rows) / len(appointments) < 0.55
    assert {row[0] for row in visits.desk_rows} <= {row[0] for row in appointments}


def test_the_platforms_slot_texts_have_both_forms():
    _, appointments = made()
    lengths = Counter(len(row[COLUMNS["appointments"].index("time_slot")]) for row in appointments)
    assert lengths[5] > lengths[11] > 1000
