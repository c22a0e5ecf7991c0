"""What new hours mean for bookings; the schedules ask for it by its name in the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import public
from tcmdesk.features.appointments.queries.displaced import read_displaced

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.features.schedules.service.parts import Timetable
    from tcmdesk.features.schedules.types import Displaced


@public("asked by the schedules' service inside a change of hours, which has its own permission")
def displaced(
    connection: Connection,
    doctor_id: str,
    before: Timetable,
    after: Timetable,
    now: dt.datetime,
    zone: ZoneInfo,
) -> tuple[Displaced, ...]:
    """A doctor's coming bookings that had room in the hours of `before` and have none in those of `after`."""
    return read_displaced(connection, doctor_id, before, after, now, zone)
