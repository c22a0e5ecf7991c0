from types import SimpleNamespace

from tcmdesk.media.process import sound
from tcmdesk.media.process.playout import Playout

LOUD = (b"\x00\x40" * 2) * sound.PIECE


def frame(number):
    return SimpleNamespace(planes=[LOUD], samples=sound.PIECE, pts=number * sound.PIECE)


def played(numbers):
    pieces = []
    playout = Playout(pieces.append)
    for number in numbers:
        playout.push(frame(number))
    return pieces, playout


def test_sound_without_holes_is_handed_on_as_it_is():
    pieces, playout = played(range(5))
    assert pieces == [LOUD] * 5
    assert playout.pieces == 5
    assert playout.level > 0.8


def test_a_short_hole_fades_out():
    pieces, _ = played([0, 1, 4, 5])
    assert len(pieces) == 6
    levels = [sound.level(piece) for piece in pieces]
    assert levels[1] > levels[2] > levels[3]
    assert levels[4] == levels[1]


def test_a_long_hole_is_left_to_silence():
    pieces, _ = played([0, 1, 100])
    assert len(pieces) == 3


def test_the_longest_wait_is_told_once():
    _, playout = played(range(3))
    playout.longest_wait = 0.5
    assert playout.rest() >= 0.5
    assert playout.rest() < 0.5
