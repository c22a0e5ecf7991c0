"""The words of the media process's protocol: what roles, devices, states and modes there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who makes the offer of an attempt. EITHER waits for the other side's and offers itself after two seconds."""

    OFFER = "offer"
    ANSWER = "answer"
    EITHER = "either"


class DescriptionType(StrEnum):
    """Kinds of session description (RFC 9429) that are exchanged."""

    OFFER = "offer"
    ANSWER = "answer"


class DeviceKind(StrEnum):
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"


class DeviceProblem(StrEnum):
    """Why a device cannot be used."""

    NONE_FOUND = "none_found"
    BUSY = "busy"
    REFUSED = "refused"
    FAILED = "failed"


class LinkState(StrEnum):
    """Where an attempt stands.

    CONNECTING until media can flow; CONNECTED; LOST when nothing has arrived for about four seconds (it may come back
    by itself); FAILED when it never connected; CLOSED when it is over: hung up, given up, or replaced by a later one.
    """

    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "lost"
    FAILED = "failed"
    CLOSED = "closed"


class LineQuality(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class DataMode(StrEnum):
    """How much is sent: everything the line carries, a small picture, sound alone."""

    FULL = "full"
    LOW = "low"
    AUDIO_ONLY = "audio_only"


class Stream(StrEnum):
    """Pictures that come back through shared memory. REMOTE is who one talks to, LOCAL the own camera."""

    REMOTE = "remote"
    LOCAL = "local"


class Refusal(StrEnum):
    """Why a signal was not used."""

    MALFORMED = "malformed"
    NO_COMMON_CODEC = "no_common_codec"
    UNKNOWN_CALL = "unknown_call"
    OUT_OF_TURN = "out_of_turn"


@dataclass(frozen=True, slots=True)
class IceServer:
    """One STUN or TURN server. `urls` as in RFC 7064 and RFC 7065; the credentials are those of TURN."""

    urls: tuple[str, ...]
    username: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A camera, microphone or loudspeaker as the system names it."""

    id: str
    name: str
    default: bool = False


class Message:
    """What a command or an event derives from."""

    __slots__ = ()
