"""What the media process tells the program."""

from __future__ import annotations

from dataclasses import dataclass

from tcmdesk.media.vocabulary import (
    DataMode,
    DescriptionType,
    Device,
    DeviceKind,
    DeviceProblem,
    LineQuality,
    LinkState,
    Message,
    Refusal,
    Stream,
)


class Event(Message):
    __slots__ = ()


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
