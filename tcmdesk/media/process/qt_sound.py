"""Microphone and loudspeaker through Qt, in the pieces that the rest of the process uses."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import av
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QAudioSource, QtAudio

from tcmdesk.media.process import sound
from tcmdesk.media.protocol import DeviceProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtMultimedia import QAudioDevice

CUSHION_PIECES: Final = 3
"""Pieces of silence put in front when playing begins, or begins anew after it ran dry: 60 ms against jitter."""
LARGEST_CUSHION: Final = 8
LONGEST_QUEUE: Final = 15
"""Pieces; when more wait, the oldest go: 300 ms are as much as a conversation stands."""
_BUFFER_PIECES: Final = 12
_FFMPEG: Final = {
    QAudioFormat.SampleFormat.UInt8: "u8",
    QAudioFormat.SampleFormat.Int16: "s16",
    QAudioFormat.SampleFormat.Int32: "s32",
    QAudioFormat.SampleFormat.Float: "flt",
}


def audio_format(channels: int) -> QAudioFormat:
    """48 kHz, 16 bits."""
    wanted = QAudioFormat()
    wanted.setSampleRate(sound.RATE)
    wanted.setChannelCount(channels)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


class Microphone:
    """An open microphone.

    Args:
        push: takes pieces of 20 ms, mono.
        on_problem: called when it stops by itself.
    """

    def __init__(
        self,
        device: QAudioDevice,
        push: Callable[[bytes], None],
        on_problem: Callable[[DeviceProblem], None],
        parent: QObject,
    ) -> None:
        self._push, self._on_problem = push, on_problem
        self._rest = b""
        wanted = audio_format(1)
        # a device that cannot do it gives what it prefers, and we convert
        self._format = wanted if device.isFormatSupported(wanted) else device.preferredFormat()
        self._resampler = None if self._format == wanted else _resampler()
        self._source = QAudioSource(device, self._format, parent)
        self._source.setBufferSize(self._format.bytesForDuration(100_000))
        self._source.stateChanged.connect(self._on_source_state_changed)
        self._stream = self._source.start()
        if self._stream is not None:
            self._stream.readyRead.connect(self._on_stream_ready_read)

    def close(self) -> None:
        self._source.stateChanged.disconnect(self._on_source_state_changed)
        self._source.stop()
        self._source.deleteLater()

    def _on_stream_ready_read(self) -> None:
        data = self._stream.readAll().data()
        self._rest += data if self._resampler is None else self._converted(data)
        whole = len(self._rest) // sound.MONO_BYTES * sound.MONO_BYTES
        for start in range(0, whole, sound.MONO_BYTES):
            self._push(self._rest[start : start + sound.MONO_BYTES])
        self._rest = self._rest[whole:]

    def _converted(self, data: bytes) -> bytes:
        given = self._format
        layout = "mono" if given.channelCount() == 1 else "stereo"
        if given.channelCount() > 2:
            # of a microphone array the first two will do
            width = given.bytesPerSample()
            step = given.bytesPerFrame()
            data = b"".join(data[at : at + 2 * width] for at in range(0, len(data) - step + 1, step))
        bytes_a_frame = given.bytesPerSample() * min(given.channelCount(), 2)
        samples = len(data) // bytes_a_frame
        if not samples:
            return b""
        frame = av.AudioFrame(_FFMPEG[given.sampleFormat()], layout, samples)
        frame.planes[0].update(data[: samples * bytes_a_frame].ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate = given.sampleRate()
        return b"".join(bytes(one.planes[0])[: one.samples * 2] for one in self._resampler.resample(frame))

    def _on_source_state_changed(self) -> None:
        # asked for, because PySide cannot hand over the signal's own
        if self._source.state() is QtAudio.State.StoppedState:
            self._on_problem(problem_of(self._source.error()))


class Speaker:
    """An open loudspeaker that is fed by `play`, from any thread, and played from by `feed` on Qt's."""

    def __init__(
        self,
        device: QAudioDevice,
        volume: float,
        on_problem: Callable[[DeviceProblem], None],
        parent: QObject,
    ) -> None:
        self._on_problem = on_problem
        self._pieces: deque[bytes] = deque()
        self._cushion = CUSHION_PIECES
        self._dry = True
        wanted = audio_format(2)
        self._sink = QAudioSink(device, wanted, parent)
        self._sink.setBufferSize(wanted.bytesForDuration(20_000) * _BUFFER_PIECES)
        self.set_volume(volume)
        self._sink.stateChanged.connect(self._on_sink_state_changed)
        self._stream = self._sink.start()

    @property
    def waiting(self) -> int:
        """Pieces that were not given to the device yet."""
        return len(self._pieces)

    def close(self) -> None:
        self._sink.stateChanged.disconnect(self._on_sink_state_changed)
        self._sink.stop()
        self._sink.deleteLater()

    def set_volume(self, level: float) -> None:
        """0 to 1 as one hears it."""
        self._sink.setVolume(
            QtAudio.convertVolume(
                level, QtAudio.VolumeScale.LogarithmicVolumeScale, QtAudio.VolumeScale.LinearVolumeScale
            )
        )

    def play(self, piece: bytes) -> None:
        """Queue 20 ms of stereo."""
        self._pieces.append(piece)
        if len(self._pieces) > LONGEST_QUEUE:
            for _ in range(LONGEST_QUEUE - CUSHION_PIECES):
                self._pieces.popleft()

    def feed(self) -> None:
        """Give the device what it has room for."""
        if self._stream is None:
            return
        if self._dry and self._pieces:
            self._dry = False
            self._stream.write(bytes(2 * sound.MONO_BYTES) * self._cushion)
        while self._pieces and self._sink.bytesFree() >= len(self._pieces[0]):
            self._stream.write(self._pieces.popleft())

    def _on_sink_state_changed(self) -> None:
        state = self._sink.state()
        if state is QtAudio.State.IdleState and not self._dry:
            # it ran dry: the line is less even than the cushion allows for
            self._dry = True
            self._cushion = min(self._cushion + 1, LARGEST_CUSHION)
        elif state is QtAudio.State.StoppedState:
            self._on_problem(problem_of(self._sink.error()))


def problem_of(error: QtAudio.Error) -> DeviceProblem:
    """A device that exists and cannot be opened is in another program's hands, nearly always."""
    return DeviceProblem.BUSY if error is QtAudio.Error.OpenError else DeviceProblem.FAILED


def _resampler() -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="mono", rate=sound.RATE)
