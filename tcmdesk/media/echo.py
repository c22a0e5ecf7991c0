"""Hearing oneself: whether the microphone repeats what the loudspeaker plays.

There is no echo cancellation here, so a doctor without a headset sends the patient's voice back. Loudness is enough to
notice: the microphone's follows the loudspeaker's, some tens of milliseconds later.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP_SECONDS: Final = 0.02


class EchoDetector:
    """Compares two series of levels, 0 to 1, one value each 20 ms."""

    WINDOW: Final = 200
    """Steps that are compared: four seconds."""
    LONGEST_DELAY: Final = 35
    """Steps: queue, sound card, room and microphone make at most 0.7 s."""
    SIMILAR: Final = 0.8
    LIVELY: Final = 0.05
    """Standard deviation of the played level below which silence would be compared with silence."""
    IN_A_ROW: Final = 3

    def __init__(self) -> None:
        self._played: deque[float] = deque(maxlen=self.WINDOW + self.LONGEST_DELAY)
        self._heard: deque[float] = deque(maxlen=self.WINDOW)
        self._times = 0

    def add(self, played: float, heard: float) -> None:
        """One step: what was played and what the microphone heard during the same 20 ms."""
        self._played.append(played)
        self._heard.append(heard)

    def judge(self) -> float | None:
        """To be asked once a second: the similarity when an echo is suspected (three times in a row), else None."""
        similarity = self.similarity()
        self._times = self._times + 1 if similarity >= self.SIMILAR else 0
        return similarity if self._times >= self.IN_A_ROW else None

    def similarity(self) -> float:
        """The highest correlation over all delays; 0 while there is too little to compare."""
        if len(self._played) < self.WINDOW + self.LONGEST_DELAY:
            return 0.0
        played, heard = list(self._played), list(self._heard)
        return max(
            self._correlation(played[self.LONGEST_DELAY - delay :][: self.WINDOW], heard)
            for delay in range(self.LONGEST_DELAY + 1)
        )

    def _correlation(self, played: Sequence[float], heard: Sequence[float]) -> float:
        count = len(heard)
        mean_played, mean_heard = sum(played) / count, sum(heard) / count
        spread_played = math.sqrt(sum((one - mean_played) ** 2 for one in played) / count)
        spread_heard = math.sqrt(sum((one - mean_heard) ** 2 for one in heard) / count)
        if spread_played < self.LIVELY or spread_heard < self.LIVELY / 2:
            return 0.0
        together = (
            sum((a - mean_played) * (b - mean_heard) for a, b in zip(played, heard, strict=True)) / count
        )
        return together / (spread_played * spread_heard)
