"""aiortc's RTP receiver with our own handling of what is lost, late or too much.

The base class keeps its state in private attributes; which of them are used here is tested against the installed aiortc,
whose minor version is pinned.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from aiortc import clock, rtcrtpreceiver, rtp
from aiortc.codecs import depayload, is_rtx

from tcmdesk.media.process.arrivals import AudioArrivals, VideoArrivals
from tcmdesk.media.process.rates import FlooredRateControl

if TYPE_CHECKING:
    from aiortc.jitterbuffer import JitterFrame
    from aiortc.rtcrtpparameters import RTCRtpCodecParameters
    from aiortc.rtp import RtpPacket

TICK_SECONDS: Final = 0.02
_LONGEST_DECODER_QUEUE: Final = 60
"""Frames; beyond, the machine is too slow for the stream, and what waits is of the past."""


def _base(name: str) -> Any:
    """Reads a private attribute of aiortc's receiver."""
    return property(attrgetter(f"_RTCRtpReceiver__{name}"))


class ResilientReceiver(rtcrtpreceiver.RTCRtpReceiver):
    """Receives sound or pictures over a line that loses packets.

    Args:
        kind: `audio` or `video`.
    """

    def __init__(self, kind: str, transport: Any) -> None:
        super().__init__(kind, transport)
        self.arrivals: AudioArrivals | VideoArrivals
        self.rate_control: FlooredRateControl | None = None
        self._judged_at, self._judged = 0.0, (0, 0)
        if kind == "audio":
            self.arrivals = AudioArrivals()
        else:
            self.arrivals = VideoArrivals(self._stands_alone)
            self.rate_control = FlooredRateControl()
            self._estimator.rate_control = self.rate_control
        self.packets = 0
        self.last_packet_at = 0.0
        self._codec: RTCRtpCodecParameters | None = None
        self._media_ssrc: int | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    async def stop(self) -> None:
        self._stop_ticking()
        await super().stop()

    def _handle_disconnect(self) -> None:
        self._stop_ticking()
        super()._handle_disconnect()

    async def _handle_rtp_packet(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        if not self._enabled:
            return
        now = time.monotonic()
        self.last_packet_at = now
        await self._estimate(packet, arrival_time_ms)
        codec = self._codecs.get(packet.payload_type)
        if codec is None:
            return
        self._count(packet, codec)
        unwrapped = self._unwrap(packet, codec)
        if unwrapped is None:
            return
        packet, self._codec = unwrapped
        self._media_ssrc = packet.ssrc
        try:
            packet._data = depayload(self._codec, packet.payload) if packet.payload else b""  # noqa: SLF001
        except ValueError:
            return
        self._decode(self.arrivals.add(packet, now))
        self._judge_losses(now, arrival_time_ms)
        if self._lacks or self._decoder_error.is_set():
            await self._ask(now)
            self._tick_later()

    async def _estimate(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        """Tell the other side what it may send (REMB)."""
        if self._estimator is None or packet.extensions.abs_send_time is None:
            return
        remb = self._estimator.add(
            abs_send_time=packet.extensions.abs_send_time,
            arrival_time_ms=arrival_time_ms,
            payload_size=len(packet.payload) + packet.padding_size,
            ssrc=packet.ssrc,
        )
        if self._rtcp_ssrc is not None and remb is not None:
            await self._send_rtcp(
                rtp.RtcpPsfbPacket(
                    fmt=rtp.RTCP_PSFB_APP, ssrc=self._rtcp_ssrc, media_ssrc=0, fci=rtp.pack_remb_fci(*remb)
                )
            )

    def _judge_losses(self, now: float, arrival_time_ms: int) -> None:
        """Once a second, tell the rate control what was lost."""
        if self.rate_control is None or now - self._judged_at < 1.0:
            return
        missed, packets = self.arrivals.holes.missed, self.packets
        lost = (missed - self._judged[0]) / max(packets - self._judged[1], 1)
        self._judged_at, self._judged = now, (missed, packets)
        self.rate_control.lose(min(lost, 1.0), arrival_time_ms)

    def _count(self, packet: RtpPacket, codec: RTCRtpCodecParameters) -> None:
        self._active_ssrc[packet.ssrc] = clock.current_datetime()
        streams = self._remote_streams
        if packet.ssrc not in streams:
            streams[packet.ssrc] = rtcrtpreceiver.StreamStatistics(codec.clockRate)
        streams[packet.ssrc].add(packet)
        self.packets += 1

    def _unwrap(
        self, packet: RtpPacket, codec: RTCRtpCodecParameters
    ) -> tuple[RtpPacket, RTCRtpCodecParameters] | None:
        """The packet itself, or the one that was sent again inside it (RFC 4588)."""
        if not is_rtx(codec):
            return packet, codec
        original, inner = self._rtx_ssrc.get(packet.ssrc), codec.parameters.get("apt")
        if original is None or inner not in self._codecs or len(packet.payload) < 2:
            return None
        return rtp.unwrap_rtx(packet, payload_type=inner, ssrc=original), self._codecs[inner]

    def _decode(self, frames: list[JitterFrame]) -> None:
        if not frames or self._decoder_thread is None:
            return
        waiting = self._decoder_queue
        if waiting.qsize() > _LONGEST_DECODER_QUEUE:
            with contextlib.suppress(rtcrtpreceiver.queue.Empty):
                while True:
                    waiting.get_nowait()
            if isinstance(self.arrivals, VideoArrivals):
                self.arrivals.lose()
                return
        for frame in frames:
            frame.timestamp = self._timestamp_mapper.map(frame.timestamp)
            waiting.put((self._codec, frame))

    async def _ask(self, now: float) -> None:
        """Ask for packets that are missing, and for a picture that stands by itself where one is needed."""
        if self._media_ssrc is None:
            return
        if self._decoder_error.is_set():
            self._decoder_error.clear()
            if isinstance(self.arrivals, VideoArrivals):
                self.arrivals.lose()
        due = self.arrivals.holes.due(now) if self._resends else []
        if due:
            await self._send_rtcp_nack(self._media_ssrc, sorted(number & 0xFFFF for number in due))
        if isinstance(self.arrivals, VideoArrivals) and self.arrivals.wants_fresh(now):
            await self._send_rtcp_pli(self._media_ssrc)

    @property
    def _lacks(self) -> bool:
        """Whether there is something to ask for."""
        arrivals = self.arrivals
        return bool(arrivals.holes) or (isinstance(arrivals, VideoArrivals) and arrivals.is_broken)

    @property
    def _resends(self) -> bool:
        """Whether the other side agreed to send packets again."""
        feedback = self._codec.rtcpFeedback if self._codec else []
        return any(one.type == "nack" and not one.parameter for one in feedback)

    def _tick_later(self) -> None:
        if self._ticking is None and self._decoder_thread is not None:
            self._ticking = self._loop.call_later(TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        self._ticking = None
        now = time.monotonic()
        self._decode(self.arrivals.advance(now))
        if self._lacks:
            asking = self._loop.create_task(self._ask(now))
            asking.add_done_callback(lambda _: self._tick_later())

    def _stop_ticking(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None

    def _stands_alone(self, data: bytes) -> bool:
        return stands_alone(self._codec.name if self._codec else "", data)

    # what the base class keeps to itself
    _codecs = _base("codecs")
    _estimator = _base("remote_bitrate_estimator")
    _rtcp_ssrc = _base("rtcp_ssrc")
    _active_ssrc = _base("active_ssrc")
    _remote_streams = _base("remote_streams")
    _rtx_ssrc = _base("rtx_ssrc")
    _decoder_thread = _base("decoder_thread")
    _decoder_queue = _base("decoder_queue")
    _decoder_error = _base("decoder_error")
    _timestamp_mapper = _base("timestamp_mapper")


def stands_alone(codec: str, data: bytes) -> bool:
    """Whether a picture can be decoded without the ones before: RFC 6386 section 9.1, ITU-T H.264 section 7.4.1."""
    if not data:
        return False
    if codec == "VP8":
        return not data[0] & 1
    if codec == "H264":
        # parameter sets come first in front of a picture that stands by itself
        start = data.find(b"\x00\x00\x01")
        return start >= 0 and len(data) > start + 3 and data[start + 3] & 0x1F in {5, 7, 8}
    return True
