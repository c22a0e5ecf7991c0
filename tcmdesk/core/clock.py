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
