"""Pictures on their way to the program: converted once, put into shared memory, announced."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tcmdesk.media import frames
from tcmdesk.media.protocol import FrameReady, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    import av

    from tcmdesk.media.frames import SharedFrames
    from tcmdesk.media.protocol import Event


class Screen:
    """One stream.

    Args:
        most_a_second: pictures beyond are left out; None shows all.
    """

    def __init__(
        self,
        stream: Stream,
        shared: SharedFrames,
        tell: Callable[[Event], None],
        most_a_second: float | None = None,
    ) -> None:
        self._stream = stream
        self._writer = frames.FrameWriter(shared)
        self._tell = tell
        self._interval = 0.0 if most_a_second is None else 0.9 / most_a_second
        self._shown_at = 0.0
        self._room = frames.LARGEST_WIDTH, frames.LARGEST_HEIGHT

    def resize(self, width: int, height: int) -> None:
        """Make pictures fit into so many pixels; 0 by 0 leaves them as they are."""
        largest = frames.LARGEST_WIDTH, frames.LARGEST_HEIGHT
        self._room = (min(width, largest[0]), min(height, largest[1])) if width and height else largest

    def show(self, frame: av.VideoFrame) -> None:
        """Convert to BGRA, smaller where it does not fit, and make it the newest picture."""
        now = time.monotonic()
        if now - self._shown_at < self._interval:
            return
        self._shown_at = now
        scale = min(1.0, self._room[0] / frame.width, self._room[1] / frame.height)
        converted = frame.reformat(
            width=max(1, round(frame.width * scale)),
            height=max(1, round(frame.height * scale)),
            format="bgra",
            interpolation="BILINEAR",
        )
        plane = converted.planes[0]
        number = self._writer.write(memoryview(plane), converted.width, converted.height, plane.line_size)
        self._tell(FrameReady(self._stream, number))
