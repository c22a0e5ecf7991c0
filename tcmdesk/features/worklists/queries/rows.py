"""What all lists read of an appointment, and how their pages follow each other.

A page is chosen first, by an index and few columns, and joined with everybody's names after that: were it one flat
join, the server would sort the whole list, and a million appointments make long lists.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Select, Subquery, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import EARLIEST, UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.service.cards import card_columns, card_of
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import SELF_WORDS
from tcmdesk.features.worklists.types import PAGE, Key, ListRow, Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.elements import ColumnElement

    Moments = ColumnElement[dt.datetime] | InstrumentedAttribute[dt.datetime]

DAY: Final = dt.timedelta(days=1)
NEVER: Final = EARLIEST
"""What a row without a moment is ordered by."""

Listed: Final = aliased(Appointment)
ListedDesk: Final = aliased(DeskAppointment)
"""The appointments a page is chosen from; the plain tables are those of the cards."""

pending: Final = or_(Listed.status.is_(None), Listed.status == Status.PENDING.value)
open_: Final = or_(Listed.status.is_(None), Listed.status.in_((Status.PENDING.value, Status.CONFIRMED.value)))
from_platform: Final = or_(ListedDesk.source.is_(None), ListedDesk.source == "platform")

_doctor_user: Final = aliased(User)
_Member: Final = aliased(PatientProfile)
_family: Final = (
    exists()
    .where(_Member.user_id == Appointment.patient_id, _Member.relationship.not_in(SELF_WORDS))
    .correlate(Appointment)
)


def listed(moment: Moments) -> Select[*tuple[Any, ...]]:
    """Appointments of patients, to be narrowed; `moment` is what the list is ordered by."""
    return (
        select(Listed.id, moment.label("at"))
        .select_from(Listed)
        .outerjoin(ListedDesk, ListedDesk.appointment_id == Listed.id)
        # the clinic's own blocks of time on the platform are rows of this table too
        .where(Listed.patient_id != CLINIC_ACCOUNT_ID)
    )


def page_of(
    chosen: Select[*tuple[Any, ...]], moment: Moments, key: Key | None, *, backwards: bool
) -> Subquery:
    """The next page in order of a moment and the id; one row more than is shown says whether another follows."""
    ordered = (moment.desc(), Listed.id.desc()) if backwards else (moment, Listed.id)
    chosen = chosen.order_by(*ordered).limit(PAGE + 1)
    if key is not None:
        at = bindparam("after_at", key[0], type_=UtcTimestamp)
        beyond = moment < at if backwards else moment > at
        further = Listed.id < key[1] if backwards else Listed.id > key[1]
        # the first half alone lets the index begin where the last page ended
        within = moment <= at if backwards else moment >= at
        chosen = chosen.where(within, or_(beyond, and_(moment == at, further)))
    return chosen.subquery("page")


def read_page(
    connection: Connection,
    page: Subquery,
    zone: ZoneInfo,
    make: Callable[[Any, ListRow], ListRow] = lambda _row, made: made,
    *,
    backwards: bool,
    parameters: dict[str, object] | None = None,
) -> Page:
    """The cards of a page, with doctors' names and phones. `make` completes a row by the page's other columns."""
    more = [column for name, column in page.c.items() if name not in {"id", "at"}]
    order = (page.c.at.desc(), page.c.id.desc()) if backwards else (page.c.at, page.c.id)
    whole = (
        card_columns()
        .add_columns(
            _doctor_user.name.label("doctor_name"),
            User.phone.label("phone"),
            _family.label("family"),
            page.c.at,
            *more,
        )
        .join(page, page.c.id == Appointment.id)
        .outerjoin(Doctor, Doctor.id == Appointment.doctor_id)
        .outerjoin(_doctor_user, _doctor_user.id == Doctor.user_id)
        .order_by(*order)
    )
    rows = connection.execute(whole, parameters or {}).all()
    found = [make(row, _row(row, zone)) for row in rows[:PAGE]]
    return Page(tuple(found), found[-1].key if len(rows) > PAGE else None)


def _row(row: Any, zone: ZoneInfo) -> ListRow:
    card = card_of(row, zone)
    return ListRow(
        card, row.doctor_name or "", row.phone, row.at or NEVER, card.appointment_id, family=bool(row.family)
    )
