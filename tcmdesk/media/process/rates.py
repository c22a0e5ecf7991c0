"""How many bits a second: what we allow the other side (REMB), and what we send ourselves."""

from __future__ import annotations

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
    told: both stay near 0.4 Mb/s. A floor of 1.5 Mb/s lets it begin. When the line shows overuse the floor is lifted for
    ten seconds, then twice as long each time.
    """

    FLOOR: Final = 1_500_000
    _FIRST_REST_MS: Final = 10_000
    _LONGEST_REST_MS: Final = 300_000

    def __init__(self) -> None:
        super().__init__()
        self._rest_ms = self._FIRST_REST_MS
        self._floored_from_ms = 0

    def object(self, now_ms: int) -> None:
        """The line is overused: no floor for a while."""
        if now_ms >= self._floored_from_ms:
            self._floored_from_ms = now_ms + self._rest_ms
            self._rest_ms = min(2 * self._rest_ms, self._LONGEST_REST_MS)

    def update(
        self, bandwidth_usage: BandwidthUsage, estimated_throughput: int | None, now_ms: int
    ) -> int | None:
        rate = super().update(bandwidth_usage, estimated_throughput, now_ms)
        if bandwidth_usage is BandwidthUsage.OVERUSING:
            self.object(now_ms)
        if now_ms < self._floored_from_ms or (rate is not None and rate >= self.FLOOR):
            return rate
        self.current_bitrate = self.FLOOR
        self.current_bitrate_initialized = True
        return self.FLOOR


class LossRate:
    """What we send as far as losses allow, in bits a second (the rule of draft-ietf-rmcat-gcc-02, section 6)."""

    def __init__(self, start: int = 900_000) -> None:
        self.allowed = float(start)

    def report(self, loss: float) -> None:
        """The other side's report of one second: above 10 % lost send less, below 2 % more."""
        if loss > 0.1:
            self.allowed *= 1 - 0.5 * loss
        elif loss < 0.02:
            self.allowed *= 1.08
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
