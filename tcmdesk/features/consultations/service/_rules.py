"""What every change of a video visit asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.actor import Actor, Patient, Role, Staff, System
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied
from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.queries.rooms import read_row
from tcmdesk.features.consultations.types import OPEN_STATUSES, VisitStatus

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork


def gone() -> NotFound:
    """There is no such visit."""
    return NotFound("video.gone", N_("This video visit no longer exists. The list shows those that do."))


def over(status: VisitStatus) -> Conflict:
    """The visit has ended, one way or another."""
    return Conflict(
        "video.over", N_("This video visit is over. Open it again from the schedule if it is needed."),
        current=status,
    )  # fmt: skip


def current(uow: UnitOfWork, consultation_id: str, *, still_open: bool = True) -> Any:
    """The locked row of a consultation.

    Raises:
        NotFound: ``video.gone``.
        Conflict: ``video.over``, when it has to be open and is not.
    """
    row = read_row(uow.connection, consultation_id, lock=True)
    if row is None:
        raise gone()
    if still_open and VisitStatus(row.status) not in OPEN_STATUSES:
        raise over(VisitStatus(row.status))
    return row


def own_doctor(actor: Actor, doctor_id: str) -> None:
    """Raise `PermissionDenied` unless the actor is the visit's doctor, an administrator or a job."""
    match actor:
        case Staff(role=Role.DOCTOR, doctor_id=own) if own != doctor_id:
            raise PermissionDenied(
                "video.other_doctor",
                N_("This is another doctor's video visit. Only that doctor can hold it."),
            )


def me(actor: Actor) -> Patient:
    """The patient; raises `PermissionDenied` for anybody else, whatever else they may do."""
    if not isinstance(actor, Patient):
        raise PermissionDenied("video.patient_only", N_("Only the patient can say this."))
    return actor


def is_job(actor: Actor) -> bool:
    """Whether the program itself asks."""
    return isinstance(actor, System)
