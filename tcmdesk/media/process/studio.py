"""The own side: which camera, microphone and loudspeaker are used, opened when they are needed and closed when not."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

import av

from tcmdesk.media import protocol
from tcmdesk.media.process import sound, synthetic
from tcmdesk.media.process.feeds import AudioFeed, VideoFeed
from tcmdesk.media.protocol import (
    DeviceFailed,
    DeviceKind,
    DeviceLost,
    DeviceOpened,
    DeviceProblem,
    DevicesChanged,
    LocalLevel,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.media.process.hardware import Hardware
    from tcmdesk.media.process.screen import Screen
    from tcmdesk.media.protocol import Device, Event

LEVEL_PIECES: Final = 5
"""Pieces between two LocalLevel events: ten a second."""
_NOT_REAL: Final = (protocol.TEST_PATTERN, protocol.FILE_PREFIX, protocol.NO_DEVICE)


class Studio:
    """Keeps what is open in step with what is wanted. Everything here runs on the media loop."""

    def __init__(self, hardware: Hardware, screen: Screen, tell: Callable[[Event], None]) -> None:
        self.video, self.audio = VideoFeed(), AudioFeed()
        self.video.on_frame = screen.show
        self.level = 0.0
        """Of the newest piece of the microphone, 0 to 1."""
        self.on_heard: Callable[[], None] | None = None
        self._hardware, self._tell = hardware, tell
        self._devices = DevicesChanged((), (), ())
        self._chosen = dict.fromkeys(DeviceKind, "")
        self._wanted: set[DeviceKind] = set()
        self._open: dict[DeviceKind, str] = {}
        self._synthetic: dict[DeviceKind, Any] = {}
        self._pieces = 0
        hardware.listen(self, asyncio.get_running_loop().call_soon_threadsafe)

    def list(self) -> None:
        self._hardware.list()

    def choose(self, devices: dict[DeviceKind, str]) -> None:
        """Use other devices; what is open changes at once."""
        for kind, device_id in devices.items():
            if device_id != self._chosen[kind]:
                self._chosen[kind] = device_id
                self._close(kind)
        self._follow()

    def want(self, kinds: set[DeviceKind]) -> None:
        """Have exactly these open."""
        self._wanted = kinds
        self._follow()

    def close(self) -> None:
        self.want(set())

    def _follow(self) -> None:
        for kind in DeviceKind:
            if kind in self._wanted and kind not in self._open:
                self._start(kind, self._chosen[kind])
            elif kind not in self._wanted and kind in self._open:
                self._close(kind)

    def _start(self, kind: DeviceKind, device_id: str) -> None:
        self._open[kind] = device_id
        if not device_id.startswith(_NOT_REAL):
            self._hardware.open(kind, device_id)
            return
        problem = None
        if device_id == protocol.TEST_PATTERN:
            self._start_pattern(kind)
        elif device_id.startswith(protocol.FILE_PREFIX):
            problem = self._start_file(kind, device_id.removeprefix(protocol.FILE_PREFIX))
        if problem is None:
            self.on_opened(kind, device_id)
        else:
            self.on_problem(kind, device_id, problem)

    def _start_pattern(self, kind: DeviceKind) -> None:
        loop = asyncio.get_running_loop()
        if kind is DeviceKind.CAMERA:
            self._synthetic[kind] = loop.create_task(synthetic.test_pattern(self.video.push))
        elif kind is DeviceKind.MICROPHONE:
            self._synthetic[kind] = loop.create_task(synthetic.test_tone(self.on_piece))

    def _start_file(self, kind: DeviceKind, path: str) -> DeviceProblem | None:
        if kind is DeviceKind.SPEAKER:
            return None
        media, push = ("video", self.video.push) if kind is DeviceKind.CAMERA else ("audio", self.on_piece)
        player = synthetic.FilePlayer(path, media, push)
        try:
            player.start()
        except (OSError, av.FFmpegError):
            return DeviceProblem.FAILED
        self._synthetic[kind] = player
        return None

    def _close(self, kind: DeviceKind) -> None:
        device_id = self._open.pop(kind, None)
        if device_id is None:
            return
        made = self._synthetic.pop(kind, None)
        if isinstance(made, asyncio.Task):
            made.cancel()
        elif made is not None:
            made.stop()
        elif not device_id.startswith(_NOT_REAL):
            self._hardware.close(kind)
        if kind is DeviceKind.CAMERA:
            self.video.clear()
        elif kind is DeviceKind.MICROPHONE:
            self.level = 0.0

    # ---- what the hardware says ----

    def on_devices(self, devices: DevicesChanged) -> None:
        before, self._devices = self._devices, devices
        self._tell(devices)
        for kind, name in _LISTS.items():
            had = {device.id for device in getattr(before, name)}
            has: tuple[Device, ...] = getattr(devices, name)
            self._devices_changed(kind, had, has)

    def _devices_changed(self, kind: DeviceKind, had: set[str], has: tuple[Device, ...]) -> None:
        used = self._open.get(kind)
        ids = {device.id for device in has}
        if used in had and used not in ids:
            self._close(kind)
            fallback = next((device.id for device in has if device.default), has[0].id if has else "")
            self._tell(DeviceLost(kind, used, fallback))
            if fallback and kind in self._wanted:
                self._start(kind, fallback)
        elif (kind in self._wanted and kind not in self._open and ids) or (
            # the one that was chosen is back
            used is not None and used != self._chosen[kind] and self._chosen[kind] in ids - had
        ):
            self._close(kind)
            self._start(kind, self._chosen[kind] if self._chosen[kind] in ids else "")

    def on_picture(self, frame: av.VideoFrame) -> None:
        if DeviceKind.CAMERA in self._open:
            self.video.push(frame)

    def on_piece(self, piece: bytes) -> None:
        if DeviceKind.MICROPHONE not in self._open:
            return
        self.audio.push(piece)
        self.level = sound.level(piece)
        if self.on_heard is not None:
            self.on_heard()
        self._pieces += 1
        if self._pieces % LEVEL_PIECES == 0:
            self._tell(LocalLevel(round(self.level, 3)))

    def on_opened(self, kind: DeviceKind, device_id: str) -> None:
        if kind in self._open:
            # "" was asked for, and the system's default is what it got
            self._open[kind] = device_id
            self._tell(DeviceOpened(kind, device_id))

    def on_problem(self, kind: DeviceKind, device_id: str, problem: DeviceProblem) -> None:
        with contextlib.suppress(KeyError):
            del self._open[kind]
        if kind is DeviceKind.CAMERA:
            self.video.clear()
        self._tell(DeviceFailed(kind, device_id, problem))


_LISTS: Final = {
    DeviceKind.CAMERA: "cameras",
    DeviceKind.MICROPHONE: "microphones",
    DeviceKind.SPEAKER: "speakers",
}
