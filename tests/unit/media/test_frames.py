import multiprocessing
import os
import struct
import time

import pytest

from tcmdesk.media.frames import FrameMailbox, FrameWriter, SharedFrames

WIDTH, HEIGHT, STRIDE = 160, 90, 704
STAMP = struct.Struct("<q")


@pytest.fixture
def shared():
    frames = SharedFrames.create()
    yield frames
    frames.close()


def picture(value, size=HEIGHT * STRIDE):
    return memoryview(STAMP.pack(value) * (size // STAMP.size))


def test_the_newest_picture_wins(shared):
    writer, mailbox = FrameWriter(shared), FrameMailbox(shared)
    assert mailbox.take() is None
    for value in range(1, 6):
        writer.write(picture(value), WIDTH, HEIGHT, STRIDE)
    frame = mailbox.take()
    assert (frame.number, frame.width, frame.height, frame.stride) == (5, WIDTH, HEIGHT, STRIDE)
    assert STAMP.unpack_from(frame.pixels)[0] == 5
    assert len(frame.pixels) == HEIGHT * STRIDE
    assert 0 <= time.monotonic() - frame.time < 5
    assert mailbox.take() is None


def test_a_held_picture_stays_whole_whatever_is_written(shared):
    writer, mailbox = FrameWriter(shared), FrameMailbox(shared)
    writer.write(picture(1), WIDTH, HEIGHT, STRIDE)
    held = mailbox.take()
    for value in range(2, 50):
        writer.write(picture(value), WIDTH, HEIGHT, STRIDE)
    assert bytes(held.pixels) == bytes(picture(1))
    assert mailbox.take().number == 49


def test_the_reader_says_when_it_wants_to_hear_of_the_next(shared):
    mailbox = FrameMailbox(shared)
    mailbox.expects_next = False
    mailbox.take()
    assert mailbox.expects_next


def test_a_writer_that_begins_anew_goes_on_counting(shared):
    mailbox = FrameMailbox(shared)
    FrameWriter(shared).write(picture(1), WIDTH, HEIGHT, STRIDE)
    assert mailbox.take().number == 1
    FrameWriter(shared).write(picture(2), WIDTH, HEIGHT, STRIDE)
    assert mailbox.take().number == 2


@pytest.mark.parametrize(("width", "height", "stride"), [(0, 0, 0), (1921, 4000, 7684), (640, 480, 640)])
def test_a_picture_that_does_not_fit_is_refused(shared, width, height, stride):
    with pytest.raises(ValueError, match="does not fit"):
        FrameWriter(shared).write(memoryview(bytes(16)), width, height, stride)


def test_memory_that_holds_no_pictures_is_refused():
    if not hasattr(os, "memfd_create"):
        pytest.skip("no memfd")
    from tcmdesk.media.frames import SIZE

    descriptor = os.memfd_create("something-else")
    os.ftruncate(descriptor, SIZE)
    with pytest.raises(ValueError, match="no pictures"):
        SharedFrames.attach(str(descriptor))
    os.close(descriptor)


SOAK_WIDTH, SOAK_HEIGHT = 320, 180
SOAK_SIZE = SOAK_WIDTH * 4 * SOAK_HEIGHT
SHADES = 16


def _write_many(address, count):
    writer = FrameWriter(SharedFrames.attach(address))
    pixels = [picture(shade, SOAK_SIZE) for shade in range(SHADES)]
    for number in range(1, count + 1):
        writer.write(pixels[number % SHADES], SOAK_WIDTH, SOAK_HEIGHT, SOAK_WIDTH * 4)
        if number % 64 == 0:
            # where both share a core, the reader has its turn
            time.sleep(0.001)


@pytest.mark.slow
def test_twenty_thousand_pictures_and_none_is_torn(shared):
    count = 20_000
    expected = [bytes(picture(shade, SOAK_SIZE)) for shade in range(SHADES)]
    writer = multiprocessing.get_context("fork").Process(target=_write_many, args=(shared.address, count))
    writer.start()
    mailbox = FrameMailbox(shared)
    taken = last = 0
    deadline = time.monotonic() + 60
    while last < count and time.monotonic() < deadline:
        frame = mailbox.take()
        if frame is None:
            continue
        assert frame.number > last, "pictures never go back"
        last = frame.number
        taken += 1
        # a torn picture would have two shades in it; looked at twice, because the writer goes on meanwhile
        for _ in range(2):
            assert bytes(frame.pixels) == expected[last % SHADES]
    writer.join(10)
    assert writer.exitcode == 0
    assert last == count
    assert taken > 100
