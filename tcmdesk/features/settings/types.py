"""What the whole clinic agrees on: its name, its clock, its hours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

READ: Final = permission("settings:clinic:read", *Role)
WRITE: Final = permission("settings:clinic:write")

CATEGORY: Final = "clinic"
"""`system_configs.category` of all of these."""

NAME_KEY: Final = "name"
ZONE_KEY: Final = "timezone"
HOURS_KEY: Final = "hours"
NOTIFICATIONS_KEY: Final = "notifications"
LONG_WAIT_KEY: Final = "long_wait"
LONG_WAIT_MINUTES: Final = 30
LONGEST_WAIT: Final = 240
EXTRA_SLOTS_KEY: Final = "extra_slots"
EXTRA_SLOTS: Final = 1
MOST_EXTRA_SLOTS: Final = 10
CLOSED_KEY: Final = "closures_refuse"
MIRROR_KEY: Final = "mirror_closures"

DEFAULT_ZONE: Final = "Asia/Shanghai"
OFF: Final = "false"
"""`config_value` of a switch that is off; a missing row is on, but for `MIRROR_KEY`."""
ON: Final = "true"

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Session:
    """Working hours of one day as minutes after midnight in the clinic's zone, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of working sessions, Monday first, each day's in order of time."""

    week: tuple[tuple[Session, ...], ...]

    def on(self, day: dt.date) -> tuple[Session, ...]:
        return self.week[day.weekday()]


def every_day(*sessions: Session) -> Hours:
    """The same sessions on all seven days."""
    return Hours((sessions,) * 7)


DEFAULT_HOURS: Final = every_day(Session(9 * 60, 12 * 60), Session(14 * 60, 17 * 60))
"""The half-hours that the platform offers its patients, 09:00-12:00 and 14:00-17:00, on every day."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic's settings. `notifications` False keeps every desk from writing messages to patients.

    `long_wait` is the minutes from which somebody has waited too long.
    """

    name: str
    zone: ZoneInfo
    hours: Hours
    notifications: bool = True
    long_wait: int = LONG_WAIT_MINUTES


@dataclass(frozen=True, slots=True)
class ClinicRules:
    """What administrators decide about everybody's work.

    `extra_slots` is how many may be booked beyond a doctor's seats, with a reason. `closures_refuse` False lets leave
    and holidays only warn. `mirror_closures` blocks what the platform would still sell of closed time.
    """

    extra_slots: int = EXTRA_SLOTS
    closures_refuse: bool = True
    mirror_closures: bool = False
    long_wait: int = LONG_WAIT_MINUTES
    notifications: bool = True


def write_hours(hours: Hours) -> str:
    """Hours as they are stored: ``{"mon": [["09:00", "12:00"], …], …}``."""
    return json.dumps(
        {
            weekday: [[_clock(session.start), _clock(session.end)] for session in sessions]
            for weekday, sessions in zip(_WEEKDAYS, hours.week, strict=True)
        }
    )


def read_hours(stored: str) -> Hours:
    """The reverse of `write_hours`; a day that is left out is closed.

    Raises:
        ValueError: the text is not of that form, or a session ends before it starts.
    """
    try:
        week: Mapping[str, Any] = json.loads(stored)
        return Hours(
            tuple(
                tuple(sorted((_session(*pair) for pair in week.get(weekday, ())), key=lambda it: it.start))
                for weekday in _WEEKDAYS
            )
        )
    except (AttributeError, TypeError) as error:
        raise ValueError("not a week of sessions") from error


def _session(start: str, end: str) -> Session:
    session = Session(_minutes(start), _minutes(end))
    if session.start >= session.end:
        raise ValueError("a session ends before it starts")
    return session


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    total = int(hours) * 60 + int(minutes)
    if not 0 <= total <= 24 * 60:
        raise ValueError("no time of day")
    return total


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
