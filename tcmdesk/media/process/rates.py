"""How many bits a second: what we allow the other side (REMB), and what we send ourselves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from aiortc.rate import AimdRateControl, BandwidthUsage

LOWEST: Final = 60_000
HIGHEST: Final = 2_500_000
#: what a picture may use, in bits a second: the steps between which an encoder is made anew
STEPS: Final = (
    60_000,
    90_000,
    130_000,
    190_000,
    280_000,
    400_000,
    600_000,
    900_000,
    1_300_000,
    1_800_000,
    2_500_000,
)


class FlooredRateControl(AimdRateControl):
    """aiortc's estimate of what the other side may send, with a floor while the line does not object.

    Without transport-wide feedback the estimate grows by 8 % a second from what is sent, and a browser sends what it is
    told: both stay near 0.4 Mb/s. A floor of 1.5 Mb/s lets it begin. When the line objects the floor is lifted for ten
    seconds, then twice as long each time. It objects by losing a tenth, or by overuse that lasts: a moment of overuse is
    mostly a busy machine, ours or theirs.
    """

    FLOOR: Final = 1_500_000
    LASTING: Final = 3
    """Signs of overuse within `LASTING_MS` that are believed."""
    LASTING_MS: Final = 2_500
    _STILL_MS: Final = 1_500
    _FIRST_REST_MS: Final = 10_000
    _LONGEST_REST_MS: Final = 300_000

    def __init__(self) -> None:
        super().__init__()
        self._rest_ms = self._FIRST_REST_MS
        self._floored_from_ms = 0
        self._grows_from_ms = 0
        self._signs: list[int] = []

    def lose(self, loss: float, now_ms: int) -> None:
        """So much was lost during the last second, 0 to 1."""
        if loss > 0.1:
            self._object(now_ms)
            self._grows_from_ms = now_ms + self._STILL_MS
            self.current_bitrate = max(int(self.current_bitrate * (1 - 0.5 * loss)), LOWEST)

    def update(
        self, bandwidth_usage: BandwidthUsage, estimated_throughput: int | None, now_ms: int
    ) -> int | None:
        before = self.current_bitrate
        rate = super().update(bandwidth_usage, estimated_throughput, now_ms)
        if rate is not None and now_ms < self._grows_from_ms:
            rate = self.current_bitrate = min(rate, before)
        if bandwidth_usage is BandwidthUsage.OVERUSING:
            self._signs = [*(sign for sign in self._signs if now_ms - sign < self.LASTING_MS), now_ms]
            # one queue that fills gives many signs at once; what lasts is what counts
            if len(self._signs) >= self.LASTING and now_ms - self._signs[0] >= self.LASTING_MS // 5:
                self._object(now_ms)
        if now_ms < self._floored_from_ms or (rate is not None and rate >= self.FLOOR):
            return rate
        self.current_bitrate = self.FLOOR
        self.current_bitrate_initialized = True
        return self.FLOOR

    def _object(self, now_ms: int) -> None:
        if now_ms >= self._floored_from_ms:
            self._floored_from_ms = now_ms + self._rest_ms
            self._rest_ms = min(2 * self._rest_ms, self._LONGEST_REST_MS)


class SendRate:
    """What we send as far as the line carries it, in bits a second.

    What the other side permits (REMB) is an estimate made from what we send: from a quiet picture it comes out low, and from
    less it comes out lower. So it counts only while the line is strained, that is while a tenth is lost (the rule of
    draft-ietf-rmcat-gcc-02, section 6) or packets begin to queue.
    """

    QUEUE_SECONDS: Final = 0.06
    QUEUED_AFTER: Final = 2
    CAREFUL_SECONDS: Final = 20

    def __init__(self, start: int = 900_000) -> None:
        self.allowed = float(start)
        self._shortest = math.inf
        self._queued_seconds = 0
        self._calm_seconds = self.CAREFUL_SECONDS

    def report(self, loss: float | None, rtt: float | None, permitted: float) -> None:
        """The newest second.

        Args:
            loss: what the other side missed of it, 0 to 1; None when it did not say.
            rtt: seconds; None when unknown.
            permitted: what the other side permits.
        """
        if rtt is not None:
            self._shortest = min(self._shortest, rtt)
            longer = rtt - self._shortest > self.QUEUE_SECONDS
            self._queued_seconds = self._queued_seconds + 1 if longer else 0
        # a machine that is busy for a moment answers late as well
        queued = self._queued_seconds >= self.QUEUED_AFTER
        lost = loss is not None and loss > 0.1
        if lost:
            self.allowed *= 1 - 0.5 * (loss or 0.0)
        if lost or queued:
            self.allowed = min(self.allowed, permitted)
            self._calm_seconds = 0
        elif loss is not None and loss < 0.02:
            # after a strain the limit is near
            self.allowed *= 1.08 if self._calm_seconds >= self.CAREFUL_SECONDS else 1.03
        self._calm_seconds += 1
        self.allowed = min(max(self.allowed, LOWEST), HIGHEST)


@dataclass(slots=True)
class Stair:
    """A rate in steps: down at once, up only when it has held for a while. Each change costs a picture that stands by
    itself, which is ten times as large as another.
    """

    UP_AFTER = 2.5

    rate: int = 400_000
    _better_since: float | None = None

    def follow(self, wanted: float, now: float) -> int:
        """The step to use for a rate that is wanted now (seconds of a monotonic clock)."""
        step = max((one for one in STEPS if one <= wanted), default=STEPS[0])
        if step <= self.rate:
            self._better_since = None
            self.rate = step
        elif self._better_since is None:
            self._better_since = now
        elif now - self._better_since >= self.UP_AFTER:
            self._better_since = None
            self.rate = step
        return self.rate
