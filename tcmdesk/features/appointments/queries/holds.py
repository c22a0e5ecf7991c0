"""Time that is kept for someone who has been offered it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, literal, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import DeskHold
from tcmdesk.features.appointments.queries.clinic import ZONE
from tcmdesk.features.appointments.types import Hold
from tcmdesk.features.identity.models import User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import PatientRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.sql.elements import ColumnElement

    from tcmdesk.core.db.unit_of_work import UnitOfWork

LONGEST: Final = dt.timedelta(hours=8)
"""No hold is longer than an appointment may be."""


def clock_of(connection: Connection, now: dt.datetime) -> ColumnElement[dt.datetime]:
    """The clock that counts, as a part of a statement: the server's; of an embedded file it is this computer's."""
    if connection.dialect.name == "sqlite":
        return literal(now, UtcTimestamp)
    return func.current_timestamp(type_=UtcTimestamp)


def server_now(connection: Connection, now: dt.datetime) -> dt.datetime:
    """The present moment by the clock that counts."""
    if connection.dialect.name == "sqlite":
        return now.replace(microsecond=0)
    moment: dt.datetime = connection.execute(select(clock_of(connection, now))).scalar_one()
    return moment


_HOLDS: Final = (
    select(
        DeskHold.id,
        DeskHold.resource_id,
        DeskHold.starts_at,
        DeskHold.minutes,
        DeskHold.user_id,
        DeskHold.profile_id,
        DeskHold.expires_at,
        User.name.label("account_name"),
        PatientProfile.name.label("profile_name"),
        ZONE,
    )
    .select_from(DeskHold)
    .outerjoin(User, User.id == DeskHold.user_id)
    .outerjoin(
        PatientProfile,
        and_(PatientProfile.id == DeskHold.profile_id, PatientProfile.user_id == DeskHold.user_id),
    )
)


def hold_of(row: Any) -> Hold:
    """The hold of one row of `_HOLDS`."""
    return Hold(
        row.id,
        row.resource_id,
        row.starts_at,
        row.minutes,
        PatientRef(row.user_id, row.profile_id),
        row.profile_name or row.account_name or "",
        row.expires_at,
    )


def read_rows(connection: Connection, hold_ids: Iterable[str], now: dt.datetime) -> list[Any]:
    """Rows of several holds, each with `zone` and with `live`, which says whether it has not expired."""
    live = (DeskHold.expires_at > clock_of(connection, now)).label("live")
    return list(connection.execute(_HOLDS.add_columns(live).where(DeskHold.id.in_(list(hold_ids)))))


def read_live(
    connection: Connection, start: dt.datetime, end: dt.datetime, now: dt.datetime
) -> tuple[Hold, ...]:
    """Holds that have not expired and touch an interval, earliest first. One statement."""
    rows = connection.execute(
        _HOLDS.where(
            DeskHold.starts_at > start - LONGEST,
            DeskHold.starts_at < end,
            DeskHold.expires_at > clock_of(connection, now),
        ).order_by(DeskHold.starts_at, DeskHold.id)
    )
    return tuple(hold for hold in map(hold_of, rows) if hold.ends_at > start)


def read_expired(connection: Connection, now: dt.datetime) -> tuple[Hold, ...]:
    """Holds whose time has run out."""
    rows = connection.execute(
        _HOLDS.where(DeskHold.expires_at <= clock_of(connection, now)).order_by(DeskHold.id)
    )
    return tuple(map(hold_of, rows))


def write(uow: UnitOfWork, hold: Hold) -> None:
    """Keep the row of a hold whose cells are claimed."""
    uow.execute(
        insert(DeskHold).values(
            id=hold.hold_id,
            resource_id=hold.doctor_id,
            starts_at=hold.starts_at,
            minutes=hold.minutes,
            user_id=hold.patient.user_id,
            profile_id=hold.patient.profile_id,
            expires_at=hold.expires_at,
        )
    )


def end(uow: UnitOfWork, hold_id: str, *, live: bool | None = None) -> bool:
    """Delete a hold's row; returns whether this transaction is the one that did.

    `live` True deletes it only while it has not expired, False only when it has.
    """
    statement = delete(DeskHold).where(DeskHold.id == bindparam("hold"))
    if live is not None:
        clock = clock_of(uow.connection, uow.now)
        statement = statement.where(DeskHold.expires_at > clock if live else DeskHold.expires_at <= clock)
    return bool(uow.execute(statement, {"hold": hold_id}).rowcount)
