"""The doctors of a day, with their hours, from one statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Integer, String, func, union_all

from tcmdesk.features.appointments.types import DoctorColumn
from tcmdesk.features.identity.models import DEPARTMENT_NAME, DOCTOR_ORDER, Department, Doctor, User
from tcmdesk.features.schedules.service.parts import COLUMNS, Reading, days_of, hours_parts, part

if TYPE_CHECKING:
    from sqlalchemy import Select

    from tcmdesk.features.schedules.service.parts import Types

DOCTOR: Final = "doctor"
DOCTOR_TYPES: Final[Types] = {
    **COLUMNS,
    "place": Integer(),
    "name": String(),
    "department": String(),
    "title": String(),
    "department_id": String(),
}


def doctor_part(types: Types) -> Select[Any]:
    """Active doctors; `place` is their order: by department, the longest-serving first."""
    return (
        part(
            DOCTOR, types, doctor_id=Doctor.id, name=User.name, department=DEPARTMENT_NAME, title=Doctor.title,
            department_id=Doctor.department_id, place=func.row_number().over(order_by=DOCTOR_ORDER),
        )
        .select_from(Doctor)
        .join(User, User.id == Doctor.user_id)
        .outerjoin(Department, Department.id == Doctor.department_id)
        .where(User.status == "active")
    )  # fmt: skip


_COLUMNS: Final = union_all(doctor_part(DOCTOR_TYPES), *hours_parts(DOCTOR_TYPES))


def read_columns(connection: Connection, day: dt.date) -> tuple[DoctorColumn, ...]:
    """Active doctors by department, the longest-serving first; `sessions` are the open hours of `day`."""
    return read_span_columns(connection, day, 1)[0]


def read_span_columns(
    connection: Connection, first: dt.date, days: int
) -> tuple[tuple[DoctorColumn, ...], ...]:
    """The same of several days, a tuple a day, each with all doctors in the same order."""
    last = first + dt.timedelta(days=days - 1)
    reading = Reading()
    doctors = [row for row in connection.execute(_COLUMNS, days_of(first, last)) if not reading.take(row)]
    doctors.sort(key=lambda row: row.place)
    timetable = reading.timetable()

    def column(row: Any, day: dt.date) -> DoctorColumn:
        hours = timetable.day(row.doctor_id, day)
        return DoctorColumn(
            row.doctor_id, row.name, row.department, row.title, hours.sessions, hours.closures,
            row.department_id,
        )  # fmt: skip

    return tuple(
        tuple(column(row, day) for row in doctors)
        for day in (first + dt.timedelta(days=number) for number in range(days))
    )
