"""The figures of one attempt, once a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tcmdesk.media.process.rates import HIGHEST, SendRate
from tcmdesk.media.protocol import Stats

if TYPE_CHECKING:
    from tcmdesk.media.process.attempt import Attempt
    from tcmdesk.media.process.playout import Playout


class Meter:
    """Turns counters into figures a second, and losses into what may be sent."""

    def __init__(self, attempt: Attempt, playout: Playout) -> None:
        self._attempt = attempt
        self._playout = playout
        self.send_rate = SendRate()
        self._at = time.monotonic()
        self._before: dict[str, float] = {}
        self._reported: object = None

    async def measure(self) -> Stats:
        """The figures since the last time."""
        attempt = self._attempt
        report = await attempt.report()
        now = time.monotonic()
        passed, self._at = max(now - self._at, 1e-3), now
        loss_in, delivered = self._losses_in()
        loss_out = self._loss_out(report)
        transport = report.get("transport/")
        rtt = attempt.link.rtt if attempt.link else None
        width, height = attempt.size
        encoder = attempt.encoder
        self.send_rate.report(loss_out, rtt, getattr(encoder, "permitted", HIGHEST))
        return Stats(
            call_id=attempt.command.call_id,
            generation=attempt.generation,
            rtt_ms=None if rtt is None else rtt * 1000,
            loss_in=loss_in,
            loss_out=loss_out,
            audio_delivered=delivered,
            audio_gap_ms=self._playout.rest() * 1000,
            fps=self._step("pictures", attempt.pictures) / passed,
            sent_fps=self._step("sent", attempt.video.sent) / passed,
            width=width,
            height=height,
            kbps_in=self._step("in", transport.bytesReceived if transport else 0) * 8e-3 / passed,
            kbps_out=self._step("out", transport.bytesSent if transport else 0) * 8e-3 / passed,
            target_kbps=getattr(encoder, "allowance", self.send_rate.allowed) / 1000,
            frames=attempt.pictures,
            audio_frames=self._playout.pieces,
        )

    def _losses_in(self) -> tuple[float, float]:
        """Of all packets those that were missing at first; of the sound that was sent the part that came in time."""
        missed = packets = 0.0
        for kind in ("audio", "video"):
            receiver = self._attempt.receiver(kind)
            if receiver is not None:
                missed += self._step(f"missed {kind}", receiver.arrivals.holes.missed)
                packets += self._step(f"packets {kind}", receiver.packets)
        audio = self._attempt.receiver("audio")
        if audio is None:
            return 0.0, 1.0
        given_up = self._step("given up", audio.arrivals.given_up)
        delivered = self._step("delivered", audio.arrivals.delivered)
        share = delivered / (delivered + given_up) if delivered + given_up else 1.0
        # packets that were sent again are counted among those that arrived
        return min(missed / packets, 1.0) if packets else 0.0, share

    def _loss_out(self, report: dict[str, object]) -> float | None:
        """What the other side says it missed; None when it has not said so since the last time."""
        newest = report.get("remote-inbound-rtp/video") or report.get("remote-inbound-rtp/audio")
        if newest is None:
            return None
        if newest is self._reported:
            return None
        self._reported = newest
        return float(newest.fractionLost) / 256

    def _step(self, name: str, value: float) -> float:
        before = self._before.get(name, 0.0)
        self._before[name] = value
        return max(value - before, 0.0)
