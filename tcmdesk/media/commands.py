"""What the program asks of its media process."""

from __future__ import annotations

from dataclasses import dataclass

from tcmdesk.media.vocabulary import (
    DescriptionType,
    IceServer,
    Message,
    Role,
    Stream,
)


class Command(Message):
    __slots__ = ()


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
