"""Unconfirmed bookings, who should come again, who did not come. Each page is one statement.

Every one walks an index of the contract: dates for what is to come or has just been, and a patient's own
appointments for whether they have come or will come since.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.visits.types import Stage
from tcmdesk.features.worklists.models import ListMark
from tcmdesk.features.worklists.queries import rows
from tcmdesk.features.worklists.queries.rows import Listed, ListedDesk
from tcmdesk.features.worklists.types import Key, ListName, ListRow, Page

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection
    from sqlalchemy.sql.elements import ColumnElement

_Later = aliased(Appointment)
_LaterDesk = aliased(DeskAppointment)
_Visit = aliased(DeskVisit)


def read_unconfirmed(connection: Connection, from_: dt.datetime, zone: ZoneInfo, key: Key | None) -> Page:
    """Bookings to come that nobody has confirmed, the next ones first."""
    # the date may carry any time of its day
    chosen = rows.listed(Listed.appointment_date).where(
        Listed.appointment_date > from_ - rows.DAY, rows.pending
    )
    page = rows.page_of(chosen, Listed.appointment_date, key, backwards=False)
    found = rows.read_page(connection, page, zone, backwards=False)

    def by_time(row: ListRow) -> tuple[dt.date, dt.datetime]:
        return row.at.astimezone(zone).date(), row.card.starts_at or row.at

    return replace(found, rows=tuple(sorted(found.rows, key=by_time)))


def read_recall(
    connection: Connection,
    before: dt.datetime,
    since: dt.datetime,
    today: dt.date,
    zone: ZoneInfo,
    key: Key | None,
) -> Page:
    """Last visits between two moments of people who have neither come since nor will come, the latest first."""
    chosen = rows.listed(Listed.appointment_date).where(
        Listed.appointment_date >= since,
        Listed.appointment_date < before,
        Listed.status == Status.COMPLETED.value,
        ~_comes_again(),
        ~_marked(ListName.RECALL, func.coalesce(ListedDesk.profile_id, Listed.patient_id), today),
    )
    page = rows.page_of(chosen, Listed.appointment_date, key, backwards=True)

    def complete(_row: Any, made: ListRow) -> ListRow:
        return replace(made, subject=made.card.ref.profile_id or made.card.ref.user_id)

    return rows.read_page(connection, page, zone, complete, backwards=True)


def read_no_show(
    connection: Connection,
    before: dt.datetime,
    since: dt.datetime,
    today: dt.date,
    zone: ZoneInfo,
    key: Key | None,
) -> Page:
    """Who did not come between two moments and has no other visit since, the latest first.

    They were marked as not having come, or their confirmed time is over and nobody has noted an arrival.
    """
    arrived = exists().where(
        _Visit.appointment_id == Listed.id,
        _Visit.stage.not_in((Stage.NO_SHOW.value, Stage.EXPECTED.value)),
    )
    chosen = rows.listed(Listed.appointment_date).where(
        Listed.appointment_date >= since,
        Listed.appointment_date < before,
        Listed.status == Status.CONFIRMED.value,
        ~arrived,
        ~_comes_again(),
        ~_marked(ListName.NO_SHOW, Listed.id, today),
    )
    page = rows.page_of(chosen, Listed.appointment_date, key, backwards=True)
    return rows.read_page(connection, page, zone, backwards=True)


def _comes_again() -> ColumnElement[bool]:
    """Whether the same person has another visit after this one, done or to come."""
    same = or_(
        and_(_LaterDesk.profile_id.is_(None), ListedDesk.profile_id.is_(None)),
        _LaterDesk.profile_id == ListedDesk.profile_id,
    )
    later = (
        select(_Later.id)
        .outerjoin(_LaterDesk, _LaterDesk.appointment_id == _Later.id)
        .where(
            _Later.patient_id == Listed.patient_id,
            _Later.appointment_date > Listed.appointment_date,
            or_(_Later.status.is_(None), _Later.status != Status.CANCELLED.value),
            same,
        )
        .correlate(Listed, ListedDesk)
    )
    return later.exists()


def _marked(name: ListName, subject: Any, today: dt.date) -> ColumnElement[bool]:
    """Whether somebody has put the row off beyond today, or taken it off for good."""
    return exists().where(
        ListMark.list == name.value,
        ListMark.subject == subject,
        or_(ListMark.until.is_(None), ListMark.until > today),
    )
