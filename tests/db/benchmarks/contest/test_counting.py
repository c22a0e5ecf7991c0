"""The count must find what is planted, or its zero would mean nothing."""

import datetime as dt

import pytest
from sqlalchemy import create_engine, insert

from tcmdesk.core.db.engines import make_read_engine, parse_url
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tests.benchmarks.contest.counting import DESK, PLATFORM, Overlaps, count, marked
from tests.benchmarks.contest.stage import set_stage


class Diary:
    """Writes appointments past the program."""

    def __init__(self, url):
        self.stage = set_stage(url, 2)
        self.slot = self.stage.slots(0, 1)[0]
        self._engine = create_engine(url)
        self._reads = make_read_engine(parse_url(url))

    def write(self, who, offset, minutes, *, text=None, at=None, doctor=0, status="confirmed"):
        start = self.slot.moment(offset)
        appointment_id = uuid7()
        with self._engine.begin() as connection:
            connection.execute(
                insert(Appointment).values(
                    id=appointment_id,
                    patient_id=self.stage.patients[0],
                    doctor_id=self.stage.doctors[doctor],
                    appointment_date=at or start,
                    time_slot=text or f"{(start + dt.timedelta(hours=8)):%H:%M}",
                    visit_type="offline",
                    symptoms=marked(who, minutes),
                    status=status,
                )
            )
            if who == DESK:
                connection.execute(
                    insert(DeskAppointment).values(
                        appointment_id=appointment_id, starts_at=start, minutes=minutes, source="desk"
                    )
                )

    def count(self):
        with self._reads.connect() as connection:
            return count(connection, [self.slot.day])

    def close(self):
        self._engine.dispose()
        self._reads.dispose()


@pytest.fixture
def diary(database_url):
    diary = Diary(database_url)
    yield diary
    diary.close()


def test_a_planted_double_booking_is_counted(diary):
    diary.write(DESK, 0, 30)
    diary.write(DESK, 25, 15)
    assert diary.count() == Overlaps(among_desks=1, with_platform=0, unflagged=0)


def test_each_pair_of_three_is_counted(diary):
    for _ in range(3):
        diary.write(DESK, 0, 30)
    assert diary.count().among_desks == 3


def test_neighbours_other_doctors_and_cancelled_ones_are_no_doubles(diary):
    diary.write(DESK, 0, 30)
    diary.write(DESK, 30, 30)
    diary.write(DESK, 10, 30, doctor=1)
    diary.write(DESK, 10, 30, status="cancelled")
    assert diary.count() == Overlaps(0, 0, 0)


def test_a_platform_row_with_an_odd_date_is_counted_and_flagged(diary):
    diary.write(DESK, 0, 30)
    # 09:15-10:15 on the clinic's same day, dated late in the evening
    late = diary.slot.moment(12 * 60)
    diary.write(PLATFORM, 15, 60, text="09:15-10:15", at=late, status="pending")
    assert diary.count() == Overlaps(among_desks=0, with_platform=1, unflagged=0)


def test_an_overlap_that_the_board_does_not_show_is_counted_as_unflagged(diary):
    diary.write(PLATFORM, 0, 30)
    # the board flags open appointments only; the count knows no such exception
    diary.write(PLATFORM, 10, 30, status="completed")
    assert diary.count() == Overlaps(among_desks=0, with_platform=1, unflagged=1)
