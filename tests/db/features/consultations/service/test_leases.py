"""Of two workstations one reads the doctor's signals."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from tcmdesk.core.db.database import Database
from tcmdesk.features.consultations.models import DeskVideoLease
from tcmdesk.features.consultations.service import leases, signals
from tcmdesk.features.consultations.types import SignalType


@pytest.fixture
def second(database_url, clock):
    database = Database(database_url, workstation="desk-2", clock=clock)
    yield database
    database.close()


@pytest.fixture
def call(online):
    return online.in_call()


def expire(online):
    with online.database.writes.begin() as connection:
        connection.execute(update(DeskVideoLease).values(expires=DeskVideoLease.expires - 11))


def test_the_first_takes_the_room_and_the_second_does_not(online, call, second):
    room, _ = call
    first = leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    assert (first.held, first.generation) == (True, 0)
    other = leases.take_lease(second, online.doctor, room.room_id, "desk-2")
    assert (other.held, other.workstation) == (False, "desk-1")


def test_taking_over_raises_the_generation_and_ends_the_first(online, call, second):
    room, _ = call
    leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    assert leases.renew_lease(online.database, online.doctor, room.room_id, "desk-1", 6)
    taken = leases.take_lease(second, online.doctor, room.room_id, "desk-2", force=True)
    assert (taken.held, taken.generation) == (True, 8)
    assert not leases.renew_lease(online.database, online.doctor, room.room_id, "desk-1", 6)


def test_only_the_holder_reads(online, call, second):
    room, who = call
    leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    signals.post_signal(online.database, who, room.room_id, SignalType.JOIN, {})

    def take(database, holder):
        return signals.take_signals(database, online.doctor, room.room_id, room.doctor_user_id, holder=holder)

    assert take(second, "desk-2") == ()
    leases.take_lease(second, online.doctor, room.room_id, "desk-2", force=True)
    assert take(online.database, "desk-1") == ()
    assert [signal.type for signal in take(second, "desk-2")] == [SignalType.JOIN]


def test_a_lease_that_ran_out_can_be_taken_and_its_reader_reads_no_more(online, call, second):
    room, _ = call
    leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    expire(online)
    taken = leases.take_lease(second, online.doctor, room.room_id, "desk-2")
    assert (taken.held, taken.generation) == (True, 2)


def test_a_holder_that_was_away_keeps_what_nobody_took(online, call):
    room, _ = call
    leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    expire(online)
    assert leases.renew_lease(online.database, online.doctor, room.room_id, "desk-1", 0)


def test_what_is_released_is_free(online, call, second):
    room, _ = call
    leases.take_lease(online.database, online.doctor, room.room_id, "desk-1")
    leases.release_lease(online.database, online.doctor, room.room_id, "desk-1")
    assert leases.take_lease(second, online.doctor, room.room_id, "desk-2").held


def test_two_workstations_at_once_get_one_holder(online, call, second):
    room, _ = call

    def take(side):
        database, holder = side
        return leases.take_lease(database, online.doctor, room.room_id, holder)

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, ((online.database, "desk-1"), (second, "desk-2"))))
    assert sorted(lease.held for lease in taken) == [False, True]
    assert len({lease.workstation for lease in taken}) == 1


def test_two_windows_of_one_workstation_are_two_holders():
    assert leases.holder_name("desk-1") != leases.holder_name("desk-1")
    assert len(leases.holder_name("d" * 64)) <= 64
