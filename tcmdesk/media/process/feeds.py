"""What camera and microphone give, to as many connections as there are at the moment, and as tracks for aiortc.

Nothing here queues: a connection that is slow gets the newest picture, and sound that nobody took within a fifth of a second
is gone.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

from tcmdesk.media.process import sound

if TYPE_CHECKING:
    from collections.abc import Callable

CLOCK: Final = 90_000
_TIME_BASE: Final = Fraction(1, CLOCK)
_BLACK_SECONDS: Final = 1.0
_LONGEST_QUEUE: Final = 10
_STARVED_SECONDS: Final = 0.06


@dataclass(frozen=True, slots=True)
class Shape:
    """The largest picture that is sent, and how often. Width and height in pixels; the picture's proportions stay."""

    width: int
    height: int
    fps: int

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """The size for a picture: inside the shape, even numbers, never enlarged."""
        scale = min(1.0, self.width / width, self.height / height)
        return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)


class VideoFeed:
    """The newest picture of the camera, for whoever waits for one."""

    def __init__(self) -> None:
        self.frame: av.VideoFrame | None = None
        self.number = 0
        self.on_frame: Callable[[av.VideoFrame], None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    def push(self, frame: av.VideoFrame) -> None:
        """A new picture, planar YUV 4:2:0."""
        self.frame = frame
        self.number += 1
        self._wake()
        if self.on_frame is not None:
            self.on_frame(frame)

    def clear(self) -> None:
        """The camera is off."""
        self.frame = None
        self._wake()

    async def changed(self, seconds: float) -> None:
        """Return at the next picture, or after so many seconds."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait((future,), timeout=seconds)
        finally:
            self._waiting.discard(future)

    def _wake(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)


class AudioFeed:
    """Pieces of the microphone's sound, each to every listener."""

    def __init__(self) -> None:
        self._listeners: set[OutgoingAudio] = set()

    def push(self, piece: bytes) -> None:
        """20 ms, mono, 16 bits."""
        for listener in self._listeners:
            listener.take(piece)

    def add(self, listener: OutgoingAudio) -> None:
        self._listeners.add(listener)

    def remove(self, listener: OutgoingAudio) -> None:
        self._listeners.discard(listener)


class OutgoingVideo(MediaStreamTrack):
    """The camera as one connection sends it: in its shape, or black once a second while there is no picture."""

    kind = "video"

    def __init__(self, feed: VideoFeed, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.dark = False
        """Send black instead of the camera."""
        self.sent = 0
        """Pictures of the camera given to the encoder."""
        self._feed = feed
        self._seen = 0
        self._began = time.monotonic()
        self._last = 0.0
        self._last_pts = -1

    async def recv(self) -> av.VideoFrame:
        """The next picture; raises MediaStreamError when the track has ended."""
        while self.readyState == "live":
            now = time.monotonic()
            camera = None if self.dark else self._feed.frame
            if camera is None:
                if now - self._last >= _BLACK_SECONDS:
                    return self._stamp(_black(), now)
                await self._feed.changed(self._last + _BLACK_SECONDS - now)
            elif self._feed.number == self._seen or now - self._last < 0.75 / self.shape.fps:
                self._seen = self._feed.number
                await self._feed.changed(_BLACK_SECONDS)
            else:
                self._seen = self._feed.number
                self.sent += 1
                return self._stamp(self._shaped(camera), now)
        raise MediaStreamError

    def _shaped(self, frame: av.VideoFrame) -> av.VideoFrame:
        width, height = self.shape.fit(frame.width, frame.height)
        if (width, height) == (frame.width, frame.height):
            return frame
        return frame.reformat(width=width, height=height, interpolation="FAST_BILINEAR")

    def _stamp(self, frame: av.VideoFrame, now: float) -> av.VideoFrame:
        self._last = now
        self._last_pts = max(int((now - self._began) * CLOCK), self._last_pts + 1)
        frame.pts = self._last_pts
        frame.time_base = _TIME_BASE
        return frame


class OutgoingAudio(MediaStreamTrack):
    """The microphone as one connection sends it, or silence while it is muted or missing."""

    kind = "audio"

    def __init__(self, feed: AudioFeed) -> None:
        super().__init__()
        self.muted = False
        self.sent = 0
        """Pieces given to the encoder."""
        self._feed = feed
        self._pieces: deque[bytes] = deque(maxlen=_LONGEST_QUEUE)
        self._arrived = asyncio.Event()
        self._due = time.monotonic()
        feed.add(self)

    def take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._arrived.set()

    async def recv(self) -> av.AudioFrame:
        """The next 20 ms; raises MediaStreamError when the track has ended."""
        if self.readyState != "live":
            raise MediaStreamError
        piece = await self._next()
        pts = self.sent * sound.PIECE
        self.sent += 1
        return sound.piece_of(sound.SILENCE if self.muted else piece, pts)

    async def _next(self) -> bytes:
        if not self._pieces:
            self._arrived.clear()
            # a microphone may be late by two pieces; one that is missing leaves silence of the same length
            late = self._due + _STARVED_SECONDS - time.monotonic()
            try:
                await asyncio.wait_for(self._arrived.wait(), max(late, 0.0))
            except TimeoutError:
                self._due += sound.PIECE_SECONDS
                return sound.SILENCE
        self._due = time.monotonic() + sound.PIECE_SECONDS
        return self._pieces.popleft()

    def stop(self) -> None:
        self._feed.remove(self)
        super().stop()


def _black() -> av.VideoFrame:
    frame = av.VideoFrame(160, 120, "yuv420p")
    for plane, value in zip(frame.planes, (16, 128, 128), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    return frame
