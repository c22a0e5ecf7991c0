"""A camera and a microphone that need no hardware: a moving pattern with a counter in it and a tone, or a file in a loop.

They keep time as devices do: one that is late leaves pictures out.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from typing import TYPE_CHECKING, Final

import av

from tcmdesk.media.process import sound

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

WIDTH: Final = 640
HEIGHT: Final = 480
FPS: Final = 30

COUNTER_BITS: Final = 20
_CELL: Final = 16
_BRIGHT: Final = 235
_DARK: Final = 16


async def test_pattern(push: Callable[[av.VideoFrame], None]) -> None:
    """Push a numbered picture thirty times a second until cancelled."""
    pattern = Pattern()
    async for number in paced(1 / FPS):
        push(pattern.picture(number))


async def test_tone(push: Callable[[bytes], None]) -> None:
    """Push a tone fifty pieces a second until cancelled."""
    pieces = sound.tone()
    done = -1
    async for number in paced(sound.PIECE_SECONDS):
        # a microphone loses nothing when its reader is late
        for _ in range(min(number - done, 5)):
            push(next(pieces))
        done = number


async def paced(period: float) -> AsyncIterator[int]:
    """Count periods of the clock, leaving out those that were missed."""
    began = time.monotonic()
    number = 0
    while True:
        yield number
        number = max(number + 1, int((time.monotonic() - began) / period))
        await asyncio.sleep(began + number * period - time.monotonic())


class Pattern:
    """Draws the test picture: a grey ramp, a bright bar that moves, and the picture's number in squares along the top."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._width, self._height = width, height
        ramp = bytes(40 + 160 * x // width for x in range(width))
        self._ground = ramp * height
        self._colour = bytes([110]) * (width * height // 4), bytes([140]) * (width * height // 4)

    def picture(self, number: int) -> av.VideoFrame:
        width, height = self._width, self._height
        luma = bytearray(self._ground)
        left = number * 4 % (width - 40)
        bar = bytes([_BRIGHT]) * 40
        for y in range(height // 2, height // 2 + 80):
            luma[y * width + left : y * width + left + 40] = bar
        row = b"".join(
            bytes([_BRIGHT if number >> bit & 1 else _DARK]) * _CELL for bit in range(COUNTER_BITS)
        )
        for y in range(_CELL):
            luma[y * width : y * width + len(row)] = row
        frame = av.VideoFrame(width, height, "yuv420p")
        for plane, data in zip(frame.planes, (luma, *self._colour), strict=True):
            fill(plane, data, plane.width)
        return frame


def number_in(pixels: memoryview, stride: int, width: int) -> int:
    """The number in a received test picture, of BGRA pixels; for tests. The picture may have been made smaller."""
    scale = width / WIDTH
    middle = int(_CELL / 2 * scale)
    greens = (
        pixels[middle * stride + int((bit + 0.5) * _CELL * scale) * 4 + 1] for bit in range(COUNTER_BITS)
    )
    return sum((green > 127) << bit for bit, green in enumerate(greens))


def fill(plane: av.video.plane.VideoPlane, data: bytes | bytearray, row: int) -> None:
    """Put rows without padding into a plane whose rows may have some."""
    if plane.line_size == row:
        plane.update(data)
        return
    padding = bytes(plane.line_size - row)
    plane.update(b"".join(bytes(data[at : at + row]) + padding for at in range(0, len(data), row)))


class FilePlayer:
    """A film or sound file played in a loop, in a thread of its own because decoding would hold the loop up.

    Args:
        kind: `video` or `audio`.
        push: called on the loop with a picture, or with a piece of sound.

    Raises:
        OSError, av.FFmpegError: by `start`, when there is no such file or nothing of the kind in it.
    """

    def __init__(self, path: str, kind: str, push: Callable[[object], None]) -> None:
        self._path, self._kind, self._push = path, kind, push
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with av.open(self._path) as container:
            if not getattr(container.streams, self._kind):
                raise OSError("nothing of that kind in the file")
        self._thread = threading.Thread(target=self._run, name=f"file-{self._kind}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        for _ in itertools.count():
            with contextlib.suppress(av.FFmpegError), av.open(self._path) as container:
                if self._kind == "video":
                    self._video(container)
                else:
                    self._audio(container)
            # also the pace of a file that cannot be read any more
            if self._stop.wait(0.01):
                return

    def _video(self, container: av.container.InputContainer) -> None:
        began = time.monotonic()
        for frame in container.decode(video=0):
            if self._stop.wait(max(0.0, began + (frame.time or 0.0) - time.monotonic())):
                return
            self._hand_over(frame.reformat(format="yuv420p"))

    def _audio(self, container: av.container.InputContainer) -> None:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=sound.RATE, frame_size=sound.PIECE)
        began = time.monotonic()
        number = 0
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                if self._stop.wait(max(0.0, began + number * sound.PIECE_SECONDS - time.monotonic())):
                    return
                self._hand_over(bytes(piece.planes[0])[: sound.MONO_BYTES])
                number += 1

    def _hand_over(self, what: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop ended first
            self._loop.call_soon_threadsafe(self._push, what)
