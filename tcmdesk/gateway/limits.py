"""How often the same address or visit may ask: token buckets in memory.

A guess at a link has 2**256 possibilities, so the limits are not what keeps strangers out; they keep one client from
taking the gateway away from the others, and a telephone's owner from guessing birthdays.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED: Final = 10_000
"""Keys a limiter knows; the one that was quiet longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: int
    per_second: float


class Limiter:
    """A bucket for every key, full at first."""

    def __init__(
        self, rate: Rate, *, clock: Callable[[], float] = time.monotonic, remembered: int = REMEMBERED
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._remembered = remembered
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def admits(self, key: str) -> bool:
        """Take one from the key's bucket; False when it is empty."""
        now = self._clock()
        left, since = self._buckets.pop(key, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + (now - since) * self._rate.per_second)
        admitted = left >= 1
        self._buckets[key] = (left - 1 if admitted else left, now)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return admitted

    def seconds_to_wait(self, key: str) -> int:
        """How long until the key's bucket holds one again, in whole seconds, at least 1."""
        left, since = self._buckets.get(key, (float(self._rate.burst), self._clock()))
        missing = 1 - left - (self._clock() - since) * self._rate.per_second
        return max(1, -int(-missing / self._rate.per_second // 1))
