"""One loop for all rooms: how often it asks, and that many rooms cost no more than one."""

import asyncio
import time

from tcmdesk.core.actor import Patient
from tcmdesk.features.consultations.types import RoomState, VisitStatus
from tcmdesk.gateway.rooms import Guest
from tests.db.gateway.conftest import told
from tests.support.sql import recorded_statements


class Silent:
    """The socket of a page that is only there."""

    closed = False


def crowd(gateway, count):
    for number in range(count):
        guest = Guest(Patient(f"user-{number}", f"visit-{number}", f"room-{number}"), Silent(), "w")
        guest.placed = True
        guest.state = RoomState(VisitStatus.WAITING, False, 1)
        gateway.rooms._guests[f"visit-{number}"] = guest


async def statements_of(gateway, seconds=2.0):
    with recorded_statements(gateway.desk.database) as log:
        await asyncio.sleep(seconds)
        return len(log)


async def test_nobody_there_nothing_asked(gateway):
    assert await statements_of(gateway, 1.0) == 0


async def test_many_rooms_cost_as_many_statements_as_one(visit, client, gateway):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        one = await statements_of(gateway)
        crowd(gateway, 100)
        many = await statements_of(gateway)
    assert 5 <= one <= 13, "every 200 ms"
    # those who are not in the database are let go at the next look
    assert many <= one + 3


async def test_a_page_in_a_call_is_asked_for_once_a_second(visit, client, gateway):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        await visit.admit()
        await told(socket, "ice")
        connecting = await statements_of(gateway)
        await socket.send_json({"t": "media", "connected": True})
        await asyncio.sleep(0.5)
        calm = await statements_of(gateway)
    assert calm <= 6
    assert connecting >= calm + 4


async def test_a_database_that_is_away_is_told_and_so_is_its_return(visit, client, gateway, monkeypatch):
    from tcmdesk.core.errors import Unavailable

    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")

        def away(_query):
            raise Unavailable("db.away", "away")

        monkeypatch.setattr(gateway.desk.database, "read", away)
        assert (await told(socket, "clinic"))["away"] is True
        monkeypatch.undo()
        begun = time.monotonic()
        assert (await told(socket, "clinic"))["away"] is False
        assert time.monotonic() - begun < 3


async def test_a_fault_does_not_end_the_bridge(visit, client, gateway, monkeypatch):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")

        faults = []

        async def broken(_consultation_ids):
            faults.append(True)
            raise ZeroDivisionError

        monkeypatch.setattr(gateway.desk, "states", broken)
        await asyncio.sleep(0.6)
        monkeypatch.undo()
        assert faults, "the bridge met it"
        await visit.admit()
        await told(socket, "ice")
