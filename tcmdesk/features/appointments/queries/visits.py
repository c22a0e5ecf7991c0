"""When people were here last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, String, bindparam, func, or_, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.types import LastVisit, Status
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.types import PatientRef

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

_standing = or_(Appointment.status.is_(None), Appointment.status != Status.CANCELLED.value)
_until = bindparam("until", type_=UtcTimestamp)
_since = bindparam("since", type_=UtcTimestamp)

_OF_ACCOUNTS: Final = (
    select(
        Appointment.patient_id,
        DeskAppointment.profile_id,
        Appointment.appointment_date,
        User.name.label("doctor"),
    )
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .outerjoin(Doctor, Doctor.id == Appointment.doctor_id)
    .outerjoin(User, User.id == Doctor.user_id)
    .where(
        Appointment.patient_id.in_(bindparam("accounts", type_=String, expanding=True)),
        Appointment.appointment_date <= _until,
        _standing,
    )
    .order_by(Appointment.appointment_date)
)
_BETWEEN: Final = (
    select(
        Appointment.patient_id,
        DeskAppointment.profile_id,
        func.max(Appointment.appointment_date).label("appointment_date"),
    )
    .outerjoin(DeskAppointment, DeskAppointment.appointment_id == Appointment.id)
    .where(Appointment.appointment_date > _since, Appointment.appointment_date <= _until, _standing)
    .group_by(Appointment.patient_id, DeskAppointment.profile_id)
)


def last_visits_of(
    connection: Connection, account_ids: Iterable[str], until: dt.datetime, zone: ZoneInfo
) -> dict[PatientRef, LastVisit]:
    """The last visits of everybody of some accounts; a booking of the platform counts for the holder."""
    rows = connection.execute(_OF_ACCOUNTS, {"accounts": list(account_ids), "until": until}).all()
    return {_ref(row): LastVisit(_day(row, zone), row.doctor or "") for row in rows}


def visited_between(
    connection: Connection, since: dt.datetime, until: dt.datetime, zone: ZoneInfo
) -> Mapping[PatientRef, dt.date]:
    """Who came in a stretch of time, with the day of the last visit in it."""
    rows = connection.execute(_BETWEEN, {"since": since, "until": until}).all()
    return {_ref(row): _day(row, zone) for row in rows}


def _ref(row: Any) -> PatientRef:
    return PatientRef(row.patient_id, row.profile_id)


def _day(row: Any, zone: ZoneInfo) -> dt.date:
    day: dt.date = row.appointment_date.astimezone(zone).date()
    return day
