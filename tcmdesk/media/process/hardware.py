"""What the process needs of the machine's devices, and what stands in where the system has no multimedia."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tcmdesk.media.protocol import DeviceKind, DeviceProblem, DevicesChanged

if TYPE_CHECKING:
    import av


class Listener(Protocol):
    """Is told about devices; always called on the media loop."""

    def on_devices(self, devices: DevicesChanged) -> None: ...

    def on_picture(self, frame: av.VideoFrame) -> None: ...

    def on_piece(self, piece: bytes) -> None: ...

    def on_opened(self, kind: DeviceKind, device_id: str) -> None: ...

    def on_problem(self, kind: DeviceKind, device_id: str, problem: DeviceProblem) -> None: ...


class Hardware(Protocol):
    """Cameras, microphones and loudspeakers. Every method returns at once and may be called on any thread."""

    def listen(self, listener: Listener, post: Any) -> None:
        """Name the listener; `post` hands a call to its loop (``call_soon_threadsafe``)."""

    def list(self) -> None: ...

    def open(self, kind: DeviceKind, device_id: str) -> None: ...

    def close(self, kind: DeviceKind) -> None: ...

    def play(self, piece: bytes) -> None:
        """Sound for the loudspeaker: stereo, 48 kHz, 16 bits."""

    def volume(self, level: float) -> None: ...


class NoHardware:
    """A system without multimedia: every list is empty, every device is missing."""

    def listen(self, listener: Listener, post: Any) -> None:
        del post  # everything is answered at once
        self._listener = listener

    def list(self) -> None:
        self._listener.on_devices(DevicesChanged((), (), ()))

    def open(self, kind: DeviceKind, device_id: str) -> None:
        self._listener.on_problem(kind, device_id, DeviceProblem.NONE_FOUND)

    def close(self, kind: DeviceKind) -> None:
        pass

    def play(self, piece: bytes) -> None:
        pass

    def volume(self, level: float) -> None:
        pass
