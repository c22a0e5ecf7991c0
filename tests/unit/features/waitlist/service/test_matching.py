"""Who fits a free time, and who comes first."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tcmdesk.features.appointments.types import DoctorColumn, Hold, Session, Status
from tcmdesk.features.appointments.ui.samples import sample_card
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.waitlist.service.matching import fits, gaps_of, ranked
from tcmdesk.features.waitlist.types import AFTERNOON, MORNING, Gap
from tests.factories.bookings import at
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.waiting import entry, wish

ZHOU, CHEN = "doctor-zhou", "doctor-chen"
TUESDAY = 1 << DAY.weekday()


def gap(start, end, doctor_id=ZHOU, department="内科", day=DAY):
    return Gap(
        doctor_id, "周怀瑾", department, at(start, day).astimezone(dt.UTC), at(end, day).astimezone(dt.UTC)
    )


def names(found):
    return [fit.entry.patient_name for fit in found]


def first(found):
    return f"{found[0].starts_at.astimezone(ZONE):%H:%M}" if found else None


def rank(entries, free, cards=(), **fields):
    return ranked(entries, free, cards, now=NOW, zone=ZONE, **fields)


def test_the_wished_doctor_comes_before_the_department_and_that_before_anyone():
    anyone = entry("戊", waits_minutes=900)
    department = entry("丙", wish(department="内科"), waits_minutes=600)
    exact = entry("甲", wish(ZHOU), waits_minutes=10)
    assert names(rank([anyone, department, exact], gap("11:00", "12:00"))) == ["甲", "丙", "戊"]


def test_among_equals_urgent_ones_and_then_the_longest_waiting_come_first():
    short, long = entry("甲", wish(ZHOU), waits_minutes=10), entry("乙", wish(ZHOU), waits_minutes=90)
    urgent = entry("丙", wish(ZHOU, urgent=True), waits_minutes=1)
    assert names(rank([short, long, urgent], gap("11:00", "12:00"))) == ["丙", "乙", "甲"]


@pytest.mark.parametrize("wanted", [
    wish(CHEN),
    wish(department="儿科"),
    wish(weekdays=0b1111111 & ~TUESDAY),
    wish(window=AFTERNOON),
    wish(window=(9 * 60, 11 * 60 + 10)),
    wish(first_day=DAY + dt.timedelta(days=1)),
    wish(first_day=DAY - dt.timedelta(days=9), last_day=DAY - dt.timedelta(days=1)),
    wish(minutes=75),
])  # fmt: skip
def test_who_cannot_come(wanted):
    assert rank([entry("甲", wanted)], gap("11:00", "12:00")) == []


def test_a_window_moves_the_start():
    assert first(rank([entry("甲", wish(window=(11 * 60 + 20, 13 * 60)))], gap("11:00", "12:00"))) == "11:30"


def test_a_gap_that_begins_off_the_board_s_rows_is_used_from_its_beginning():
    assert first(rank([entry()], gap("11:05", "12:00"))) == "11:05"


def test_nobody_is_offered_a_time_that_begins_at_once():
    assert first(rank([entry()], gap("10:00", "12:00"))) == "10:45"
    assert rank([entry()], gap("10:00", "10:45")) == []


def test_only_the_freed_time_itself_when_asked():
    later = entry("甲", wish(window=(11 * 60 + 30, 12 * 60)))
    assert names(rank([later, entry("乙")], gap("11:00", "12:00"), at=at("11:15"))) == ["乙"]


def test_nobody_is_asked_to_be_in_two_places():
    busy = replace(sample_card("甲"), ref=PatientRef("user-甲"), starts_at=at("11:00"), minutes=30)
    assert first(rank([entry("甲")], gap("11:00", "12:00"), [busy])) == "11:30"
    cancelled = replace(busy, status=Status.CANCELLED)
    assert first(rank([entry("甲")], gap("11:00", "12:00"), [cancelled])) == "11:00"


def test_a_time_that_came_to_nothing_is_not_offered_again():
    refused = ((ZHOU, at("11:00").astimezone(dt.UTC)),)
    assert first(rank([entry(refused=refused)], gap("11:00", "12:00"))) == "11:15"


def test_each_is_promised_a_time_of_their_own():
    both = [entry("甲", waits_minutes=50), entry("乙", waits_minutes=90)]
    found = fits(both, [gap("11:00", "11:30")], (), now=NOW, zone=ZONE)
    assert [(fit.entry.patient_name, f"{fit.starts_at.astimezone(ZONE):%H:%M}") for fit in found] == [
        ("乙", "11:00"), ("甲", "11:15"),
    ]  # fmt: skip
    assert names(
        fits([*both, entry("丙", waits_minutes=1)], [gap("11:00", "11:30")], (), now=NOW, zone=ZONE)
    ) == ["乙", "甲"]


def test_who_can_only_see_one_doctor_chooses_before_who_takes_anyone():
    anyone, exact = entry("甲", waits_minutes=900), entry("乙", wish(ZHOU))
    gaps = [gap("11:00", "11:15"), gap("11:30", "11:45", CHEN)]
    found = fits([anyone, exact], gaps, (), now=NOW, zone=ZONE)
    assert [(fit.entry.patient_name, fit.doctor_id) for fit in found] == [("乙", ZHOU), ("甲", CHEN)]


def test_two_doctors_free_at_the_same_time_are_no_riddle():
    found = fits([entry()], [gap("11:00", "12:00", CHEN), gap("11:00", "12:00")], (), now=NOW, zone=ZONE)
    assert len(found) == 1


def column(*sessions):
    return DoctorColumn(
        ZHOU, "周怀瑾", "内科", "", tuple(Session(start * 60, end * 60) for start, end in sessions)
    )


def test_gaps_are_what_bookings_and_kept_times_leave():
    card = replace(sample_card("甲"), doctor_id=ZHOU, starts_at=at("10:00"), minutes=30)
    hold = Hold("h", ZHOU, at("11:00"), 15, PatientRef("u"), "乙", at("11:05"))
    found = gaps_of([column((9, 12), (14, 15))], [card], [hold], DAY, ZONE)
    spans = [
        f"{each.starts_at.astimezone(ZONE):%H:%M}-{each.ends_at.astimezone(ZONE):%H:%M}" for each in found
    ]
    assert spans == ["09:00-10:00", "10:30-11:00", "11:15-12:00", "14:00-15:00"]


def test_overlapping_bookings_leave_no_gap_between_them():
    cards = [
        replace(sample_card("甲"), doctor_id=ZHOU, starts_at=at(start), minutes=60)
        for start in ("09:00", "09:30")
    ]
    (found,) = gaps_of([column((9, 12))], cards, [], DAY, ZONE)
    assert found.starts_at == at("10:30")


def test_hours_keep_their_clock_time_when_the_clocks_change():
    zone, day = ZoneInfo("Europe/Berlin"), dt.date(2026, 10, 25)
    (found,) = gaps_of([column((9, 12))], [], [], day, zone)
    assert found.starts_at.astimezone(zone).hour == 9
    waits = entry(wanted=wish(first_day=day, last_day=day, window=MORNING))
    (fit,) = fits([waits], [found], (), now=NOW - dt.timedelta(days=60), zone=zone)
    assert fit.starts_at == found.starts_at
