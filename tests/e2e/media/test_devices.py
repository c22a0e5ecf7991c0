"""Real sound devices, of a sound server of the test's own: listed, used, pulled out, plugged in, and heard twice."""

import time

import pytest

from tcmdesk.media import protocol
from tcmdesk.media.client import MediaClient
from tcmdesk.media.protocol import (
    DeviceFailed,
    DeviceKind,
    DeviceLost,
    DeviceOpened,
    DevicesChanged,
    EchoSuspected,
    LocalLevel,
    Stats,
)
from tests.support.calls import Conversation
from tests.support.sound_server import SoundServer, available

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not available(), reason="pulseaudio and pactl are not installed"),
]


@pytest.fixture
def sound(monkeypatch):
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def names(devices):
    return {device.id for device in devices}


def test_a_microphone_that_is_pulled_out_is_replaced(sound):
    sound.plug_speaker("wall")
    headset = sound.plug_microphone("headset", hears="wall")
    sound.plug_microphone("desk", hears="wall")
    with Conversation(connect=False) as conversation:
        party = conversation.a
        party.wait(DevicesChanged, lambda event: {"headset", "desk"} <= names(event.microphones))
        party.client.open_preview(protocol.TEST_PATTERN, "headset", "wall")
        party.wait(DeviceOpened, lambda event: event.device_id == "headset")
        party.wait(DeviceOpened, lambda event: event.device_id == "wall")
        party.wait(LocalLevel, since=time.monotonic())
        conversation.call()
        pulled = time.monotonic()
        sound.unplug(headset)
        _, lost = party.wait(DeviceLost, since=pulled)
        assert (lost.kind, lost.device_id) == (DeviceKind.MICROPHONE, "headset")
        assert lost.fallback
        party.wait(
            DeviceOpened,
            lambda event: (event.kind, event.device_id) == (DeviceKind.MICROPHONE, lost.fallback),
            since=pulled,
        )
        # the one that was chosen is used again when it is back
        plugged = time.monotonic()
        sound.plug_microphone("headset", hears="wall")
        party.wait(DeviceOpened, lambda event: event.device_id == "headset", since=plugged)
        assert conversation.b.wait(Stats, since=plugged)[1].audio_delivered >= 0.9


def test_without_any_device_the_call_goes_on_in_silence(sound):
    speaker = sound.plug_speaker("wall")
    with Conversation() as conversation:
        party = conversation.a
        party.client.choose_devices(speaker="wall", camera="no such camera")
        assert party.wait(DeviceFailed)[1].kind is DeviceKind.CAMERA
        party.wait(DeviceOpened, lambda event: event.device_id == "wall")
        pulled = time.monotonic()
        sound.unplug(speaker)
        # PulseAudio itself puts a null sink in the place of the last one, but only when told so
        assert party.wait(DeviceLost, since=pulled)[1].kind is DeviceKind.SPEAKER
        assert conversation.b.wait(Stats, since=pulled)[1].audio_delivered >= 0.9


def test_a_microphone_that_hears_the_loudspeaker_is_an_echo(sound, tmp_path):
    speech = tmp_path / "speech.wav"
    write_babble(speech)
    sound.plug_speaker("wall")
    sound.plug_microphone("open_microphone", hears="wall")
    with Conversation() as conversation:
        talker, listener = conversation.a, conversation.b
        since = time.monotonic()
        talker.client.choose_devices(microphone=f"{protocol.FILE_PREFIX}{speech}")
        listener.client.choose_devices(microphone="open_microphone", speaker="wall")
        _, echo = listener.wait(EchoSuspected, since=since, patience=60)
        assert echo.similarity >= 0.8
        assert not talker.events(EchoSuspected)


def test_a_preview_shows_levels_before_any_call(sound):
    sound.plug_speaker("wall")
    sound.plug_microphone("desk", hears="wall")
    told = []
    client = MediaClient(told.append)
    client.start()
    try:
        client.open_preview(protocol.TEST_PATTERN, "", "")
        client.play_test_sound()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            levels = [event.level for event in told if isinstance(event, LocalLevel)]
            if any(level > 0.2 for level in levels):
                break
            if len(levels) > 20:
                client.play_test_sound()
                told.clear()
            time.sleep(0.05)
        else:
            raise AssertionError(f"the test sound was not heard: {told[-5:]}")
        assert client.frames(protocol.Stream.LOCAL).take() is not None
    finally:
        client.close()


def write_babble(path):
    """Twelve seconds that are loud and quiet as speech is: syllables of a fifth of a second, pauses between words."""
    import math
    import random
    import struct
    import wave

    chance = random.Random(3)
    samples = []
    while len(samples) < 12 * 48_000:
        loudness = chance.choice((0, 0, 800, 3000, 9000, 14000))
        length = int(48_000 * chance.uniform(0.08, 0.3))
        samples += [int(loudness * math.sin(2 * math.pi * 180 * at / 48_000)) for at in range(length)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
