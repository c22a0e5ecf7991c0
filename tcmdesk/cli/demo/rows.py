"""The rows of the demo, gathered by table before they are written in bulk."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Row = dict[str, Any]
Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can be booked: an account holder, or a profile under one."""

    user_id: str
    profile_id: str | None
    name: str
    gender: Gender
    age: int


@dataclass
class Rows:
    """Rows by table name, and the dice that make them: the same seed gives the same clinic.

    `now` is the moment the demo is made for, `zone` the clinic's.
    """

    now: dt.datetime
    zone: ZoneInfo
    dice: random.Random = field(default_factory=lambda: random.Random(1578))  # noqa: S311  (repeatable, no secret)
    tables: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    def moment(self, day: dt.date, minutes: int) -> dt.datetime:
        """The UTC instant of a minute of a clinic day."""
        midnight = dt.datetime.combine(day, dt.time(), self.zone)
        return (midnight + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)

    def add(self, table: str, **values: Any) -> None:
        self.tables[table].append(values)

    def birthday(self, age: int) -> dt.date:
        """A day of birth that makes someone `age` years old today."""
        return self.today - dt.timedelta(days=age * 365 + age // 4 + self.dice.randrange(2, 340))
