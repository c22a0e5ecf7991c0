"""An appointment as a change finds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, select

from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries.cards import card_columns, card_of
from tcmdesk.features.appointments.queries.clinic import ZONE
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.settings.service import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from tcmdesk.features.appointments.types import AppointmentCard

_doctor = (
    select(User.name)
    .join(Doctor, Doctor.user_id == User.id)
    .where(Doctor.id == Appointment.doctor_id)
    .correlate(Appointment)
    .scalar_subquery()
)
_CURRENT: Final = card_columns().add_columns(
    ZONE,
    _doctor.label("doctor_name"),
    DeskAppointment.visit_kind_id,
    DeskAppointment.resource_id,
    DeskAppointment.resource_from,
    DeskAppointment.resource_minutes,
)
_BY_IDS: Final = _CURRENT.where(Appointment.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class HeldRoom:
    """The bed or room that an appointment holds, and from when to when."""

    resource_id: str
    start: dt.datetime
    minutes: int

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        return self.start, self.start + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Current:
    """The card with what only a change needs.

    `held_from` and `held_minutes` are the time the desk's cells were claimed for; None for an appointment
    that no desk has touched.
    """

    card: AppointmentCard
    zone: ZoneInfo
    doctor_name: str
    held_from: dt.datetime | None
    held_minutes: int
    visit_kind_id: str | None = None
    room: HeldRoom | None = None

    @property
    def held_until(self) -> dt.datetime | None:
        if self.held_from is None:
            return None
        return self.held_from + dt.timedelta(minutes=self.held_minutes)


def read_current(connection: Connection, appointment_id: str) -> Current | None:
    """One appointment with its whole text, or None when it is gone."""
    return next(iter(read_several(connection, (appointment_id,))), None)


def read_several(connection: Connection, appointment_ids: Iterable[str]) -> tuple[Current, ...]:
    """Several appointments, in order of their ids; those that are gone are left out."""
    rows = connection.execute(_BY_IDS, {"ids": list(appointment_ids)}).all()
    return tuple(_current(row) for row in sorted(rows, key=lambda row: str(row.id)))


def _current(row: Any) -> Current:
    zone = zone_of(row.zone)
    room = None
    if row.resource_id is not None and row.resource_from is not None:
        room = HeldRoom(row.resource_id, row.resource_from, row.resource_minutes or 0)
    return Current(
        card_of(row, zone), zone, row.doctor_name or "", row.starts_at, row.minutes or 0, row.visit_kind_id, room
    )  # fmt: skip
