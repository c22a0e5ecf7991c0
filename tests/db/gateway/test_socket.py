"""A page's line: who may open it, what it is told, when it is closed."""

import asyncio
import json

import aiohttp
import pytest

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.consultations.service import signals
from tcmdesk.features.consultations.types import SignalType
from tests.db.gateway.conftest import Client, told
from tests.support import gateways

SDP = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"


async def post(visit, kind, payload):
    doctor = visit.clinic.doctor
    await asyncio.to_thread(
        signals.post_signal, visit.clinic.database, doctor, visit.room.room_id, kind, payload
    )


async def taken(visit, seconds=10.0):
    """What has come for the doctor; waits for something."""
    doctor = visit.clinic.doctor
    for _ in range(int(seconds / 0.05)):
        found = await asyncio.to_thread(
            signals.take_signals, visit.clinic.database, doctor, visit.room.room_id, doctor.user_id
        )
        if found:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("nothing came")


async def test_without_a_visit_there_is_no_line(client):
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await client.socket()
    assert caught.value.status == 401


async def test_without_consent_there_is_no_place(visit, client):
    await client.post("/api/begin", {"link": visit.link})
    async with client.socket() as socket:
        assert (await told(socket, "over"))["t"] == "over"
        closing = await socket.receive(timeout=10)
        assert (closing.type, closing.data) == (aiohttp.WSMsgType.CLOSE, 4002)


async def test_place_admission_and_end_are_told(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        state = await told(socket, "state")
        assert (state["status"], state["admitted"], state["position"]) == ("waiting", False, 1)
        await visit.admit()
        assert (await told(socket, "ice"))["servers"] == []
        assert (await told(socket, "state"))["admitted"] is True
        await visit.complete()
        while (await told(socket, "state"))["status"] != "completed":
            pass


async def test_signals_go_both_ways_in_order_and_are_marked(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        await visit.admit()
        await told(socket, "ice")
        await post(visit, SignalType.OFFER, {"sdp": SDP, "generation": 2})
        await post(visit, SignalType.CANDIDATE, {"candidate": "", "sdp_mid": "0", "generation": 2})
        first, second = await told(socket, "signal"), await told(socket, "signal")
        assert (first["kind"], first["payload"]["generation"]) == ("offer", 2)
        assert (second["kind"], second["payload"]["candidate"]) == ("ice_candidate", "")

        answer = {"t": "signal", "kind": "answer", "payload": {"sdp": SDP, "generation": 2}}
        await socket.send_json(answer)
        (signal,) = await taken(visit)
        assert (signal.type, signal.generation, signal.payload["sdp"]) == (SignalType.ANSWER, 2, SDP)
    async with client.socket() as again:
        await told(again, "state")
        await again.send_json({"t": "ping", "n": 9})
        while (message := await again.receive_json(timeout=10))["t"] != "pong":
            assert message["t"] != "signal", "delivered once"
        assert message["n"] == 9


async def test_before_the_doctor_lets_in_signals_are_refused(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        await socket.send_json({"t": "signal", "kind": "join", "payload": {"generation": 0}})
        assert (await told(socket, "refused"))["code"] == "signal.refused"


async def test_the_newest_window_has_the_visit(visit, client):
    await client.attend(visit)
    async with client.socket() as first:
        await told(first, "state")
        async with client.http.ws_connect(f"{client.address}/ws?window=w2", headers=client.headers) as second:
            await told(second, "state")
            closing = await first.receive(timeout=10)
            while closing.type is aiohttp.WSMsgType.TEXT:
                closing = await first.receive(timeout=10)
            assert closing.data == 4001


async def test_a_second_line_of_one_window_is_no_other_window(visit, client):
    await client.attend(visit)
    async with client.socket() as first, client.socket() as second:
        await told(second, "state")
        closing = await first.receive(timeout=10)
        while closing.type is aiohttp.WSMsgType.TEXT:
            closing = await first.receive(timeout=10)
        assert closing.data == 4004


@pytest.mark.parametrize("text", ["rubbish", "[]", json.dumps({"t": "signal", "kind": "offer"})])
async def test_what_no_page_says_closes_the_line(visit, client, text):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        await socket.send_str(text)
        closing = await socket.receive(timeout=10)
        assert closing.data == 1008


async def test_a_message_that_is_too_large_closes_the_line(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        await socket.send_str(json.dumps({"t": "ping", "n": "x" * 70_000}))
        closing = await socket.receive(timeout=10)
        assert closing.data == 1009


async def test_a_flood_closes_the_line(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        for number in range(400):
            await socket.send_json({"t": "ping", "n": number})
        while (message := await socket.receive(timeout=10)).type is aiohttp.WSMsgType.TEXT:
            pass
        assert message.data == 1008


async def test_leaving_gives_the_place_up(visit, client):
    await client.attend(visit)
    async with client.socket() as socket:
        await told(socket, "state")
        await visit.admit()
        await told(socket, "ice")
        await told(socket, "state")
        await socket.send_json({"t": "leave"})
        while (await told(socket, "state"))["admitted"]:
            pass


async def test_the_end_of_the_gateway_is_told_as_a_restart(visit):
    async with gateways.in_process(visit.url) as (_, address):
        client = Client(address)
        await client.attend(visit)
        socket = await client.socket()
        await told(socket, "state")
    closing = await socket.receive(timeout=10)
    assert closing.data == 1012
    await client.http.close()


async def test_a_page_that_comes_while_the_database_is_away_has_its_place_afterwards(
    visit, client, gateway, monkeypatch
):
    await client.attend(visit)
    write = gateway.desk.database.write

    def away(*_arguments, **_options):
        raise Unavailable("db.away", "away")

    monkeypatch.setattr(gateway.desk.database, "write", away)
    async with client.socket() as socket:
        assert (await told(socket, "clinic"))["away"] is True
        monkeypatch.setattr(gateway.desk.database, "write", write)
        while (await told(socket, "state"))["position"] != 1:
            pass
