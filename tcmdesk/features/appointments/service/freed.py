"""Times that have just come free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.freed import read_freed
from tcmdesk.features.appointments.types import READ

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.features.appointments.types import AppointmentCard


@requires(READ)
def just_cancelled(
    connection: Connection, actor: Actor, *, minutes: int, now: dt.datetime, zone: ZoneInfo
) -> tuple[tuple[AppointmentCard, dt.datetime], ...]:
    """Appointments to come that were cancelled, here or on the platform, in the last `minutes`, with the moment.

    Both moments are by the server's clock. One statement.
    """
    return read_freed(connection, minutes, now, zone)
