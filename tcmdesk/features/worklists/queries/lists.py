"""Unconfirmed bookings, who should come again, who did not come. Each page is one statement.

Every one walks an index of the contract: dates for what is to come or has just been, and a patient's own
appointments for whether they have come or will come since.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.visits.types import Stage
from tcmdesk.features.worklists.models import ListMark
from tcmdesk.features.worklists.queries import rows
from tcmdesk.features.worklists.types import Key, ListName, ListRow, Page

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy.sql.elements import ColumnElement

_Later = aliased(Appointment)
_LaterDesk = aliased(DeskAppointment)


def read_unconfirmed(connection: Connection, from_: dt.datetime, zone: ZoneInfo, key: Key | None) -> Page:
    """Bookings to come that nobody has confirmed, the next ones first."""
    chosen = (
        rows.listed()
        .add_columns(Appointment.appointment_date.label("at"))
        # the date may carry any time of its day
        .where(Appointment.appointment_date > from_ - rows.DAY, rows.pending)
    )
    page = rows.read_page(
        connection, rows.after(chosen, Appointment.appointment_date, key, backwards=False), zone
    )

    def by_time(row: ListRow) -> tuple[dt.date, dt.datetime]:
        return row.at.astimezone(zone).date(), row.card.starts_at or row.at

    return replace(page, rows=tuple(sorted(page.rows, key=by_time)))


def read_recall(
    connection: Connection,
    before: dt.datetime,
    since: dt.datetime,
    today: dt.date,
    zone: ZoneInfo,
    key: Key | None,
) -> Page:
    """Last visits between two moments of people who have neither come since nor will come, the latest first."""
    chosen = (
        rows.listed()
        .add_columns(Appointment.appointment_date.label("at"))
        .where(
            Appointment.appointment_date >= since,
            Appointment.appointment_date < before,
            Appointment.status == Status.COMPLETED.value,
            ~_comes_again(),
            ~_marked(ListName.RECALL, _person(), today),
        )
    )
    paged = rows.after(chosen, Appointment.appointment_date, key, backwards=True)

    def complete(_row: Any, made: ListRow) -> ListRow:
        return replace(made, subject=made.card.ref.profile_id or made.card.ref.user_id)

    return rows.read_page(connection, paged, zone, complete)


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
    # the card's own join
    absent = or_(DeskVisit.stage.is_(None), DeskVisit.stage.in_((Stage.NO_SHOW.value, Stage.EXPECTED.value)))
    chosen = (
        rows.listed()
        .add_columns(Appointment.appointment_date.label("at"))
        .where(
            Appointment.appointment_date >= since,
            Appointment.appointment_date < before,
            Appointment.status == Status.CONFIRMED.value,
            absent,
            ~_comes_again(),
            ~_marked(ListName.NO_SHOW, Appointment.id, today),
        )
    )
    paged = rows.after(chosen, Appointment.appointment_date, key, backwards=True)
    return rows.read_page(connection, paged, zone)


def _person() -> ColumnElement[str]:
    return func.coalesce(DeskAppointment.profile_id, Appointment.patient_id)


def _comes_again() -> ColumnElement[bool]:
    """Whether the same person has another visit after this one, done or to come."""
    same = or_(
        and_(_LaterDesk.profile_id.is_(None), DeskAppointment.profile_id.is_(None)),
        _LaterDesk.profile_id == DeskAppointment.profile_id,
    )
    later = (
        select(_Later.id)
        .outerjoin(_LaterDesk, _LaterDesk.appointment_id == _Later.id)
        .where(
            _Later.patient_id == Appointment.patient_id,
            _Later.appointment_date > Appointment.appointment_date,
            or_(_Later.status.is_(None), _Later.status != Status.CANCELLED.value),
            same,
        )
        .correlate(Appointment, DeskAppointment)
    )
    return later.exists()


def _marked(name: ListName, subject: ColumnElement[Any] | Any, today: dt.date) -> ColumnElement[bool]:
    """Whether somebody has put the row off beyond today, or taken it off for good."""
    return exists().where(
        ListMark.list == name.value,
        ListMark.subject == subject,
        or_(ListMark.until.is_(None), ListMark.until > today),
    )
