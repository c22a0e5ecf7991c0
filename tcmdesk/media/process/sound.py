"""Sound in pieces of 20 ms: 48,000 samples a second, 16 bits, as aiortc and Opus use it."""

from __future__ import annotations

import math
from array import array
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, Final

import av

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE: Final = 48_000
PIECE: Final = 960
"""Samples of one channel in 20 ms."""
PIECE_SECONDS: Final = 0.02
MONO_BYTES: Final = PIECE * 2
SILENCE: Final = bytes(MONO_BYTES)
TIME_BASE: Final = Fraction(1, RATE)

_FULL_SCALE: Final = 32768.0
_QUIETEST_DB: Final = -60.0
_SUBSAMPLING: Final = 4


def level(samples: bytes | memoryview) -> float:
    """How loud a piece is: 0 (-60 dBFS or less) to 1 (full scale), linear in decibels, as one hears it."""
    some = array("h", bytes(samples))[::_SUBSAMPLING]
    if not some:
        return 0.0
    power = sum(map(mul, some, some)) / len(some)
    if power < 1.0:
        return 0.0
    decibels = 10 * math.log10(power / (_FULL_SCALE * _FULL_SCALE))
    return min(max(1 - decibels / _QUIETEST_DB, 0.0), 1.0)


def piece_of(samples: bytes, pts: int) -> av.AudioFrame:
    """A mono frame of one piece; `pts` in samples."""
    frame = av.AudioFrame("s16", "mono", PIECE)
    frame.planes[0].update(samples)
    frame.sample_rate = RATE
    frame.time_base = TIME_BASE
    frame.pts = pts
    return frame


def tone(hertz: float = 440.0, amplitude: int = 8000) -> Iterator[bytes]:
    """Pieces of a sine without end. `hertz` must make whole waves in a second."""
    second = array(
        "h", (round(amplitude * math.sin(2 * math.pi * hertz * at / RATE)) for at in range(RATE))
    ).tobytes()
    while True:
        for start in range(0, len(second), MONO_BYTES):
            yield second[start : start + MONO_BYTES]


def fade(samples: bytes, gain: float) -> bytes:
    """The same samples, quieter."""
    return array("h", [int(sample * gain) for sample in array("h", samples)]).tobytes()


def to_stereo(samples: bytes) -> bytes:
    """The same sound on two channels."""
    mono = array("h", samples)
    both = array("h", bytes(len(samples) * 2))
    both[::2] = mono
    both[1::2] = mono
    return both.tobytes()
