"""The smoke test's checks of media: playing, codecs, a data channel, the media process."""

from __future__ import annotations

import asyncio
import math
import queue
import struct
import time
import wave
from typing import TYPE_CHECKING, Final

from tcmdesk.app.smoke_checks import SmokeError, qt

if TYPE_CHECKING:
    from pathlib import Path

SECONDS: Final = 1.0
RATE: Final = 48_000
PATIENCE_SECONDS: Final = 15.0
START_SECONDS: Final = 30.0
CODECS: Final = ("libvpx", "libopus", "libx264")


def player(folder: Path) -> str:
    """QMediaPlayer opens a sound file, knows how long it is, and decodes its samples."""
    from PySide6.QtCore import QUrl
    from PySide6.QtMultimedia import QAudioBufferOutput, QMediaPlayer

    application = qt()
    path = folder / "tone.wav"
    _write_tone(path)
    media = QMediaPlayer()
    if not media.isAvailable():
        raise SmokeError("no multimedia backend")
    output = QAudioBufferOutput()
    samples: list[int] = []
    output.audioBufferReceived.connect(lambda buffer: samples.append(buffer.frameCount()))
    media.setAudioBufferOutput(output)
    media.setSource(QUrl.fromLocalFile(str(path)))
    media.play()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while sum(samples) < RATE * SECONDS / 2:
        application.processEvents()
        time.sleep(0.005)
        if media.error() != QMediaPlayer.Error.NoError:
            raise SmokeError(f"the player says {media.error().name}: {media.errorString()}")
        if time.monotonic() > deadline:
            raise SmokeError(
                f"{sum(samples)} samples after {PATIENCE_SECONDS:.0f} s, {media.mediaStatus().name}"
            )
    state, length = media.playbackState(), media.duration()
    media.stop()
    media.setSource(QUrl())
    if state not in {QMediaPlayer.PlaybackState.PlayingState, QMediaPlayer.PlaybackState.StoppedState}:
        raise SmokeError(f"the player is in {state.name}")
    return f"{sum(samples)} samples of {length} ms"


def _write_tone(path: Path) -> None:
    samples = (round(8000 * math.sin(2 * math.pi * 440 * at / RATE)) for at in range(int(RATE * SECONDS)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def codecs(_folder: Path) -> str:
    """The encoders that a call needs exist."""
    from av.codec import Codec

    return ", ".join(Codec(name, "w").name for name in CODECS)


def data_channel(_folder: Path) -> str:
    """Two peers in this process find each other, and one echoes what the other says."""
    return asyncio.run(_echo())


def media_process(_folder: Path) -> str:
    """The media process starts from this program, films its test picture and hands it over in shared memory."""
    from tcmdesk.media import protocol
    from tcmdesk.media.client import MediaClient

    told: queue.SimpleQueue[protocol.Event] = queue.SimpleQueue()
    client = MediaClient(told.put)
    deadline = time.monotonic() + START_SECONDS
    try:
        client.start()
        client.open_preview(protocol.TEST_PATTERN, protocol.TEST_PATTERN, protocol.NO_DEVICE)
        while (picture := client.frames(protocol.Stream.LOCAL).take()) is None:
            if time.monotonic() > deadline:
                raise SmokeError(f"no picture after {START_SECONDS:.0f} s")
            time.sleep(0.01)
        ready = told.get(timeout=1.0)
        if not isinstance(ready, protocol.Ready) or ready.pid != client.pid:
            raise SmokeError(f"its first word was {type(ready).__name__}")
        if not ready.devices:
            raise SmokeError("it has no multimedia")
        return f"a picture of {picture.width} x {picture.height}"
    finally:
        client.close()


async def _echo() -> str:
    from aiortc import RTCPeerConnection

    caller, callee = RTCPeerConnection(), RTCPeerConnection()
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    channel = caller.createDataChannel("smoke")
    channel.on("open", lambda: channel.send("are you there"))
    channel.on("message", lambda message: answered.done() or answered.set_result(message))

    @callee.on("datachannel")
    def _on_data_channel(other: object) -> None:
        other.on("message", lambda message: other.send(f"{message}: yes"))  # type: ignore[attr-defined]

    try:
        await caller.setLocalDescription(await caller.createOffer())
        await callee.setRemoteDescription(caller.localDescription)
        await callee.setLocalDescription(await callee.createAnswer())
        await caller.setRemoteDescription(callee.localDescription)
        return await asyncio.wait_for(answered, PATIENCE_SECONDS)
    finally:
        await caller.close()
        await callee.close()
