"""What the other side says, on its way to the loudspeaker: holes bridged, loudness known."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tcmdesk.media.process import sound

if TYPE_CHECKING:
    from collections.abc import Callable

    import av

_BRIDGED: Final = 5
"""Pieces; a longer hole is silence anyway."""
_FADES: Final = (0.7, 0.4, 0.2, 0.0, 0.0)


class Playout:
    """Takes decoded sound in order and hands stereo pieces on. `play` gets 48 kHz, 16 bits, two channels."""

    def __init__(self, play: Callable[[bytes], None]) -> None:
        self._play = play
        self._expected: int | None = None
        self._last = b""
        self.pieces = 0
        """Pieces received, ever."""
        self.longest_wait = 0.0
        """Seconds between two pieces, the longest since `rest` was called last."""
        self.level = 0.0
        """0 to 1, of the newest piece."""
        self._arrived_at: float | None = None

    def push(self, frame: av.AudioFrame) -> None:
        """A decoded frame of 16-bit stereo."""
        now = time.monotonic()
        if self._arrived_at is not None:
            self.longest_wait = max(self.longest_wait, now - self._arrived_at)
        self._arrived_at = now
        self.pieces += 1
        data = bytes(frame.planes[0])[: frame.samples * 4]
        self._bridge(frame.pts)
        self._expected = frame.pts + frame.samples
        self._last = data
        self.level = sound.level(data)
        self._play(data)

    def rest(self) -> float:
        """The longest wait in seconds since this was asked last; one that still lasts counts."""
        now = time.monotonic()
        still = 0.0 if self._arrived_at is None else now - self._arrived_at
        longest, self.longest_wait = max(self.longest_wait, still), 0.0
        return longest

    def _bridge(self, pts: int) -> None:
        if self._expected is None or not self._last:
            return
        missing = (pts - self._expected) // sound.PIECE
        if 0 < missing <= _BRIDGED:
            for gain in _FADES[:missing]:
                self._play(sound.fade(self._last, gain))
