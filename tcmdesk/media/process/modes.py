"""What a data mode and a rate mean for the picture: its size, how often, how many bits."""

from __future__ import annotations

from typing import Final

from tcmdesk.media.process.feeds import Shape
from tcmdesk.media.process.rates import HIGHEST
from tcmdesk.media.protocol import DataMode

#: the least rate for a shape in bits a second, most first. 640 x 480 at 30 needs 0.35 Mb/s to be recognisable
_SHAPES: Final = (
    (1_200_000, Shape(1280, 720, 30)),
    (350_000, Shape(640, 480, 30)),
    (180_000, Shape(480, 360, 20)),
    (0, Shape(320, 240, 15)),
)
_LIMITS: Final = {
    DataMode.FULL: HIGHEST,
    DataMode.LOW: 300_000,
    DataMode.AUDIO_ONLY: 60_000,
}
_AT_FIRST: Final = 400_000


def spending_limit(mode: DataMode) -> float:
    """The most that a picture may use, in bits a second."""
    return _LIMITS[mode]


def shape_for(mode: DataMode, rate: float | None) -> Shape:
    """The picture for a rate in bits a second; None before anything is known of the line."""
    if mode is not DataMode.FULL:
        return _SHAPES[-1][1]
    known = _AT_FIRST if rate is None else rate
    return next(shape for least, shape in _SHAPES if known >= least)
