"""Visits as a change finds them, and the numbers given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import mysql, sqlite

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.visits.models import DeskVisit, DeskVisitNumber
from tcmdesk.features.visits.types import Session, Stage, VisitState

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.db.unit_of_work import UnitOfWork

_STATE: Final = (
    DeskVisit.stage,
    DeskVisit.number,
    DeskVisit.arrived_at,
    DeskVisit.called_at,
    DeskVisit.started_at,
    DeskVisit.finished_at,
    DeskVisit.call_count,
    DeskVisit.room,
    DeskVisit.walk_in,
    DeskVisit.late,
    DeskVisit.due_at,
)
_ONE: Final = select(*_STATE, DeskVisit.doctor_id, DeskVisit.day, DeskVisit.session).where(
    DeskVisit.appointment_id == bindparam("appointment_id")
)
_DUE: Final = (
    select(DeskVisit.due_at)
    .where(
        DeskVisit.doctor_id == bindparam("doctor_id"),
        DeskVisit.day == bindparam("day"),
        DeskVisit.stage == Stage.ARRIVED.value,
        DeskVisit.appointment_id != bindparam("besides"),
    )
    .order_by(DeskVisit.due_at, DeskVisit.late, DeskVisit.arrived_at, DeskVisit.number)
    .limit(bindparam("places"))
)
_CALLED: Final = (
    select(DeskVisit.appointment_id, DeskVisit.number, DeskVisit.changed_by, DeskVisit.called_at)
    .where(
        DeskVisit.doctor_id == bindparam("doctor_id"),
        DeskVisit.day == bindparam("day"),
        DeskVisit.stage == Stage.CALLED.value,
        DeskVisit.called_at >= bindparam("since", type_=UtcTimestamp),
    )
    .order_by(DeskVisit.called_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with whose queue it is in."""

    state: VisitState
    doctor_id: str
    day: dt.date
    session: Session


@dataclass(frozen=True, slots=True)
class RecentCall:
    """The last call of a doctor's queue that nobody has answered yet."""

    appointment_id: str
    number: int | None
    by: str | None


def read_visit(connection: Connection, appointment_id: str) -> VisitRow | None:
    """One visit, or None when nobody has said anything about it."""
    row = connection.execute(_ONE, {"appointment_id": appointment_id}).one_or_none()
    if row is None:
        return None
    stage, *state, doctor_id, day, session = row
    return VisitRow(VisitState(Stage(stage), *state), doctor_id, day, Session(session))


def read_due(
    connection: Connection, doctor_id: str, day: dt.date, places: int, *, besides: str
) -> list[dt.datetime]:
    """The moments by which the first of a doctor's queue are ordered."""
    asked = {"doctor_id": doctor_id, "day": day, "places": places, "besides": besides}
    return list(connection.execute(_DUE, asked).scalars())


def read_recent_call(
    connection: Connection, doctor_id: str, day: dt.date, since: dt.datetime
) -> RecentCall | None:
    """Who was called last since a moment and has not gone in yet."""
    row = connection.execute(_CALLED, {"doctor_id": doctor_id, "day": day, "since": since}).one_or_none()
    return None if row is None else RecentCall(row.appointment_id, row.number, row.changed_by)


def count_up(
    uow: UnitOfWork, doctor_id: str, day: dt.date, session: Session, column: Any, by: int = 1
) -> int | None:
    """Raise a counter of a doctor's part of the day and return it; None when its row is not laid yet.

    The row stays locked until the transaction ends, so those who count wait for each other.
    """
    key = (
        DeskVisitNumber.doctor_id == doctor_id,
        DeskVisitNumber.day == day,
        DeskVisitNumber.session == session.value,
    )
    found = uow.execute(update(DeskVisitNumber).where(*key).values({column: column + by}))
    if not found.rowcount:
        return None
    return int(uow.execute(select(column).where(*key)).scalar_one())


def lay_counter(connection: Connection, doctor_id: str, day: dt.date, session: Session) -> None:
    """Make the counters' row where it is missing, in a transaction of its own; see `appointments.queries.cells.lay`."""
    row = {"doctor_id": doctor_id, "day": day, "session": session.value, "last": 0, "calls": 0}
    if connection.dialect.name == "sqlite":
        connection.execute(sqlite.insert(DeskVisitNumber).on_conflict_do_nothing(), row)
    else:
        connection.execute(mysql.insert(DeskVisitNumber).prefix_with("IGNORE"), row)
