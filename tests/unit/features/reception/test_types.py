"""The order of the queue, and what is counted of it."""

import datetime as dt
from dataclasses import replace

import pytest

from tcmdesk.features.appointments.types import AttendedCard
from tcmdesk.features.reception.types import Offer, QueueEntry, WaitingRoom, in_queue_order
from tcmdesk.features.visits.types import Session, Stage, VisitState, session_of
from tests.factories.bookings import at
from tests.factories.clinic import DAY, NOW
from tests.factories.sample_day import card


def entry(name, due, *, arrived="10:00", stage=Stage.ARRIVED, number=1, doctor="d1", **fields):
    visit = VisitState(stage, number, at(arrived), due_at=at(due), **fields)
    made = replace(card(doctor, due, 15, name), visit=visit)
    return QueueEntry(AttendedCard(made, "陈景和", "内科", "诊室 1"))


def order(*entries):
    return [each.card.patient_name for each in in_queue_order(entries)]


class TestOrder:
    def test_by_appointed_time_whoever_came_first(self):
        assert order(entry("后", "11:00", arrived="09:30"), entry("先", "10:30")) == ["先", "后"]

    def test_called_ones_stand_first(self):
        assert order(entry("先", "10:30"), entry("叫", "11:00", stage=Stage.CALLED)) == ["叫", "先"]

    def test_a_late_one_stands_behind_the_one_whose_time_it_was_given(self):
        late = entry("迟", "10:45", arrived="10:20", late=True)
        assert order(late, entry("二", "10:45", arrived="10:21"), entry("三", "11:00")) == ["二", "迟", "三"]

    def test_at_one_time_an_appointment_goes_before_a_walk_in(self):
        walked = entry("走", "10:30", arrived="09:50", walk_in=True)
        assert order(walked, entry("约", "10:30")) == ["约", "走"]

    def test_then_by_arrival(self):
        assert order(entry("乙", "10:30", arrived="10:05"), entry("甲", "10:30")) == ["甲", "乙"]


class TestRoom:
    room = WaitingRoom(
        DAY,
        in_queue_order(
            [entry("甲", "10:30"), entry("乙", "10:45"), entry("丙", "10:30", doctor="d2", arrived="10:20")]
        ),
    )

    def test_who_is_next(self):
        assert self.room.next_of("d2").card.patient_name == "丙"
        assert self.room.next_of("d3") is None
        assert WaitingRoom(DAY).next_of() is None

    def test_how_many_go_in_before(self):
        ids = {each.card.patient_name: each.card.appointment_id for each in self.room.waiting}
        assert [self.room.ahead_of(ids[name]) for name in ("甲", "乙", "丙")] == [0, 1, 0]
        assert self.room.ahead_of("gone") == 0

    def test_minutes(self):
        assert [each.waited(NOW) for each in self.room.waiting] == [22, 2, 22]
        assert self.room.average_wait(NOW) == 15
        assert WaitingRoom(DAY).average_wait(NOW) == 0
        assert self.room.waiting[0].waited(at("09:00")) == 0


@pytest.mark.parametrize(
    ("time", "session"),
    [
        ("08:00", Session.MORNING),
        ("12:59", Session.MORNING),
        ("13:00", Session.AFTERNOON),
        ("18:00", Session.EVENING),
    ],
)
def test_parts_of_the_day(time, session):
    assert session_of(at(time)) is session


def test_an_extra_slot_begins_at_the_next_five_minutes():
    offer = Offer("d1", "陈景和", "内科", "", 3, None)
    assert offer.start_from(at("10:22").astimezone(dt.UTC)) == at("10:25")
    assert offer.start_from(at("10:25").astimezone(dt.UTC)) == at("10:25")
    assert replace(offer, starts_at=at("11:00")).start_from(at("10:22")) == at("11:00")
