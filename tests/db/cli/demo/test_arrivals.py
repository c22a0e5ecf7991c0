"""The demo's waiting room at 10:22, and at other times of its day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tcmdesk.cli.demo.existing import FILE_NAME, staff_of
from tcmdesk.cli.demo.make import make
from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.core.ids import uuid7
from tcmdesk.features.reception.service import desk, waiting

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 24, 10, 22, tzinfo=ZONE)


@pytest.fixture
def opened(tmp_path):
    databases = []

    def open_(now):
        make(tmp_path, now, ZONE)
        databases.append(
            Database(f"sqlite:///{tmp_path / FILE_NAME}", workstation="test", clock=FixedClock(now))
        )
        return databases[-1]

    yield open_
    for database in databases:
        database.close()


def room(database, now, actor):
    return database.read(lambda connection: waiting.room(connection, actor, now.date(), ZONE))


def test_six_wait_and_six_are_in_consultation(opened, tmp_path):
    database = opened(NOW)
    clerk = staff_of(tmp_path, "fangyun")
    found = room(database, NOW, clerk)
    waits = {entry.card.patient_name: (entry.number, entry.waited(NOW)) for entry in found.waiting}
    assert waits["罗文彬"] == (8, 34)
    assert waits["马惠芳"] == (9, 19)
    assert sorted(minutes for _, minutes in waits.values()) == [4, 9, 14, 19, 27, 34]
    assert [entry.room for entry in found.in_consultation] == [f"诊室 {number}" for number in range(1, 7)]
    assert found.average_wait(NOW) == 18
    # and the numbers go on from there
    doctor = found.next_of().card.doctor_id
    called = desk.call_next(database, clerk, doctor, ZONE, op_id=uuid7())
    assert called is not None


@pytest.mark.parametrize("time", ["07:00", "16:05"])
def test_at_any_time_of_the_day(opened, tmp_path, time):
    now = dt.datetime.combine(NOW.date(), dt.time.fromisoformat(time), ZONE)
    found = room(opened(now), now, staff_of(tmp_path, "fangyun"))
    numbers = [(entry.card.doctor_id, entry.visit.due_at, entry.number) for entry in found.waiting]
    assert len(set(numbers)) == len(numbers)
    assert all(entry.waited(now) >= 0 for entry in (*found.waiting, *found.in_consultation))
    if time == "07:00":
        assert found.waiting == found.in_consultation == ()
