import asyncio
import itertools
import time

import pytest
from aiortc.mediastreams import MediaStreamError

from tcmdesk.media.process import sound
from tcmdesk.media.process.feeds import AudioFeed, OutgoingAudio, OutgoingVideo, Shape, VideoFeed
from tcmdesk.media.process.synthetic import Pattern, number_in


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((640, 480), (640, 480)),
        ((1280, 720), (640, 360)),
        ((1920, 1080), (640, 360)),
        ((320, 240), (320, 240)),
        ((480, 640), (360, 480)),
        ((641, 481), (638, 480)),
    ],
)
def test_a_picture_keeps_its_proportions_and_even_sides(size, fitted):
    assert Shape(640, 480, 30).fit(*size) == fitted


async def test_a_track_sends_the_newest_picture_no_faster_than_its_shape():
    feed = VideoFeed()
    track = OutgoingVideo(feed, Shape(320, 240, 10))
    pattern = Pattern()

    async def camera():
        for number in range(1000):
            feed.push(pattern.picture(number))
            await asyncio.sleep(0.01)

    filming = asyncio.create_task(camera())
    await asyncio.sleep(0.05)
    began = time.monotonic()
    frames = [await track.recv() for _ in range(6)]
    took = time.monotonic() - began
    filming.cancel()
    assert 5 * 0.07 <= took <= 2.0
    assert {(frame.width, frame.height) for frame in frames} == {(320, 240)}
    assert all(before.pts < after.pts for before, after in itertools.pairwise(frames))
    assert (frames[-1].pts - frames[0].pts) / 90_000 == pytest.approx(took, abs=0.15)


async def test_a_camera_that_is_off_is_black_once_a_second():
    feed = VideoFeed()
    track = OutgoingVideo(feed, Shape(640, 480, 30))
    began = time.monotonic()
    first = await track.recv()
    second = await track.recv()
    assert 0.9 <= time.monotonic() - began <= 2.0
    for frame in (first, second):
        assert (frame.width, frame.height) == (160, 120)
        assert set(bytes(frame.planes[0])) == {16}
    assert track.sent == 0


async def test_dark_hides_the_camera_at_once():
    feed = VideoFeed()
    track = OutgoingVideo(feed, Shape(640, 480, 30))
    feed.push(Pattern().picture(1))
    assert (await track.recv()).width == 640
    track.dark = True
    feed.push(Pattern().picture(2))
    assert (await track.recv()).width == 160


async def test_a_track_that_has_stopped_ends():
    video, audio = OutgoingVideo(VideoFeed(), Shape(640, 480, 30)), OutgoingAudio(AudioFeed())
    for track in (video, audio):
        track.stop()
        with pytest.raises(MediaStreamError):
            await track.recv()


async def test_sound_goes_through_and_silence_fills_what_is_missing():
    feed = AudioFeed()
    track = OutgoingAudio(feed)
    loud = b"\x00\x40" * sound.PIECE
    feed.push(loud)
    assert bytes((await track.recv()).planes[0]) == loud
    began = time.monotonic()
    silent = [await track.recv() for _ in range(10)]
    assert all(bytes(frame.planes[0]) == sound.SILENCE for frame in silent)
    assert 0.15 <= time.monotonic() - began <= 1.0
    assert [frame.pts for frame in silent] == [(1 + at) * sound.PIECE for at in range(10)]


async def test_a_muted_microphone_sends_silence_at_its_own_pace():
    feed = AudioFeed()
    track = OutgoingAudio(feed)
    track.muted = True
    feed.push(b"\x00\x40" * sound.PIECE)
    assert bytes((await track.recv()).planes[0]) == sound.SILENCE


async def test_sound_that_nobody_takes_is_dropped():
    feed = AudioFeed()
    track = OutgoingAudio(feed)
    for number in range(100):
        feed.push(bytes([number]) * sound.MONO_BYTES)
    assert bytes((await track.recv()).planes[0])[0] == 90


@pytest.mark.parametrize("number", [0, 1, 12345, 2**20 - 1])
def test_a_picture_carries_its_number(number):
    for width, height in ((640, 480), (320, 240)):
        frame = Pattern().picture(number).reformat(width=width, height=height, format="bgra")
        plane = frame.planes[0]
        assert number_in(memoryview(plane), plane.line_size, width) == number
