"""Time as the program sees it: aware, UTC, replaceable in tests and pictures."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> dt.datetime:
        """The present moment, aware and in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        return self.moment

    def advance(self, by: dt.timedelta) -> None:
        self.moment += by


class FollowingClock:
    """A clock that is put right by the server's: where several desks work, the server's time counts.

    Args:
        own: this computer's clock, which stays as it is.
    """

    def __init__(self, own: Clock) -> None:
        self.own = own
        self._ahead = dt.timedelta()

    def now(self) -> dt.datetime:
        return self.own.now() - self._ahead

    def follow(self, seconds_ahead: float) -> None:
        """Take from now on this much off this computer's time; `seconds_ahead` is negative for a clock that is slow."""
        self._ahead = dt.timedelta(seconds=seconds_ahead)
