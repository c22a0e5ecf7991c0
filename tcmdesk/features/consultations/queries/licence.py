"""The licence that counts, and the doctors who may."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, true

from tcmdesk.features.consultations.models import DeskVideoDoctor, DeskVideoLicence
from tcmdesk.features.consultations.queries.columns import setting
from tcmdesk.features.consultations.types import Eligibility, Licence
from tcmdesk.features.identity.models import DOCTOR_ORDER, Department, Doctor, User
from tcmdesk.features.settings.types import CATEGORY, ZONE_KEY

_COLUMNS: Final = (
    DeskVideoLicence.holder,
    DeskVideoLicence.licence_no,
    DeskVideoLicence.approval_no,
    DeskVideoLicence.names_internet_diagnosis,
    DeskVideoLicence.valid_until,
    DeskVideoLicence.switched_on,
)
_NEWEST: Final = (
    select(*_COLUMNS).order_by(DeskVideoLicence.entered_at.desc(), DeskVideoLicence.id.desc()).limit(1)
)
_newest = _NEWEST.subquery()
# one row in any case, so that what is missing can be named
_GATE: Final = (
    select(
        setting(CATEGORY, ZONE_KEY).label("zone"),
        _newest,
        select(DeskVideoDoctor.eligible)
        .where(DeskVideoDoctor.doctor_id == bindparam("doctor"))
        .scalar_subquery()
        .label("eligible"),
    )
    .select_from(select(true().label("there")).subquery())
    .outerjoin(_newest, true())
)
_DOCTORS: Final = (
    select(
        Doctor.id,
        User.name,
        DeskVideoDoctor.eligible,
        DeskVideoDoctor.registration,
        DeskVideoDoctor.checked_at,
    )
    .join(User, User.id == Doctor.user_id)
    .outerjoin(Department, Department.id == Doctor.department_id)
    .outerjoin(DeskVideoDoctor, DeskVideoDoctor.doctor_id == Doctor.id)
    .where(User.status == "active")
    .order_by(*DOCTOR_ORDER)
)


def read_licence(connection: Connection) -> Licence | None:
    """The licence entered last."""
    row = connection.execute(_NEWEST).one_or_none()
    return None if row is None else Licence(*row)


def read_gate(connection: Connection, doctor_id: str) -> Any:
    """The licence's columns (null without one), `eligible` of a doctor and the clinic's `zone`. One statement."""
    return connection.execute(_GATE, {"doctor": doctor_id}).one()


def read_doctors(connection: Connection) -> tuple[Eligibility, ...]:
    """Every active doctor, in the clinic's order."""
    return tuple(
        Eligibility(row.id, row.name, bool(row.eligible), row.registration or "", row.checked_at)
        for row in connection.execute(_DOCTORS)
    )
