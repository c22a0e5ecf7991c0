"""When a line counts as lost: with two connections on this machine and a wall between them."""

import asyncio
import time

import pytest

from tcmdesk.media.process import consent
from tcmdesk.media.process.consent import WatchedConnection


async def pair():
    one, other = WatchedConnection(ice_controlling=True), WatchedConnection(ice_controlling=False)
    for connection in (one, other):
        await connection.gather_candidates()
    for here, there in ((one, other), (other, one)):
        for candidate in there.local_candidates:
            await here.add_remote_candidate(candidate)
        await here.add_remote_candidate(None)
        here.remote_username, here.remote_password = there.local_username, there.local_password
    await asyncio.gather(one.connect(), other.connect())
    return one, other


@pytest.mark.slow
async def test_a_dropped_line_is_noticed_within_five_seconds_and_survives_its_return(monkeypatch):
    one, other = await pair()
    try:
        await asyncio.sleep(1.5)
        assert one.rtt is not None
        assert one.rtt < 0.5
        assert not one.is_lost
        walls = [protocol for connection in (one, other) for protocol in connection._protocols]
        received = [protocol.datagram_received for protocol in walls]
        for protocol in walls:
            monkeypatch.setattr(protocol, "datagram_received", lambda _data, _address: None)
        began = time.monotonic()
        # silence counts from what was heard last, which was a moment before
        heard = max(one.heard_at, other.heard_at)
        while not (one.is_lost and other.is_lost):
            await asyncio.sleep(0.02)
            assert time.monotonic() - began < 5.0
        assert time.monotonic() - heard > consent.SILENCE
        for protocol, receive in zip(walls, received, strict=True):
            monkeypatch.setattr(protocol, "datagram_received", receive)
        began = time.monotonic()
        while one.is_lost or other.is_lost:
            await asyncio.sleep(0.02)
            assert time.monotonic() - began < 3.0
        await one.send(b"still the same connection")
        assert await other.recv() == b"still the same connection"
    finally:
        await asyncio.gather(one.close(), other.close())


async def test_what_arrives_keeps_a_line_that_does_not_answer():
    connection = WatchedConnection(ice_controlling=True)
    connection.unanswered = 10
    connection.heard_at = time.monotonic() - 10
    assert connection.is_lost
    connection.data_received(b"\x80", 1)
    assert not connection.is_lost
    await connection.close()


@pytest.mark.slow
async def test_consent_that_is_not_given_for_long_ends_the_connection(monkeypatch):
    monkeypatch.setattr(consent, "EXPIRES", 2.0)
    one, other = await pair()
    await other.close()
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(one.recv(), 8.0)
