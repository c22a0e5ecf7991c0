"""What the program and its media process say to each other: every message, its fields and their units.

A message is a frozen dataclass. Commands go to the process, events come back; `wire` puts them on the line as JSON.
Both ends are the same program, so a message that one of them does not know is a fault and is refused, never guessed.
docs/media-protocol.md shows the order in which they are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VERSION: Final = 1
"""Raised with every change of a message; `Ready` carries it and the client refuses another one."""

TEST_PATTERN: Final = "test:pattern"
"""Device id of the synthetic camera and microphone: a moving picture with a frame counter, a tone."""
FILE_PREFIX: Final = "file:"
"""Device ids that begin so name a film or sound file that is played in a loop instead of a device."""
NO_DEVICE: Final = "none:"
"""Device id that means: none, even where there are some."""


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


class Command(Message):
    __slots__ = ()


class Event(Message):
    __slots__ = ()


# ---- commands ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ping(Command):
    """Asks for a Pong with the same number: the process is alive and its loop turns."""

    number: int


@dataclass(frozen=True, slots=True)
class ListDevices(Command):
    """Asks for a DevicesChanged now; later ones come by themselves."""


@dataclass(frozen=True, slots=True)
class OpenPreview(Command):
    """Open camera and microphone before a call: LOCAL frames and LocalLevel follow. "" is the system's default."""

    camera: str = ""
    microphone: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ClosePreview(Command):
    """Close camera and microphone, unless a call needs them."""


@dataclass(frozen=True, slots=True)
class ChooseDevices(Command):
    """Change devices, in a call as well. None leaves one as it is, "" is the system's default."""

    camera: str | None = None
    microphone: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class PlayTestSound(Command):
    """Play a second of a soft tone on the chosen loudspeaker."""


@dataclass(frozen=True, slots=True)
class StartCall(Command):
    """Begin an attempt at a call, or the first one: a fresh peer connection of its own.

    Attempts of one call overlap; the first that connects carries the call, and of several connected ones the highest
    generation. `ice_servers` are all there are: no other server is ever asked.

    Args:
        polite: when both sides offer in the same generation, the polite one takes the other's offer.
        relay_only: use no path but the TURN server's.
    """

    call_id: str
    generation: int
    role: Role
    ice_servers: tuple[IceServer, ...] = ()
    polite: bool = True
    relay_only: bool = False


@dataclass(frozen=True, slots=True)
class RemoteDescription(Command):
    """What the other side offered or answered. An offer to a generation not started yet is kept until it is."""

    call_id: str
    generation: int
    type: DescriptionType
    sdp: str


@dataclass(frozen=True, slots=True)
class RemoteCandidate(Command):
    """An ICE candidate of the other side, `candidate:…` or without that prefix; "" means that there are no more.

    One that comes before the description is kept.
    """

    call_id: str
    generation: int
    candidate: str
    sdp_mid: str | None = None
    sdp_mline_index: int | None = None


@dataclass(frozen=True, slots=True)
class AbandonAttempt(Command):
    """Close one attempt and leave the call's others alone."""

    call_id: str
    generation: int


@dataclass(frozen=True, slots=True)
class HangUp(Command):
    """Close every attempt of a call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Mute(Command):
    """Send silence instead of the microphone."""

    on: bool


@dataclass(frozen=True, slots=True)
class CameraOff(Command):
    """Send black instead of the camera, and close the camera."""

    on: bool


@dataclass(frozen=True, slots=True)
class LowData(Command):
    """Send a small picture, whatever the line could carry."""

    on: bool


@dataclass(frozen=True, slots=True)
class AudioOnly(Command):
    """Send sound alone."""

    on: bool


@dataclass(frozen=True, slots=True)
class Volume(Command):
    """How loud the other side is played: 0 to 1, linear as one hears it."""

    level: float


@dataclass(frozen=True, slots=True)
class ShowSize(Command):
    """How large a stream is shown, in the screen's own pixels: its pictures are made to fit, and never larger than they are.

    Painting one that fits costs an eighth of painting one that has to be made smaller. 0 by 0, as at first, leaves them as
    they are.
    """

    stream: Stream
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shutdown(Command):
    """Close everything and end the process."""


# ---- events --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready(Event):
    """The first event: the process can take calls. `devices` is false where the system has no multimedia at all."""

    protocol: int
    program: str
    pid: int
    devices: bool


@dataclass(frozen=True, slots=True)
class Pong(Event):
    number: int


@dataclass(frozen=True, slots=True)
class DevicesChanged(Event):
    """All devices there are now; sent after Ready, when asked, and whenever one is plugged in or out."""

    cameras: tuple[Device, ...]
    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class DeviceOpened(Event):
    """A device is in use. "" where none is: the rest of the call goes on without it."""

    kind: DeviceKind
    device_id: str


@dataclass(frozen=True, slots=True)
class DeviceLost(Event):
    """The device in use has gone. `fallback` is the one used instead, "" when there is none."""

    kind: DeviceKind
    device_id: str
    fallback: str


@dataclass(frozen=True, slots=True)
class DeviceFailed(Event):
    """A device was asked for and cannot be used."""

    kind: DeviceKind
    device_id: str
    code: DeviceProblem


@dataclass(frozen=True, slots=True)
class LocalLevel(Event):
    """How loud the microphone is, ten times a second while it is open: 0 to 1 (0 is -60 dBFS and below)."""

    level: float


@dataclass(frozen=True, slots=True)
class LocalDescription(Event):
    """What to send to the other side. It holds every candidate: the process never trickles."""

    call_id: str
    generation: int
    type: DescriptionType
    sdp: str


@dataclass(frozen=True, slots=True)
class SignalRefused(Event):
    """A description or candidate that could not be used. The attempt stands as it stood before."""

    call_id: str
    generation: int
    code: Refusal


@dataclass(frozen=True, slots=True)
class IceServerUnreachable(Event):
    """A TURN server was named and gave no relay; the attempt goes on with what there is."""

    call_id: str
    generation: int


@dataclass(frozen=True, slots=True)
class StateChanged(Event):
    """An attempt stands somewhere else. `active` says whether it is the one that carries the call."""

    call_id: str
    generation: int
    state: LinkState
    active: bool


@dataclass(frozen=True, slots=True)
class Stats(Event):
    """The line as measured over the last second, of the attempt that carries the call.

    Args:
        rtt_ms: of the newest check of the path; None before the first.
        loss_in: packets missing on arrival, 0 to 1, before any was sent again.
        loss_out: the same as the other side reports it; None before its first report.
        audio_delivered: of the sound that was sent, 0 to 1, after resending.
        audio_gap_ms: the longest wait between two pieces of sound.
        fps: pictures decoded a second. `sent_fps`: pictures encoded a second.
        width, height: of the decoded picture in pixels; 0 when there is none.
        kbps_in, kbps_out: everything on the line, in 1000 bits a second.
        target_kbps: what the picture may use of it.
        frames, audio_frames: decoded since the attempt connected.
    """

    call_id: str
    generation: int
    rtt_ms: float | None
    loss_in: float
    loss_out: float | None
    audio_delivered: float
    audio_gap_ms: float
    fps: float
    sent_fps: float
    width: int
    height: int
    kbps_in: float
    kbps_out: float
    target_kbps: float
    frames: int
    audio_frames: int


@dataclass(frozen=True, slots=True)
class QualityChanged(Event):
    """How good the line is: a word and 4 to 1 bars; 0 bars while it is lost."""

    call_id: str
    quality: LineQuality
    bars: int


@dataclass(frozen=True, slots=True)
class DataModeChanged(Event):
    """How much is sent from now on, and whether the line decided that."""

    call_id: str
    mode: DataMode
    automatic: bool


@dataclass(frozen=True, slots=True)
class EchoSuspected(Event):
    """The microphone seems to hear the loudspeaker: a headset would help. `similarity` is 0 to 1."""

    call_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class FrameReady(Event):
    """A newer picture lies in shared memory. The client keeps this to itself and calls `on_frame`."""

    stream: Stream
    number: int


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """A fault of the process, by type and place; it goes on working."""

    where: str
    error: str


@dataclass(frozen=True, slots=True)
class Crashed(Event):
    """Made by the client: the process ended unasked (`exit_code`), or was ended because it no longer answered."""

    exit_code: int | None
    hung: bool


@dataclass(frozen=True, slots=True)
class Restarted(Event):
    """Made by the client: a new process is ready, with devices and settings as they were.

    `calls` were under way; each needs a fresh attempt with a higher generation.
    """

    calls: tuple[str, ...]
