"""The doctors of a day, with their hours, from one statement."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import Connection, select

from tcmdesk.features.appointments.queries.clinic import HOURS
from tcmdesk.features.appointments.types import DoctorColumn
from tcmdesk.features.identity.models import DEPARTMENT_NAME, DOCTOR_ORDER, Department, Doctor, User
from tcmdesk.features.settings.service import hours_of

_COLUMNS: Final = (
    select(
        Doctor.id,
        User.name,
        DEPARTMENT_NAME.label("department"),
        Doctor.title,
        HOURS,
    )
    .select_from(Doctor)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(User.status == "active")
    .order_by(*DOCTOR_ORDER)
)


def read_columns(connection: Connection, day: dt.date) -> tuple[DoctorColumn, ...]:
    """Active doctors by department, the longest-serving first; `sessions` are the hours of `day`."""
    return read_span_columns(connection, day, 1)[0]


def read_span_columns(
    connection: Connection, first: dt.date, days: int
) -> tuple[tuple[DoctorColumn, ...], ...]:
    """The same of several days, a tuple a day, each with all doctors in the same order."""
    rows = connection.execute(_COLUMNS).all()
    return tuple(
        tuple(
            DoctorColumn(row.id, row.name, row.department, row.title, hours_of(row.hours).on(day))
            for row in rows
        )
        for day in (first + dt.timedelta(days=number) for number in range(days))
    )
