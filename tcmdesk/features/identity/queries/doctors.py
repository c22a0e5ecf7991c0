"""Who the doctors are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from tcmdesk.features.identity.models import DEPARTMENT_NAME, DOCTOR_ORDER, Department, Doctor, User
from tcmdesk.features.identity.types import DoctorRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DOCTORS: Final = (
    select(Doctor.id, Doctor.user_id, User.name, DEPARTMENT_NAME.label("department"), Doctor.title)
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .where(User.status == "active")
    .order_by(*DOCTOR_ORDER)
)


def read_doctors(connection: Connection) -> tuple[DoctorRow, ...]:
    """Active doctors in `DOCTOR_ORDER`."""
    return tuple(DoctorRow(*row) for row in connection.execute(_DOCTORS))
