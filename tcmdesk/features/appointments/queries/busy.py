"""Time that is taken, as a part of a union; see `schedules.queries.parts`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, String, and_, bindparam, or_

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment, DeskHold
from tcmdesk.features.appointments.queries.cards import placed
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.schedules.service.parts import part

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Select

    from tcmdesk.features.appointments.queries.intervals import Span
    from tcmdesk.features.schedules.service.parts import Types

BUSY: Final = "busy"
HELD: Final = "held"
BUSY_TYPES: Final[Types] = {
    "appointment_date": UtcTimestamp(),
    "slot": String(),
    "desk_starts_at": UtcTimestamp(),
    "minutes": Integer(),
}
LONGEST: Final = dt.timedelta(hours=8)

ACTIVE: Final = and_(
    or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value),
    Appointment.patient_id != CLINIC_ACCOUNT_ID,
)
"""Appointments that keep a doctor: neither cancelled nor blocks of the clinic itself."""


def busy_part(types: Types, of_doctor: Any) -> Select[Any]:
    """Active appointments of doctors whose date lies in the bound span ``start`` to ``end``."""
    return (
        part(
            BUSY, types, id=Appointment.id, doctor_id=Appointment.doctor_id,
            appointment_date=Appointment.appointment_date, slot=Appointment.time_slot,
            desk_starts_at=DeskAppointment.starts_at, minutes=DeskAppointment.minutes,
        )
        .select_from(Appointment)
        .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
        .where(
            Appointment.doctor_id.in_(of_doctor),
            Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
            Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
            ACTIVE,
        )
    )  # fmt: skip


def held_part(types: Types, of_doctor: Any) -> Select[Any]:
    """Time that is kept for someone at the bound ``now`` and begins in the span."""
    return part(
        HELD, types, id=DeskHold.id, doctor_id=DeskHold.resource_id, desk_starts_at=DeskHold.starts_at,
        minutes=DeskHold.minutes,
    ).where(
        DeskHold.resource_id.in_(of_doctor),
        DeskHold.starts_at >= bindparam("start", type_=UtcTimestamp),
        DeskHold.starts_at < bindparam("end", type_=UtcTimestamp),
        DeskHold.expires_at > bindparam("now", type_=UtcTimestamp),
    )  # fmt: skip


def span_of(row: Any, zone: ZoneInfo) -> Span | None:
    """The interval of a busy or held row; None when its time cannot be read."""
    if row.part == HELD:
        starts_at, minutes = row.desk_starts_at, row.minutes
    else:
        starts_at, minutes = placed(row.appointment_date, row.slot, row.desk_starts_at, row.minutes, zone)
    return None if starts_at is None else (starts_at, starts_at + dt.timedelta(minutes=minutes))
