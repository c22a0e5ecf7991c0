"""What a browser may say."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.gateway import messages
from tcmdesk.gateway.messages import MessageError, read

SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n"


def signal(kind, **payload):
    return json.dumps({"t": "signal", "kind": kind, "payload": payload})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"t":"ping","n":4}', messages.Ping(4)),
        ('{"t":"media","connected":true}', messages.MediaState(True)),
        ('{"t":"media","connected":"yes"}', messages.MediaState(False)),
        ('{"t":"event","name":"mic_off"}', messages.CallEvent("mic_off")),
        ('{"t":"leave"}', messages.Leave()),
        (signal("offer", sdp=SDP, generation=3), messages.Signal("offer", {"sdp": SDP, "generation": 3})),
        (signal("answer", sdp=SDP), messages.Signal("answer", {"sdp": SDP, "generation": 0})),
        (signal("join", generation=2), messages.Signal("join", {"generation": 2})),
        (
            signal("ice_candidate", candidate="candidate:1 1 udp 1 192.0.2.1 9 typ host", sdp_mid="0",
                   sdp_mline_index=0, generation=1),
            messages.Signal("ice_candidate", {
                "candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host", "sdp_mid": "0", "sdp_mline_index": 0,
                "generation": 1,
            }),
        ),
        (
            signal("ice_candidate", candidate=""),
            messages.Signal("ice_candidate", {
                "candidate": "", "sdp_mid": None, "sdp_mline_index": None, "generation": 0,
            }),
        ),
    ],
)  # fmt: skip
def test_what_a_page_says_is_understood(text, message):
    assert read(text) == message


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "7", "{", '{"t":"unheard"}', '{"n":1}', '{"t":"ping","n":-1}', '{"t":"ping","n":true}',
        '{"t":"event","name":"recording_start"}', '{"t":"event"}', '{"t":"signal","kind":"offer"}',
        signal("offer"), signal("offer", sdp="rubbish"), signal("offer", sdp=7), signal("offer", sdp="v=0\0"),
        signal("offer", sdp=SDP, generation=-1), signal("offer", sdp=SDP, generation=2**40),
        signal("offer", sdp=SDP, generation="1"), signal("error", code="x", message="y"), signal("unheard"),
        signal("ice_candidate"), signal("ice_candidate", candidate="rubbish"),
        signal("ice_candidate", candidate="candidate:" + "x" * 4000),
        signal("ice_candidate", candidate="", sdp_mid=5), signal("ice_candidate", candidate="", sdp_mid="m" * 99),
        signal("ice_candidate", candidate="", sdp_mline_index="0"),
    ],
)  # fmt: skip
def test_what_no_page_says_is_refused(text):
    with pytest.raises(MessageError):
        read(text)


def test_a_refusal_does_not_quote():
    with pytest.raises(MessageError) as caught:
        read(signal("offer", sdp="沈若兰"))
    assert "沈若兰" not in str(caught.value)


def test_what_is_not_known_is_not_handed_on():
    handed = read(signal("offer", sdp=SDP, note="沈若兰"))
    assert handed == messages.Signal("offer", {"sdp": SDP, "generation": 0})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["t", "kind", "payload", "sdp", "candidate", "generation", "signal", "n"]),
                inner,
            )
        ),
    )
)
def test_nothing_makes_it_stumble(content):
    with contextlib.suppress(MessageError):
        read(json.dumps(content))
