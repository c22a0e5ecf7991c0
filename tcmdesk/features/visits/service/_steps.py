"""What every step of a visit shares: whose it is, whether it may be taken, and the one statement that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from tcmdesk.core.actor import Actor, Role, Staff, actor_id
from tcmdesk.core.errors import Conflict, PermissionDenied
from tcmdesk.core.i18n import N_
from tcmdesk.features.visits.models import DeskVisit
from tcmdesk.features.visits.queries import VisitRow, read_visit
from tcmdesk.features.visits.types import Stage, VisitState

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork

_MESSAGES = {
    Stage.EXPECTED: N_("This arrival has just been taken back."),
    Stage.ARRIVED: N_("This person is waiting, as number {number}."),
    Stage.CALLED: N_("Number {number} has just been called. The list shows by whom and where to."),
    Stage.IN_CONSULTATION: N_("Number {number} is in consultation already."),
    Stage.FINISHED: N_("This visit is finished already."),
    Stage.NO_SHOW: N_("This visit is marked as one that did not come."),
}


def refuse_others(actor: Actor, doctor_id: str) -> None:
    """Raise `PermissionDenied` for a doctor who reaches into a colleague's queue."""
    if isinstance(actor, Staff) and actor.role is Role.DOCTOR and actor.doctor_id != doctor_id:
        raise PermissionDenied(
            "visits.other_doctor",
            N_("You can call your own patients only. The front desk calls everybody's."),
        )


def overtaken(state: VisitState | None) -> Conflict:
    """Somebody else was first; `current` is how far the visit is by now, None when nobody has come."""
    if state is None:
        return Conflict("visits.not_here", N_("This person has not arrived yet."))
    return Conflict("visits.overtaken", _MESSAGES[state.stage], current=state, number=state.number or "–")


def standing(uow: UnitOfWork, actor: Actor, appointment_id: str) -> VisitRow:
    """The visit as it is, for one who may change it.

    Raises:
        Conflict: ``visits.not_here``.
        PermissionDenied: it is in a colleague's queue.
    """
    row = read_visit(uow.connection, appointment_id)
    if row is None:
        raise overtaken(None)
    refuse_others(actor, row.doctor_id)
    return row


def step(uow: UnitOfWork, appointment_id: str, row: VisitRow, **values: Any) -> VisitState:
    """Write `values` if the visit is still at the stage and call that were read.

    One statement compares and writes: of two desks that take a step at once, one finds no row.

    Raises:
        Conflict: ``visits.overtaken``.
    """
    seen = row.state
    found = uow.execute(
        update(DeskVisit)
        .where(
            DeskVisit.appointment_id == appointment_id,
            DeskVisit.stage == seen.stage.value,
            DeskVisit.call_count == seen.call_count,
        )
        .values(changed_by=actor_id(uow.actor), **values)
    )
    now = read_visit(uow.connection, appointment_id)
    if not found.rowcount or now is None:
        raise overtaken(None if now is None else now.state)
    return now.state
