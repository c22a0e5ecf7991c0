"""From the waiting room to the doctor and out again."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.db.unit_of_work import PrepareFirst, UnitOfWork
from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.visits.models import DeskVisitNumber
from tcmdesk.features.visits.queries import count_up, lay_counter, read_recent_call
from tcmdesk.features.visits.service._steps import overtaken, refuse_others, standing, step
from tcmdesk.features.visits.types import (
    CALL,
    ROOM_MAX,
    WAITING,
    Advance,
    Call,
    Session,
    Stage,
    VisitState,
)

SAME_CALL: Final = dt.timedelta(seconds=15)
"""Within this time a second "next" from another desk means the same call and not the person after."""

_BEGINS: Final = WAITING
_ENDS: Final = WAITING | {Stage.IN_CONSULTATION}


@requires(CALL)
def take_turn(uow: UnitOfWork, actor: Actor, doctor_id: str, day: dt.date, session: Session) -> None:
    """Wait for others who call the next of the same doctor, and refuse when one has just done so.

    Raises:
        Conflict: ``visits.just_called``: somebody else called within the last 15 s; `current` is the appointment.
        PermissionDenied: a doctor asks for a colleague's queue.
        PrepareFirst: the day's counter has yet to be laid.
    """
    refuse_others(actor, doctor_id)
    if count_up(uow, doctor_id, day, session, DeskVisitNumber.calls) is None:
        raise PrepareFirst(partial(lay_counter, doctor_id=doctor_id, day=day, session=session))
    recent = read_recent_call(uow.connection, doctor_id, day, uow.now - SAME_CALL)
    if recent is not None and recent.by != actor_id(actor):
        raise Conflict(
            "visits.just_called",
            N_("Number {number} was called a moment ago from another desk. Nobody else was called."),
            current=recent.appointment_id,
            number=recent.number or "–",
        )


@requires(CALL)
def call(uow: UnitOfWork, actor: Actor, command: Call) -> VisitState:
    """Call somebody who waits, or call again.

    Raises:
        Conflict: ``visits.overtaken``: another desk has called since, or the person is not waiting.
        PermissionDenied: the person is a colleague's patient.
        ValidationError: the room's name is too long.
    """
    if len(command.room) > ROOM_MAX:
        raise ValidationError(
            "visits.room", N_("Name the room in at most {most} characters."), field="room", most=ROOM_MAX
        )
    row = standing(uow, actor, command.appointment_id)
    if row.state.stage not in WAITING or row.state.call_count != command.call_count:
        raise overtaken(row.state)
    return step(
        uow, command.appointment_id, row, stage=Stage.CALLED.value, called_at=uow.now,
        call_count=command.call_count + 1, room=command.room,
    )  # fmt: skip


@requires(CALL)
def start(uow: UnitOfWork, actor: Actor, command: Advance) -> VisitState:
    """The consultation begins; somebody who walks in without being called is fine.

    Raises:
        Conflict: ``visits.overtaken``.
        PermissionDenied: the person is a colleague's patient.
    """
    row = standing(uow, actor, command.appointment_id)
    if row.state.stage not in _BEGINS:
        raise overtaken(row.state)
    return step(
        uow,
        command.appointment_id,
        row,
        stage=Stage.IN_CONSULTATION.value,
        started_at=uow.now,
        finished_at=None,
    )


@requires(CALL)
def finish(uow: UnitOfWork, actor: Actor, command: Advance) -> VisitState:
    """The consultation is over, even when nobody noted its beginning.

    Raises:
        Conflict: ``visits.overtaken``.
        PermissionDenied: the person is a colleague's patient.
    """
    row = standing(uow, actor, command.appointment_id)
    if row.state.stage not in _ENDS:
        raise overtaken(row.state)
    return step(uow, command.appointment_id, row, stage=Stage.FINISHED.value, finished_at=uow.now)


@requires(CALL)
def undo(uow: UnitOfWork, actor: Actor, command: Advance) -> VisitState:
    """Take the last step back. The number and the count of calls stay as they are.

    Raises:
        Conflict: ``visits.overtaken``: the visit is no longer at the stage that was seen.
        PermissionDenied: the person is a colleague's patient.
    """
    row = standing(uow, actor, command.appointment_id)
    state = row.state
    if state.stage is not command.seen or state.stage is Stage.EXPECTED:
        raise overtaken(state)
    return step(uow, command.appointment_id, row, **_before(state))


def _before(state: VisitState) -> dict[str, object]:
    """What the row was before the last step."""
    waits = Stage.CALLED if state.called_at is not None else Stage.ARRIVED
    match state.stage:
        case Stage.FINISHED:
            began = state.started_at is not None
            return {"stage": (Stage.IN_CONSULTATION if began else waits).value, "finished_at": None}
        case Stage.IN_CONSULTATION:
            return {"stage": waits.value, "started_at": None}
        case Stage.CALLED:
            return {"stage": Stage.ARRIVED.value, "called_at": None, "room": ""}
        case Stage.NO_SHOW:
            return {"stage": (Stage.EXPECTED if state.arrived_at is None else waits).value}
        case _:
            return {"stage": Stage.EXPECTED.value, "arrived_at": None}
