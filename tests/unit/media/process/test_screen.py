import pytest

from tcmdesk.media.frames import FrameMailbox, SharedFrames
from tcmdesk.media.process.screen import Screen
from tcmdesk.media.process.synthetic import Pattern, number_in
from tcmdesk.media.protocol import FrameReady, Stream


@pytest.fixture
def shared():
    frames = SharedFrames.create()
    yield frames
    frames.close()


def test_a_picture_is_announced_and_lies_there(shared):
    told = []
    Screen(Stream.REMOTE, shared, told.append).show(Pattern().picture(77))
    assert told == [FrameReady(Stream.REMOTE, 1)]
    frame = FrameMailbox(shared).take()
    assert (frame.width, frame.height) == (640, 480)
    assert number_in(frame.pixels, frame.stride, frame.width) == 77


@pytest.mark.parametrize(
    ("room", "size"),
    [
        ((320, 240), (320, 240)),
        ((352, 264), (352, 264)),
        ((500, 100), (133, 100)),
        ((4000, 3000), (640, 480)),
        ((0, 0), (640, 480)),
        ((1, 1), (1, 1)),
    ],
)
def test_it_is_made_to_fit_and_never_larger(shared, room, size):
    screen = Screen(Stream.REMOTE, shared, lambda _event: None)
    screen.resize(*room)
    screen.show(Pattern().picture(5))
    frame = FrameMailbox(shared).take()
    assert (frame.width, frame.height) == size


def test_a_picture_larger_than_the_memory_is_made_smaller(shared):
    screen = Screen(Stream.REMOTE, shared, lambda _event: None)
    screen.show(Pattern(3840, 2160).picture(1))
    frame = FrameMailbox(shared).take()
    assert (frame.width, frame.height) == (1920, 1080)


def test_no_more_a_second_than_asked_for(shared):
    told = []
    screen = Screen(Stream.LOCAL, shared, told.append, most_a_second=1)
    for number in range(10):
        screen.show(Pattern().picture(number))
    assert len(told) == 1
