"""What a browser may say over its WebSocket, checked before anything believes it.

Every message is one JSON object with a type ``t``. What does not fit is refused by `MessageError`, which says why in a
word for the log and never quotes the message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

LARGEST_MESSAGE: Final = 64 * 1024
"""Bytes; a browser's offer of audio and video has 6 to 10 KiB."""
LARGEST_CANDIDATE: Final = 2048
LARGEST_GENERATION: Final = 2**31 - 1

SignalKind = Literal["offer", "answer", "ice_candidate", "join", "leave", "error"]
EventName = Literal[
    "camera_on", "camera_off", "mic_on", "mic_off", "network_poor", "network_recovered", "reconnected"
]
_EVENTS: Final = frozenset(EventName.__args__)  # type: ignore[attr-defined]


class MessageError(ValueError):
    """A message that no page of ours sends; its text is a word for the log."""


@dataclass(frozen=True, slots=True)
class Ping:
    """The page asks whether the line is alive."""

    number: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal for the doctor."""

    kind: SignalKind
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MediaState:
    """Whether pictures flow: decides how often the gateway looks for signals."""

    connected: bool


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something the clinic keeps about the call."""

    name: EventName


@dataclass(frozen=True, slots=True)
class Leave:
    """The person hung up or left the waiting room."""


Message = Ping | Signal | MediaState | CallEvent | Leave


def read(text: str) -> Message:
    """One message of a browser.

    Raises:
        MessageError: it is none.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise MessageError("no JSON") from error
    if not isinstance(raw, dict):
        raise MessageError("no object")
    match raw.get("t"):
        case "ping":
            return Ping(_number(raw.get("n", 0)))
        case "signal":
            return _signal(raw)
        case "media":
            return MediaState(raw.get("connected") is True)
        case "event":
            if raw.get("name") not in _EVENTS:
                raise MessageError("unknown event")
            return CallEvent(cast("EventName", raw["name"]))
        case "leave":
            return Leave()
    raise MessageError("unknown type")


def _signal(raw: dict[str, Any]) -> Signal:
    payload = raw.get("payload")
    if not isinstance(payload, dict):
        raise MessageError("no payload")
    generation = {"generation": _number(payload.get("generation", 0))}
    match raw.get("kind"):
        case "offer" | "answer" as kind:
            return Signal(kind, {"sdp": _sdp(payload.get("sdp"))} | generation)
        case "ice_candidate":
            return Signal("ice_candidate", _candidate(payload) | generation)
        case "join" | "leave" as kind:
            return Signal(kind, generation)
    raise MessageError("unknown signal")


def _sdp(value: object) -> str:
    if not isinstance(value, str) or not value.startswith("v=0") or "\0" in value:
        raise MessageError("no session description")
    return value


def _candidate(payload: dict[str, Any]) -> dict[str, Any]:
    candidate = payload.get("candidate")
    # an empty candidate says that there are no more
    if not isinstance(candidate, str) or len(candidate) > LARGEST_CANDIDATE:
        raise MessageError("no candidate")
    if candidate and not candidate.startswith("candidate:"):
        raise MessageError("no candidate")
    mid, index = payload.get("sdp_mid"), payload.get("sdp_mline_index")
    if not (mid is None or (isinstance(mid, str) and len(mid) <= 32)):
        raise MessageError("no media name")
    return {
        "candidate": candidate,
        "sdp_mid": mid,
        "sdp_mline_index": None if index is None else _number(index),
    }


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_GENERATION:
        raise MessageError("no number")
    return value
