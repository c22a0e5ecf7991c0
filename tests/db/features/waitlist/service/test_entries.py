"""Who stands on the list."""

import datetime as dt

import pytest
from sqlalchemy import delete

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.waitlist.service import desk, entries
from tcmdesk.features.waitlist.types import EditEntry, EntryStatus
from tests.factories.clinic import DAY
from tests.factories.waiting import add, wish


def test_who_is_put_on_the_list_waits(waitlist, doctor, patient):
    entry_id = waitlist.add(patient, doctor, note="失眠", urgent=True, window=(540, 720))
    (found,) = waitlist.waiting().entries
    assert (found.entry_id, found.patient, found.patient_name) == (entry_id, PatientRef(patient), "沈若兰")
    assert found.doctor_name == "陈景和"
    assert found.phone == "19900001111"
    assert found.wish == wish(doctor, note="失眠", urgent=True, window=(540, 720))
    assert found.offer is None


def test_a_family_member_waits_under_their_own_name(waitlist, clinic, patient):
    child = clinic.member(patient, "沈小满", "son")
    waitlist.add(PatientRef(patient, child))
    (found,) = waitlist.waiting().entries
    assert (found.patient_name, found.patient.profile_id) == ("沈小满", child)


def test_a_member_who_was_removed_is_not_taken_for_the_holder(waitlist, clinic, database, patient, doctor):
    child = clinic.member(patient, "沈小满", "son")
    entry_id = waitlist.add(PatientRef(patient, child))
    with database.writes.begin() as connection:
        connection.execute(delete(PatientProfile).where(PatientProfile.id == child))
    assert waitlist.waiting().entries[0].patient_name == ""
    with pytest.raises(NotFound):
        waitlist.offer(entry_id, doctor)
    assert waitlist.holds() == []


def test_those_first_who_came_first(waitlist, clock, doctor, patient, other):
    second = waitlist.add(other, doctor)
    clock.advance(-dt.timedelta(minutes=5))
    first = waitlist.add(patient, doctor)
    assert [each.entry_id for each in waitlist.waiting().entries] == [first, second]


def test_a_retry_is_the_same_entry(waitlist, database, clerk, patient):
    command, op_id = add(patient), uuid7()
    for _ in range(2):
        desk.add(database, clerk, command, op_id=op_id)
    assert len(waitlist.waiting().entries) == 1


def test_nobody_waits_beyond_their_last_day(waitlist, database, clerk, patient):
    waitlist.add(patient, last_day=DAY)
    assert waitlist.waiting(DAY + dt.timedelta(days=1)).entries == ()
    over = database.read(
        lambda connection: entries.ended(
            connection, clerk, today=DAY + dt.timedelta(days=1), now=database.clock.now()
        )
    )
    assert len(over.entries) == 1


def test_a_wish_can_change(waitlist, database, clerk, doctor, patient):
    entry_id = waitlist.add(patient, doctor)
    desk.edit(database, clerk, EditEntry(entry_id, wish(department="内科", minutes=30)), op_id=uuid7())
    found = waitlist.entry(entry_id)
    assert (found.wish.doctor_id, found.wish.department, found.wish.minutes) == (None, "内科", 30)


def test_taking_off_ends_the_offer_and_can_be_undone(waitlist, database, clerk, doctor, patient):
    entry_id = waitlist.add(patient, doctor)
    offer = waitlist.offer(entry_id, doctor)
    desk.take_off(database, clerk, entry_id, op_id=uuid7())
    assert waitlist.entry(entry_id).status is EntryStatus.WITHDRAWN
    assert (waitlist.cells(offer.offer_id), waitlist.holds()) == ([], [])
    with pytest.raises(Conflict, match=r"waitlist\.not_waiting"):
        desk.edit(database, clerk, EditEntry(entry_id, wish()), op_id=uuid7())
    with pytest.raises(Conflict, match=r"waitlist\.not_waiting"):
        waitlist.offer(entry_id, doctor)
    assert waitlist.holds() == []
    desk.put_back(database, clerk, entry_id, op_id=uuid7())
    assert waitlist.entry(entry_id).status is EntryStatus.WAITING


@pytest.mark.parametrize(("fields", "field"), [
    ({"weekdays": 0}, "weekdays"),
    ({"minutes": 7}, "minutes"),
    ({"minutes": 0}, "minutes"),
    ({"window": (720, 540)}, "window"),
    ({"window": (540, 550), "minutes": 15}, "window"),
    ({"last_day": DAY - dt.timedelta(days=1)}, "last_day"),
    ({"weekdays": 1 << 6, "last_day": DAY + dt.timedelta(days=2)}, "weekdays"),
    ({"note": "长" * 501}, "note"),
])  # fmt: skip
def test_wishes_that_can_never_be_met(waitlist, patient, fields, field):
    with pytest.raises(ValidationError) as refusal:
        waitlist.add(patient, **fields)
    assert refusal.value.field == field
    assert waitlist.waiting().entries == ()


def test_pharmacists_do_not_write_it(database, patient):
    with pytest.raises(PermissionDenied):
        desk.add(database, Staff(uuid7(), "白芷安", Role.PHARMACIST), add(patient), op_id=uuid7())
