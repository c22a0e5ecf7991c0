import json
import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.media import protocol, wire


def samples():
    """One of every message, of values that the types allow."""
    return st.one_of(*(st.builds(kind) for kind in wire.messages().values())).filter(is_finite)


def is_finite(message):
    values = (getattr(message, field.name) for field in fields(message))
    return all(math.isfinite(value) for value in values if isinstance(value, float))


@given(samples())
def test_what_is_sent_is_what_arrives(message):
    line = wire.encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert wire.decode(line) == message


@given(st.lists(samples(), max_size=5), st.integers(1, 50))
def test_pieces_of_any_size_make_the_same_messages(messages, size):
    data = b"".join(map(wire.encode, messages))
    buffer = wire.LineBuffer()
    found = [
        message for start in range(0, len(data), size) for message in buffer.feed(data[start : start + size])
    ]
    assert found == messages


def test_names_on_the_line():
    assert wire.name_of(protocol.StartCall) == "start_call"
    assert wire.messages()["local_description"] is protocol.LocalDescription
    assert len(wire.messages()) > 30


def test_no_field_hides_the_message_name():
    assert [
        kind for kind in wire.messages().values() if "message" in {field.name for field in fields(kind)}
    ] == []


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        "{}",
        {"message": 5},
        {"message": "fly"},
        {"message": "mute"},
        {"message": "mute", "on": 1},
        {"message": "mute", "on": True, "extra": 1},
        {"message": "ping", "number": True},
        {"message": "volume", "level": "loud"},
        '{"message": "volume", "level": NaN}',
        {"message": "start_call", "call_id": "c", "generation": 0, "role": "king"},
        {"message": "start_call", "call_id": "c", "generation": 0, "role": "offer", "ice_servers": {}},
        {"message": "start_call", "call_id": "c", "generation": 0, "role": "offer", "ice_servers": [1]},
        {"message": "remote_candidate", "call_id": "c", "generation": 0, "candidate": None},
    ],
)
def test_what_is_no_message_is_refused(body):
    line = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(wire.ProtocolError):
        wire.decode(line.encode())


def test_a_refusal_does_not_repeat_what_was_said():
    with pytest.raises(wire.ProtocolError) as refused:
        wire.decode(b'{"message":"mute","on":"zhang san"}')
    assert "zhang" not in str(refused.value)


def test_a_whole_number_is_a_fraction_too():
    assert wire.decode(b'{"message":"volume","level":1}') == protocol.Volume(1.0)


def test_a_message_without_end_is_refused():
    buffer = wire.LineBuffer()
    with pytest.raises(wire.ProtocolError):
        list(buffer.feed(b"x" * (wire.LARGEST + 1)))
