import asyncio

import pytest
from aiortc import RTCPeerConnection
from aiortc.sdp import SessionDescription

from tcmdesk.media.process import descriptions
from tcmdesk.media.process.descriptions import UnusableError
from tcmdesk.media.protocol import IceServer, RemoteCandidate

TURN = IceServer(
    ("turn:clinic.example:3478?transport=udp", "turn:clinic.example:3478?transport=tcp"), "u", "p"
)


def offer():
    async def make():
        connection = RTCPeerConnection(descriptions.configuration((), relay_only=False))
        connection.addTransceiver("video")
        descriptions.prefer_vp8(connection)
        await connection.setLocalDescription(await connection.createOffer())
        sdp = connection.localDescription.sdp
        await connection.close()
        return sdp

    return asyncio.run(make())


def test_no_server_is_named_but_the_given_ones():
    assert descriptions.configuration((), relay_only=False).iceServers == []
    (server,) = descriptions.configuration((TURN,), relay_only=True).iceServers
    assert (server.username, server.credential) == ("u", "p")
    assert list(server.urls) == list(TURN.urls)


def test_addresses_without_meaning_are_left_out():
    servers = (IceServer(("http://x", "stun:", "turn:ok.example:3478")), IceServer(("nonsense",)))
    (server,) = descriptions.configuration(servers, relay_only=False).iceServers
    assert server.urls == ["turn:ok.example:3478"]
    assert descriptions.names_turn(servers)
    assert not descriptions.names_turn((IceServer(("stun:ok.example",)),))


def test_vp8_comes_first_and_a_browser_is_told_where_to_begin():
    sdp = descriptions.outgoing(offer())
    video = SessionDescription.parse(sdp).media[0]
    assert video.rtp.codecs[0].mimeType == "video/VP8"
    assert video.rtp.codecs[0].parameters["x-google-start-bitrate"] == "1500"
    assert "video/H264" in [codec.mimeType for codec in video.rtp.codecs]
    assert descriptions.outgoing(sdp) == sdp, "told once"


@pytest.mark.parametrize("sdp", ["", "hello", "v=0", "v=0\r\n", "v=0\r\nm=" + "x" * 70_000])
def test_what_is_no_description_is_refused(sdp):
    with pytest.raises(UnusableError):
        descriptions.incoming(sdp, "offer")


def candidate(text, mid="0", index=0):
    return descriptions.candidate_of(RemoteCandidate("c", 0, text, mid, index))


def test_a_candidate_with_and_without_its_prefix():
    text = "1 1 udp 2130706431 192.0.2.7 50000 typ host"
    for given in (text, f"candidate:{text}"):
        found = candidate(given)
        assert (found.ip, found.port, found.sdpMid, found.sdpMLineIndex) == ("192.0.2.7", 50000, "0", 0)
    assert candidate(text, None, None).sdpMLineIndex == 0


def test_an_empty_candidate_ends_them():
    assert candidate("") is None
    assert candidate("candidate:") is None


@pytest.mark.parametrize(
    "text", ["candidate:", "x", "candidate:1 1 udp", "1 1 udp a 192.0.2.7 50000 typ host"][1:]
)
def test_what_is_no_candidate_is_refused(text):
    with pytest.raises(UnusableError):
        candidate(text)
