"""Which doctor could see somebody who comes now. Three statements."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import board
from tcmdesk.features.appointments.types import READ, BookAppointment, BookingWarning, Kind, VisitType
from tcmdesk.features.reception.service import waiting
from tcmdesk.features.reception.types import WALK_IN_MINUTES, Offer

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.features.patients.types import PatientRef

_MOST: Final = 2000
_WHOLE_DAY: Final = 24 * 60


@requires(READ)
def offers(connection: Connection, actor: Actor, now: dt.datetime, zone: ZoneInfo) -> tuple[Offer, ...]:
    """Doctors who work today, in the board's order, with their next free time and how many wait for them."""
    day = now.astimezone(zone).date()
    free: dict[str, dt.datetime] = {}
    for opening in board.find_openings(
        connection, actor, zone=zone, from_=now, days=1, minutes=WALK_IN_MINUTES, visit_type=VisitType.IN_PERSON,
        limit=_MOST,
    ):  # fmt: skip
        free.setdefault(opening.doctor_id, opening.starts_at)
    here = waiting.room(connection, actor, day, zone)
    queue = Counter(entry.card.doctor_id for entry in here.waiting)
    rooms = {entry.card.doctor_id: entry.room for entry in (*here.in_consultation, *here.waiting)}
    return tuple(
        Offer(
            doctor.doctor_id, doctor.name, doctor.department, rooms.get(doctor.doctor_id, ""),
            queue[doctor.doctor_id], free.get(doctor.doctor_id),
        )
        for doctor in board.board_doctors(connection, actor, day)
        if doctor.sessions or doctor.doctor_id in free or queue[doctor.doctor_id]
    )  # fmt: skip


@requires(READ)
def booked_today(
    connection: Connection,
    actor: Actor,
    patient: PatientRef,
    doctor_id: str,
    now: dt.datetime,
    zone: ZoneInfo,
) -> tuple[BookingWarning, ...]:
    """Appointments that a person has today, as sentences: who has one arrives for it and is no walk-in."""
    midnight = dt.datetime.combine(now.astimezone(zone).date(), dt.time(), zone)
    whole_day = BookAppointment(
        "", doctor_id, patient, midnight, _WHOLE_DAY, VisitType.IN_PERSON, Kind.FOLLOW_UP, ""
    )
    found = board.warnings(connection, actor, whole_day, zone=zone, now=now)
    return tuple(warning for warning in found if warning.code == "appointments.elsewhere")
