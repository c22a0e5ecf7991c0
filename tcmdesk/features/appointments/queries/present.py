"""Appointments of people who are here, with everything a waiting room or a piece of paper says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Date, bindparam, func, or_, select

from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries.cards import board_columns, card_of
from tcmdesk.features.appointments.queries.clinic import ZONE
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.types import AttendedCard, Status
from tcmdesk.features.identity.models import DEPARTMENT_NAME, Department, Doctor, User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.schedules.models import DeskResource
from tcmdesk.features.schedules.types import ResourceKind
from tcmdesk.features.settings.service import zone_of
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.visits.types import Stage

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.db.unit_of_work import UnitOfWork

_HERE: Final = (Stage.ARRIVED.value, Stage.CALLED.value, Stage.IN_CONSULTATION.value)
_OPEN: Final = (Status.PENDING.value, Status.CONFIRMED.value)

_name = (
    select(User.name)
    .join(Doctor, Doctor.user_id == User.id)
    .where(Doctor.id == Appointment.doctor_id)
    .correlate(Appointment)
    .scalar_subquery()
)
_department = (
    select(DEPARTMENT_NAME)
    .select_from(Doctor)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(Doctor.id == Appointment.doctor_id)
    .correlate(Appointment)
    .scalar_subquery()
)
_room = (
    select(func.min(DeskResource.name))
    .where(
        DeskResource.doctor_id == Appointment.doctor_id,
        DeskResource.kind == ResourceKind.ROOM.value,
        DeskResource.active.is_(True),
    )
    .correlate(Appointment)
    .scalar_subquery()
)
_CARDS: Final = board_columns().add_columns(
    _name.label("doctor_name"), _department.label("department"), _room.label("doctor_room"), ZONE
)
_PRESENT: Final = _CARDS.where(
    DeskVisit.day == bindparam("day", type_=Date()),
    DeskVisit.stage.in_(_HERE),
    or_(Appointment.status.is_(None), Appointment.status.in_(_OPEN)),
)
_ONE: Final = _CARDS.where(Appointment.id == bindparam("appointment_id"))
_OF_DOCTOR: Final = _CARDS.where(
    Appointment.doctor_id == bindparam("doctor_id"),
    # time that is only kept from being sold
    Appointment.patient_id != CLINIC_ACCOUNT_ID,
    Appointment.appointment_date >= bindparam("start"),
    Appointment.appointment_date < bindparam("end"),
    or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value),
)
_HOLD: Final = select(Appointment.id).where(Appointment.id == bindparam("appointment_id")).with_for_update()


def read_present(connection: Connection, day: dt.date, zone: ZoneInfo) -> tuple[AttendedCard, ...]:
    """Open appointments of those who have come on a day and not gone, in no order."""
    return tuple(_attended(row, zone) for row in connection.execute(_PRESENT, {"day": day}))


def read_attended(connection: Connection, appointment_id: str) -> AttendedCard | None:
    """One appointment, or None when it is gone."""
    row = connection.execute(_ONE, {"appointment_id": appointment_id}).one_or_none()
    return None if row is None else _attended(row, zone_of(row.zone))


def hold(uow: UnitOfWork, appointment_id: str) -> AttendedCard | None:
    """One appointment, locked until the transaction ends, so that nobody cancels or moves it meanwhile.

    SQLite admits one writer at a time and needs no lock.
    """
    uow.execute(_HOLD, {"appointment_id": appointment_id})
    return read_attended(uow.connection, appointment_id)


def read_of_doctor(
    connection: Connection, doctor_id: str, day: dt.date, zone: ZoneInfo
) -> tuple[AttendedCard, ...]:
    """A doctor's appointments of a day but for cancelled ones, by time; those without a readable one come last."""
    start, end = bounds(day, zone)
    rows = connection.execute(_OF_DOCTOR, {"doctor_id": doctor_id, "start": start, "end": end})
    return tuple(sorted((_attended(row, zone) for row in rows), key=_by_time))


def _by_time(attended: AttendedCard) -> tuple[bool, Any, str]:
    card = attended.card
    return card.starts_at is None, card.starts_at, card.appointment_id


def _attended(row: Any, zone: ZoneInfo) -> AttendedCard:
    card = card_of(row, zone)
    called_to = card.visit.room if card.visit is not None else ""
    return AttendedCard(card, row.doctor_name or "", row.department or "", called_to or row.doctor_room or "")
