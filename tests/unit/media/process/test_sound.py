import itertools
import math
from array import array

import pytest

from tcmdesk.media.process import sound


def sine(amplitude):
    return array("h", (round(amplitude * math.sin(at / 10)) for at in range(sound.PIECE))).tobytes()


@pytest.mark.parametrize(
    ("amplitude", "level"), [(0, 0.0), (40, 0.0), (32767, 0.95), (3277, 0.617), (328, 0.283)]
)
def test_loudness_is_linear_in_decibels(amplitude, level):
    assert sound.level(sine(amplitude)) == pytest.approx(level, abs=0.02)


def test_nothing_is_silent():
    assert sound.level(b"") == 0.0


def test_a_tone_goes_on_without_a_click():
    pieces = list(itertools.islice(sound.tone(), 101))
    assert {len(piece) for piece in pieces} == {sound.MONO_BYTES}
    samples = array("h", b"".join(pieces))
    steps = [abs(after - before) for before, after in itertools.pairwise(samples)]
    assert max(steps) < 8000 * 2 * math.pi * 440 / sound.RATE * 1.05


def test_a_fade_is_quieter():
    assert max(array("h", sound.fade(sine(1000), 0.5))) == pytest.approx(500, abs=1)


def test_stereo_has_the_same_on_both_sides():
    both = array("h", sound.to_stereo(array("h", [1, -2, 3]).tobytes()))
    assert list(both) == [1, 1, -2, -2, 3, 3]


def test_a_piece_is_twenty_milliseconds():
    frame = sound.piece_of(sine(100), 960)
    assert (frame.samples, frame.sample_rate, frame.pts) == (960, 48_000, 960)
    assert frame.time == pytest.approx(0.02)
