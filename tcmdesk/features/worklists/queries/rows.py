"""What all lists read of an appointment, and how their pages follow each other."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Select, and_, bindparam, or_
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import EARLIEST, UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.service.cards import card_columns, card_of
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.worklists.types import PAGE, Key, ListRow, Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.elements import ColumnElement

DAY: Final = dt.timedelta(days=1)
NEVER: Final = EARLIEST
"""What a row without a moment is ordered by."""

doctor_user: Final = aliased(User)

pending: Final = or_(Appointment.status.is_(None), Appointment.status == Status.PENDING.value)
open_: Final = or_(
    Appointment.status.is_(None), Appointment.status.in_((Status.PENDING.value, Status.CONFIRMED.value))
)
from_platform: Final = or_(DeskAppointment.source.is_(None), DeskAppointment.source == "platform")


def listed() -> Select[*tuple[Any, ...]]:
    """Appointments of patients, with the doctor's name and the account's phone."""
    return (
        card_columns()
        .add_columns(doctor_user.name.label("doctor_name"), User.phone.label("phone"), Appointment.created_at)
        .outerjoin(Doctor, Doctor.id == Appointment.doctor_id)
        .outerjoin(doctor_user, doctor_user.id == Doctor.user_id)
        # the clinic's own blocks of time on the platform are rows of this table too
        .where(Appointment.patient_id != CLINIC_ACCOUNT_ID)
    )


def after(
    chosen: Select[*tuple[Any, ...]],
    moment: ColumnElement[dt.datetime] | InstrumentedAttribute[dt.datetime],
    key: Key | None,
    *,
    backwards: bool,
) -> Select[*tuple[Any, ...]]:
    """The next page in order of a moment and the id; one row more than is shown says whether another follows."""
    ordered = (moment.desc(), Appointment.id.desc()) if backwards else (moment, Appointment.id)
    chosen = chosen.order_by(*ordered).limit(PAGE + 1)
    if key is None:
        return chosen
    at = bindparam("after_at", key[0], type_=UtcTimestamp)
    beyond = moment < at if backwards else moment > at
    further = Appointment.id < key[1] if backwards else Appointment.id > key[1]
    return chosen.where(or_(beyond, and_(moment == at, further)))


def read_page(
    connection: Connection,
    chosen: Select[*tuple[Any, ...]],
    zone: ZoneInfo,
    make: Callable[[Any, ListRow], ListRow] = lambda _row, made: made,
    *,
    at: str = "at",
) -> Page:
    """Run a page's statement. `make` completes a row; `at` names the column the list is ordered by."""
    rows = connection.execute(chosen).all()
    found = [make(row, _row(row, zone, at)) for row in rows[:PAGE]]
    return Page(tuple(found), found[-1].key if len(rows) > PAGE else None)


def _row(row: Any, zone: ZoneInfo, at: str) -> ListRow:
    card = card_of(row, zone)
    moment: dt.datetime | None = getattr(row, at)
    return ListRow(card, row.doctor_name or "", row.phone, moment or NEVER, card.appointment_id)
