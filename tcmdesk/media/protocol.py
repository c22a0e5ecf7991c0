"""What the program and its media process say to each other: every message, its fields and their units.

A message is a frozen dataclass. Commands go to the process, events come back; `wire` puts them on the line as JSON.
Both ends are the same program, so a message that one of them does not know is a fault and is refused, never guessed.
docs/media-protocol.md shows the order in which they are used.
"""

from __future__ import annotations

from typing import Final

from tcmdesk.media.commands import (
    AbandonAttempt,
    AudioOnly,
    CameraOff,
    ChooseDevices,
    ClosePreview,
    Command,
    HangUp,
    ListDevices,
    LowData,
    Mute,
    OpenPreview,
    Ping,
    PlayTestSound,
    RemoteCandidate,
    RemoteDescription,
    ShowSize,
    Shutdown,
    StartCall,
    Volume,
)
from tcmdesk.media.events import (
    Crashed,
    DataModeChanged,
    DeviceFailed,
    DeviceLost,
    DeviceOpened,
    DevicesChanged,
    EchoSuspected,
    Event,
    Failed,
    FrameReady,
    IceServerUnreachable,
    LocalDescription,
    LocalLevel,
    Pong,
    QualityChanged,
    Ready,
    Restarted,
    SignalRefused,
    StateChanged,
    Stats,
)
from tcmdesk.media.vocabulary import (
    DataMode,
    DescriptionType,
    Device,
    DeviceKind,
    DeviceProblem,
    IceServer,
    LineQuality,
    LinkState,
    Message,
    Refusal,
    Role,
    Stream,
)

__all__ = [
    "FILE_PREFIX",
    "NO_DEVICE",
    "TEST_PATTERN",
    "VERSION",
    "AbandonAttempt",
    "AudioOnly",
    "CameraOff",
    "ChooseDevices",
    "ClosePreview",
    "Command",
    "Crashed",
    "DataMode",
    "DataModeChanged",
    "DescriptionType",
    "Device",
    "DeviceFailed",
    "DeviceKind",
    "DeviceLost",
    "DeviceOpened",
    "DeviceProblem",
    "DevicesChanged",
    "EchoSuspected",
    "Event",
    "Failed",
    "FrameReady",
    "HangUp",
    "IceServer",
    "IceServerUnreachable",
    "LineQuality",
    "LinkState",
    "ListDevices",
    "LocalDescription",
    "LocalLevel",
    "LowData",
    "Message",
    "Mute",
    "OpenPreview",
    "Ping",
    "PlayTestSound",
    "Pong",
    "QualityChanged",
    "Ready",
    "Refusal",
    "RemoteCandidate",
    "RemoteDescription",
    "Restarted",
    "Role",
    "ShowSize",
    "Shutdown",
    "SignalRefused",
    "StartCall",
    "StateChanged",
    "Stats",
    "Stream",
    "Volume",
]

VERSION: Final = 1
"""Raised with every change of a message; `Ready` carries it and the client refuses another one."""

TEST_PATTERN: Final = "test:pattern"
"""Device id of the synthetic camera and microphone: a moving picture with a frame counter, a tone."""
FILE_PREFIX: Final = "file:"
"""Device ids that begin so name a film or sound file that is played in a loop instead of a device."""
NO_DEVICE: Final = "none:"
"""Device id that means: none, even where there are some."""
