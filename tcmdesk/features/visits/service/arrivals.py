"""Coming, not coming, and the numbers of those who wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.db.unit_of_work import PrepareFirst, UnitOfWork
from tcmdesk.core.permissions import requires
from tcmdesk.features.visits.models import DeskVisit, DeskVisitNumber
from tcmdesk.features.visits.queries import VisitRow, count_up, lay_counter, read_due, read_visit
from tcmdesk.features.visits.service._steps import overtaken, step
from tcmdesk.features.visits.types import ARRIVE, Arrive, Session, Stage, VisitState

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

LATE_PLACES: Final = 2
"""How many of those who were there in time still go before one who came late."""

_COMES: Final = frozenset({Stage.EXPECTED, Stage.NO_SHOW})


@requires(ARRIVE)
def place_of_late(
    connection: Connection, actor: Actor, doctor_id: str, day: dt.date, now: dt.datetime, *, besides: str
) -> dt.datetime:
    """Where one who came late stands: behind the next two who wait, or behind all when they are fewer."""
    due = read_due(connection, doctor_id, day, LATE_PLACES, besides=besides)
    return due[-1] if due else now


@requires(ARRIVE)
def arrive(uow: UnitOfWork, actor: Actor, command: Arrive) -> VisitState:
    """Note that somebody has come, and give a number.

    Someone whose arrival was taken back keeps the number, so that a printed ticket stays true; with another doctor
    or in another part of the day there is a new one, and the old is never given again.

    Raises:
        Conflict: ``visits.overtaken``: another desk was first.
        PrepareFirst: the day's counter has yet to be laid.
    """
    row = read_visit(uow.connection, command.appointment_id)
    if row is not None and row.state.stage not in _COMES:
        raise overtaken(row.state)
    values = {
        "doctor_id": command.doctor_id, "day": command.day, "session": command.session.value,
        "number": _number(uow, command, row), "stage": Stage.ARRIVED.value, "due_at": command.due_at,
        "late": command.late, "walk_in": command.walk_in, "arrived_at": uow.now,
    }  # fmt: skip
    if row is not None:
        return step(uow, command.appointment_id, row, **values)
    return _insert(uow, command.appointment_id, **values)


def _number(uow: UnitOfWork, command: Arrive, row: VisitRow | None) -> int:
    place = (command.doctor_id, command.day, command.session)
    if row is not None and row.state.number is not None and (row.doctor_id, row.day, row.session) == place:
        return row.state.number
    return _next_number(uow, *place)


def _next_number(uow: UnitOfWork, doctor_id: str, day: dt.date, session: Session) -> int:
    number = count_up(uow, doctor_id, day, session, DeskVisitNumber.last)
    if number is None:
        raise PrepareFirst(partial(lay_counter, doctor_id=doctor_id, day=day, session=session))
    return number


def _insert(uow: UnitOfWork, appointment_id: str, **values: object) -> VisitState:
    try:
        uow.execute(
            insert(DeskVisit).values(
                appointment_id=appointment_id,
                changed_by=actor_id(uow.actor),
                **({"call_count": 0, "room": "", "late": False, "walk_in": False} | values),
            )
        )
    except IntegrityError as error:
        current = read_visit(uow.connection, appointment_id)
        if current is None:
            raise
        raise overtaken(current.state) from error
    written = read_visit(uow.connection, appointment_id)
    if written is None:
        raise overtaken(None)
    return written.state


@requires(ARRIVE)
def no_show(uow: UnitOfWork, actor: Actor, command: Arrive) -> VisitState:
    """Note that somebody did not come, or left before being called in. A number that was given stays theirs.

    Raises:
        Conflict: ``visits.overtaken``: the person is in consultation or has been.
    """
    row = read_visit(uow.connection, command.appointment_id)
    if row is None:
        return _insert(
            uow, command.appointment_id, doctor_id=command.doctor_id, day=command.day,
            session=command.session.value, number=None, stage=Stage.NO_SHOW.value, due_at=command.due_at,
        )  # fmt: skip
    if row.state.stage not in {Stage.EXPECTED, Stage.ARRIVED, Stage.CALLED}:
        raise overtaken(row.state)
    return step(uow, command.appointment_id, row, stage=Stage.NO_SHOW.value)


@requires(ARRIVE)
def follow_move(uow: UnitOfWork, actor: Actor, command: Arrive) -> VisitState | None:
    """An appointment has another time or doctor: somebody who waits goes along. None when nobody has come.

    With the same doctor in the same part of the day the number stays; with another there is a new one. On another
    day nobody has come yet.

    Raises:
        Conflict: ``visits.overtaken``: the person is in consultation or has been.
        PrepareFirst: the day's counter has yet to be laid.
    """
    row = read_visit(uow.connection, command.appointment_id)
    if row is None or row.state.stage is Stage.EXPECTED:
        return None
    if row.state.stage in {Stage.IN_CONSULTATION, Stage.FINISHED}:
        raise overtaken(row.state)
    same_day = row.day == command.day
    if row.state.stage is Stage.NO_SHOW or not same_day:
        uow.execute(
            update(DeskVisit)
            .where(
                DeskVisit.appointment_id == command.appointment_id, DeskVisit.stage == row.state.stage.value
            )
            .values(stage=Stage.EXPECTED.value, arrived_at=None, called_at=None)
        )
        return None
    return step(
        uow, command.appointment_id, row, doctor_id=command.doctor_id, session=command.session.value,
        number=_number(uow, command, row), stage=Stage.ARRIVED.value, due_at=command.due_at, late=command.late,
        called_at=None, room="",
    )  # fmt: skip
