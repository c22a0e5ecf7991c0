"""What papers say. Two or three statements each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.errors import Conflict
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import present
from tcmdesk.features.appointments.types import READ, VisitType
from tcmdesk.features.reception.service import _rules as rules
from tcmdesk.features.reception.service import waiting
from tcmdesk.features.reception.types import DayList, Slip, Ticket
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor


@requires(READ)
def ticket(connection: Connection, actor: Actor, appointment_id: str, zone: ZoneInfo) -> Ticket:
    """The ticket of somebody who has come.

    Raises:
        Conflict: ``visits.not_here``: nobody has come, so there is no number.
        NotFound: the appointment is gone.
    """
    found = present.attended(connection, actor, appointment_id)
    card, visit = found.card, found.card.visit
    if visit is None or visit.number is None or visit.arrived_at is None:
        raise Conflict("visits.not_here", N_("This person has not arrived yet."))
    day = visit.arrived_at.astimezone(zone).date()
    return Ticket(
        clinic=clinic(connection, actor).name,
        number=visit.number,
        patient_name=card.patient_name,
        doctor_name=found.doctor_name,
        department=found.department,
        room=found.room,
        day=day,
        starts_at=card.starts_at,
        arrived_at=visit.arrived_at,
        ahead=waiting.room(connection, actor, day, zone).ahead_of(appointment_id),
        walk_in=visit.walk_in,
    )


@requires(READ)
def slip(connection: Connection, actor: Actor, appointment_id: str, zone: ZoneInfo) -> Slip:
    """An appointment on paper.

    Raises:
        NotFound: the appointment is gone.
    """
    found = present.attended(connection, actor, appointment_id)
    card = found.card
    return Slip(
        clinic=clinic(connection, actor).name,
        appointment_id=card.appointment_id,
        patient_name=card.patient_name,
        gender=card.gender,
        birthday=card.birthday,
        doctor_name=found.doctor_name,
        department=found.department,
        room=found.room,
        day=rules.day_of(card, zone),
        starts_at=card.starts_at,
        minutes=card.minutes,
        slot_text=card.slot_text,
        video=card.visit_type is VisitType.VIDEO,
    )


@requires(READ)
def day_list(
    connection: Connection, actor: Actor, doctor_id: str, doctor_name: str, day: dt.date, zone: ZoneInfo
) -> DayList:
    """A doctor's day on paper; `doctor_name` heads a day without a booking too."""
    found = present.of_doctor(connection, actor, doctor_id, day, zone)
    first = found[0] if found else None
    return DayList(
        clinic=clinic(connection, actor).name,
        doctor_name=doctor_name,
        department=first.department if first is not None else "",
        room=first.room if first is not None else "",
        day=day,
        cards=tuple(each.card for each in found),
    )
