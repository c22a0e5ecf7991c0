import datetime as dt
import itertools

import pytest

from tests.benchmarks.contest.stage import DOCTORS, SPAN_MINUTES, Stage

STAGE = Stage(tuple(str(number) for number in range(DOCTORS)), ("patient",))


def test_slots_of_a_run_are_on_a_day_of_its_own():
    assert {slot.day for slot in STAGE.slots(3, 20)} == {STAGE.slots(0, 1)[0].day + dt.timedelta(days=3)}


def test_two_slots_of_one_doctor_never_reach_each_other():
    slots = STAGE.slots(0, 4 * DOCTORS)
    spans = sorted((slot.doctor_id, slot.moment(0), slot.moment(SPAN_MINUTES)) for slot in slots)
    for (doctor, _, end), (other, start, _) in itertools.pairwise(spans):
        assert doctor != other or end <= start


def test_a_slot_is_at_the_clinics_time():
    assert STAGE.slots(0, 1)[0].moment(15).hour == 1


def test_more_slots_than_there_are_is_refused():
    with pytest.raises(ValueError, match="at most 40"):
        STAGE.slots(0, 41)
