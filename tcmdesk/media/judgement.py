"""What the figures of a line mean: its quality in words, and how much to send over it. No clock, no network: both are
told once a second what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.media.protocol import DataMode, LineQuality

if TYPE_CHECKING:
    from tcmdesk.media.protocol import Stats

BARS: Final = {
    LineQuality.EXCELLENT: 4,
    LineQuality.GOOD: 3,
    LineQuality.FAIR: 2,
    LineQuality.POOR: 1,
}
_WORST_FIRST: Final = tuple(reversed(BARS))


@dataclass(frozen=True, slots=True)
class _Limit:
    rtt_ms: float
    loss: float
    audio_delivered: float
    audio_gap_ms: float


#: a line is as good as the best of these that it keeps. One hears 300 ms and more as talking over each other
#: (ITU-T G.114), 3 % of sound missing as roughness
_LIMITS: Final = {
    LineQuality.EXCELLENT: _Limit(150, 0.02, 0.995, 120),
    LineQuality.GOOD: _Limit(300, 0.07, 0.98, 200),
    LineQuality.FAIR: _Limit(600, 0.15, 0.93, 400),
}


def quality_of(stats: Stats) -> LineQuality:
    """The quality of one second."""
    loss = max(stats.loss_in, stats.loss_out or 0.0)
    for quality, limit in _LIMITS.items():
        if (
            (stats.rtt_ms or 0.0) <= limit.rtt_ms
            and loss <= limit.loss
            and stats.audio_delivered >= limit.audio_delivered
            and stats.audio_gap_ms <= limit.audio_gap_ms
        ):
            return quality
    return LineQuality.POOR


class QualityMeter:
    """Quality that does not flicker: worse after two seconds in a row, better after four."""

    WORSE_AFTER: Final = 2
    BETTER_AFTER: Final = 4

    def __init__(self) -> None:
        self.quality: LineQuality | None = None
        self._worse: list[LineQuality] = []
        self._better: list[LineQuality] = []

    def add(self, stats: Stats) -> bool:
        """Take in a second; returns whether the quality changed."""
        now = quality_of(stats)
        if self.quality is None:
            self.quality = now
            return True
        standing = _WORST_FIRST.index(self.quality)
        rank = _WORST_FIRST.index(now)
        self._worse = [*self._worse, now] if rank < standing else []
        self._better = [*self._better, now] if rank > standing else []
        if len(self._worse) >= self.WORSE_AFTER:
            # as bad as it was all the time, not as at its worst
            self.quality = max(self._worse, key=_WORST_FIRST.index)
        elif len(self._better) >= self.BETTER_AFTER:
            self.quality = min(self._better, key=_WORST_FIRST.index)
        else:
            return False
        self._worse, self._better = [], []
        return True


class Frugality:
    """How much to send: less when the line is bad, more when it has been good for a while.

    Coming back from sound alone is tried after ten seconds, and twice as long after each time it did not last.
    """

    LOW_BELOW_KBPS: Final = 190
    LOW_AFTER: Final = 3
    AUDIO_BELOW_KBPS: Final = 80
    AUDIO_AFTER: Final = 6
    FULL_ABOVE_KBPS: Final = 275
    FULL_AFTER: Final = 8
    FIRST_RETURN: Final = 10
    LONGEST_RETURN: Final = 160
    LASTED: Final = 30

    def __init__(self) -> None:
        self.mode = DataMode.FULL
        self._seconds = 0
        self._return_after = self.FIRST_RETURN
        self._since_return: int | None = None

    def add(self, stats: Stats) -> bool:
        """Take in a second; returns whether the mode changed."""
        if self._since_return is not None:
            self._since_return += 1
            if self._since_return > self.LASTED:
                self._since_return, self._return_after = None, self.FIRST_RETURN
        wanted, after = self._wanted(stats)
        self._seconds = self._seconds + 1 if wanted is not self.mode else 0
        if self._seconds < after:
            return False
        self._change(wanted)
        return True

    def _wanted(self, stats: Stats) -> tuple[DataMode, int]:
        loss, rtt = stats.loss_out or 0.0, stats.rtt_ms or 0.0
        hopeless = loss > 0.3 or rtt > 1500
        if self.mode is DataMode.AUDIO_ONLY:
            calm = loss < 0.08 and rtt < 600
            return (DataMode.LOW, self._return_after) if calm else (self.mode, 1)
        if hopeless or stats.target_kbps < self.AUDIO_BELOW_KBPS:
            return DataMode.AUDIO_ONLY, self.AUDIO_AFTER
        if self.mode is DataMode.FULL and stats.target_kbps < self.LOW_BELOW_KBPS:
            return DataMode.LOW, self.LOW_AFTER
        if self.mode is DataMode.LOW and stats.target_kbps > self.FULL_ABOVE_KBPS and loss < 0.08:
            return DataMode.FULL, self.FULL_AFTER
        return self.mode, 1

    def _change(self, mode: DataMode) -> None:
        if self.mode is DataMode.AUDIO_ONLY:
            self._since_return = 0
        elif mode is DataMode.AUDIO_ONLY and self._since_return is not None:
            self._return_after = min(2 * self._return_after, self.LONGEST_RETURN)
            self._since_return = None
        self.mode = mode
        self._seconds = 0
