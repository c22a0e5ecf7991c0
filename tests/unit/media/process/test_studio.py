"""Which device is open when: chosen, wanted, pulled out, plugged in again."""

import av
import pytest

from tcmdesk.media import protocol
from tcmdesk.media.process import sound
from tcmdesk.media.process.feeds import OutgoingAudio
from tcmdesk.media.process.hardware import NoHardware
from tcmdesk.media.process.studio import Studio
from tcmdesk.media.protocol import (
    Device,
    DeviceFailed,
    DeviceKind,
    DeviceLost,
    DeviceOpened,
    DeviceProblem,
    DevicesChanged,
    LocalLevel,
)

CAMERA, MICROPHONE, SPEAKER = DeviceKind.CAMERA, DeviceKind.MICROPHONE, DeviceKind.SPEAKER
LAPTOP = Device("laptop", "Laptop", default=True)
HEADSET = Device("headset", "Headset")


class Room:
    """A machine whose devices the test plugs in and out."""

    def __init__(self):
        self.devices = DevicesChanged((), (), ())
        self.open_now = {}

    def listen(self, listener, post):
        self.listener = listener

    def plug(self, cameras=(), microphones=(), speakers=()):
        self.devices = DevicesChanged(tuple(cameras), tuple(microphones), tuple(speakers))
        self.list()

    def list(self):
        self.listener.on_devices(self.devices)

    def open(self, kind, device_id):
        there = getattr(self.devices, f"{kind}s")
        found = next(
            (one.id for one in there if one.id == device_id or (not device_id and one.default)), None
        )
        if found is None:
            self.listener.on_problem(kind, device_id, DeviceProblem.NONE_FOUND)
        else:
            self.open_now[kind] = found
            self.listener.on_opened(kind, found)

    def close(self, kind):
        self.open_now.pop(kind, None)

    def play(self, piece):
        pass

    def volume(self, level):
        pass


class Screen:
    def __init__(self):
        self.shown = []

    def show(self, frame):
        self.shown.append(frame)


@pytest.fixture
def room():
    return Room()


@pytest.fixture
async def studio(room):
    told = []
    made = Studio(room, Screen(), told.append)
    made.told = told
    yield made
    made.close()


def of(studio, kind):
    return [event for event in studio.told if isinstance(event, kind)]


async def test_nothing_is_open_until_it_is_wanted(studio, room):
    room.plug(microphones=[LAPTOP])
    studio.choose({MICROPHONE: "laptop"})
    assert room.open_now == {}
    studio.want({MICROPHONE})
    assert room.open_now == {MICROPHONE: "laptop"}
    studio.want(set())
    assert room.open_now == {}


async def test_the_default_is_taken_where_none_was_chosen(studio, room):
    room.plug(microphones=[HEADSET, LAPTOP])
    studio.want({MICROPHONE})
    assert of(studio, DeviceOpened) == [DeviceOpened(MICROPHONE, "laptop")]


async def test_another_choice_changes_what_is_open(studio, room):
    room.plug(microphones=[HEADSET, LAPTOP])
    studio.want({MICROPHONE})
    studio.choose({MICROPHONE: "headset"})
    assert room.open_now == {MICROPHONE: "headset"}


async def test_what_is_pulled_out_is_replaced_and_taken_again_when_it_is_back(studio, room):
    room.plug(microphones=[HEADSET, LAPTOP])
    studio.choose({MICROPHONE: "headset"})
    studio.want({MICROPHONE})
    room.plug(microphones=[LAPTOP])
    assert of(studio, DeviceLost) == [DeviceLost(MICROPHONE, "headset", "laptop")]
    assert room.open_now == {MICROPHONE: "laptop"}
    room.plug(microphones=[HEADSET, LAPTOP])
    assert room.open_now == {MICROPHONE: "headset"}


async def test_the_last_one_leaves_nothing_and_any_new_one_is_taken(studio, room):
    room.plug(microphones=[LAPTOP])
    studio.want({MICROPHONE})
    room.plug()
    assert of(studio, DeviceLost) == [DeviceLost(MICROPHONE, "laptop", "")]
    assert room.open_now == {}
    room.plug(microphones=[LAPTOP])
    assert room.open_now == {MICROPHONE: "laptop"}


async def test_other_devices_that_come_and_go_disturb_nothing(studio, room):
    room.plug(microphones=[LAPTOP])
    studio.want({MICROPHONE})
    opened = len(of(studio, DeviceOpened))
    room.plug(microphones=[LAPTOP, HEADSET], speakers=[HEADSET])
    room.plug(microphones=[LAPTOP])
    assert len(of(studio, DeviceOpened)) == opened


async def test_a_device_that_fails_is_told_and_the_picture_goes_dark(studio, room):
    room.plug(cameras=[LAPTOP])
    studio.want({CAMERA})
    studio.on_picture(av.VideoFrame(64, 48, "yuv420p"))
    assert studio.video.frame is not None
    studio.on_problem(CAMERA, "laptop", DeviceProblem.BUSY)
    assert of(studio, DeviceFailed) == [DeviceFailed(CAMERA, "laptop", DeviceProblem.BUSY)]
    assert studio.video.frame is None


async def test_a_camera_that_is_closed_shows_nothing_more(studio, room):
    room.plug(cameras=[LAPTOP])
    studio.want({CAMERA})
    studio.want(set())
    # a picture that was on its way
    studio.on_picture(av.VideoFrame(64, 48, "yuv420p"))
    assert studio.video.frame is None


async def test_levels_are_told_ten_times_a_second(studio, room):
    room.plug(microphones=[LAPTOP])
    studio.want({MICROPHONE})
    listener = OutgoingAudio(studio.audio)
    for _ in range(50):
        studio.on_piece(b"\x00\x40" * sound.PIECE)
    levels = of(studio, LocalLevel)
    assert len(levels) == 10
    assert levels[0].level > 0.8
    assert bytes((await listener.recv()).planes[0]) == b"\x00\x40" * sound.PIECE


async def test_a_file_that_is_not_there_is_a_device_that_fails(studio, tmp_path):
    studio.choose({CAMERA: f"{protocol.FILE_PREFIX}{tmp_path / 'none.mkv'}", MICROPHONE: protocol.NO_DEVICE})
    studio.want({CAMERA, MICROPHONE})
    assert [event.code for event in of(studio, DeviceFailed)] == [DeviceProblem.FAILED]
    assert of(studio, DeviceOpened) == [DeviceOpened(MICROPHONE, protocol.NO_DEVICE)]


async def test_a_system_without_multimedia():
    told = []
    studio = Studio(NoHardware(), Screen(), told.append)
    studio.list()
    studio.want({CAMERA, MICROPHONE, SPEAKER})
    assert told[0] == DevicesChanged((), (), ())
    assert {event.code for event in told[1:]} == {DeviceProblem.NONE_FOUND}
    assert len(told) == 4
