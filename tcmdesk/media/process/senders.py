"""Encoders as a call needs them: speech at a third of aiortc's rate, pictures at what the line and the mode allow."""

from __future__ import annotations

import time
from typing import Any

import av
from aiortc.codecs import get_encoder as stock_encoder
from aiortc.codecs import vpx
from aiortc.codecs.opus import SAMPLE_RATE, SAMPLES_PER_FRAME, TIME_BASE, OpusEncoder

from tcmdesk.media.process import rates

SPEECH_BITS: int = 32_000
"""A second, mono. Above that speech sounds the same."""


class SpeechEncoder(OpusEncoder):
    """Opus for speech, with each packet able to stand in for a lost one before it (RFC 6716 section 2.1.7)."""

    def __init__(self) -> None:
        super().__init__()
        self.codec = av.CodecContext.create("libopus", "w")
        self.codec.bit_rate = SPEECH_BITS
        self.codec.format = "s16"
        self.codec.layout = "mono"
        self.codec.options = {"application": "voip", "fec": "1", "packet_loss": "10"}
        self.codec.sample_rate = SAMPLE_RATE
        self.codec.time_base = TIME_BASE
        self.resampler = av.AudioResampler(
            format="s16", layout="mono", rate=SAMPLE_RATE, frame_size=SAMPLES_PER_FRAME
        )


class PictureEncoder(vpx.Vp8Encoder):
    """VP8 whose rate is what `allowance` says, in steps."""

    def __init__(self) -> None:
        super().__init__()
        self.allowance = float(rates.HIGHEST)
        """Bits a second."""
        self.permitted = float(rates.HIGHEST)
        """Bits a second that the other side permits (REMB); what that is worth is judged by `rates.SendRate`."""
        self._stair = rates.Stair()

    @property
    def target_bitrate(self) -> int:
        """Bits a second."""
        return self._stair.rate

    @target_bitrate.setter
    def target_bitrate(self, bitrate: int) -> None:
        # what aiortc does when the other side says what it permits
        self.permitted = float(bitrate)

    def encode(self, frame: Any, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        self._stair.follow(self.allowance, time.monotonic())
        self._Vp8Encoder__target_bitrate = self._stair.rate
        return super().encode(frame, force_keyframe)


def get_encoder(codec: Any) -> Any:
    """What aiortc's sender calls to make its encoder."""
    match codec.mimeType.lower():
        case "audio/opus":
            return SpeechEncoder()
        case "video/vp8":
            return PictureEncoder()
        case _:
            return stock_encoder(codec)
