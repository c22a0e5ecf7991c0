"""When an appointment is, for features whose own statements read its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.permissions import public
from tcmdesk.features.appointments.queries.cards import time_of as _time_of
from tcmdesk.features.appointments.queries.day import bounds as _bounds

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo


@public("turns stored values into an instant; reads nothing")
def time_of(row: Any, zone: ZoneInfo) -> tuple[dt.datetime | None, int]:
    """The start and the minutes of a row with `appointment_date`, `time_slot`, `starts_at` and `minutes`.

    The start is None when the platform's slot text cannot be read.
    """
    return _time_of(row, zone)


@public("reckons; reads nothing")
def day_bounds(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The clinic's midnights around a day, in UTC."""
    return _bounds(day, zone)
