"""How a video visit ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import update

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import board
from tcmdesk.features.appointments.service import visits as appointment_visits
from tcmdesk.features.appointments.types import SetStatus, Status
from tcmdesk.features.consultations.models import VideoConsultation
from tcmdesk.features.consultations.queries.visits import read_overdue
from tcmdesk.features.consultations.service import _rules as rules
from tcmdesk.features.consultations.service.diagnoses import demand_prior
from tcmdesk.features.consultations.service.templates import count_use
from tcmdesk.features.consultations.types import COMPLETE, KEEP, NOTES_MAX, OPEN, Outcome, VisitStatus
from tcmdesk.features.reception.service import steps
from tcmdesk.features.settings.service import clinic
from tcmdesk.features.visits.types import Stage

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(COMPLETE)
def complete(uow: UnitOfWork, actor: Actor, consultation_id: str, outcome: Outcome) -> None:
    """End the visit with what was found; the appointment completes with it.

    Raises:
        Conflict: not begun; identity or consent is missing; over already; or somebody changed the appointment.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
        ValidationError: the diagnosis is missing, or a text is too long.
    """
    _check(outcome)
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    if row.status != VisitStatus.IN_PROGRESS:
        raise Conflict("video.not_begun", N_("The call has not begun. Cancel the visit, or call first."))
    if row.identity_checked_at is None:
        raise Conflict(
            "video.identity", N_("Tick that you compared name and birthday with the patient first.")
        )
    if row.consented_at is None:
        raise Conflict("video.consent", N_("Ask for consent and tick it first."))
    demand_prior(uow, actor, row)
    began = row.actual_start_time or uow.now
    _end(
        uow,
        row,
        VisitStatus.COMPLETED,
        duration=max(0, int((uow.now - began).total_seconds())),
        diagnosis=outcome.diagnosis.strip(),
        treatment_plan=outcome.treatment_plan.strip() or None,
        notes=outcome.notes.strip() or None,
    )
    if outcome.template_id is not None:
        count_use(uow, actor, outcome.template_id)
    zone = clinic(uow.connection, actor).zone
    card = board.appointment(uow.connection, actor, row.appointment_id, zone)
    if card.visit is not None and card.visit.stage is Stage.IN_CONSULTATION:
        steps.finish(uow, actor, card.appointment_id, zone)
        return
    appointment_visits.set_status(uow, actor, SetStatus(card.appointment_id, card.version, Status.COMPLETED))


@requires(OPEN)
def cancel(uow: UnitOfWork, actor: Actor, consultation_id: str) -> None:
    """Close the room without a result; the appointment stays as it is and can be opened again.

    Raises:
        Conflict: ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    _end(uow, row, VisitStatus.CANCELLED)


@requires(KEEP)
def no_show(uow: UnitOfWork, actor: Actor, consultation_id: str) -> bool:
    """Close the room of a patient who did not come; False when something has happened meanwhile."""
    try:
        row = rules.current(uow, consultation_id)
    except (Conflict, NotFound):
        return False
    if row.status != VisitStatus.WAITING or row.admitted_at is not None:
        return False
    _end(uow, row, VisitStatus.NO_SHOW)
    return True


@requires(KEEP)
def overdue(
    connection: Connection, actor: Actor, *, due: dt.datetime, silent: dt.datetime
) -> tuple[str, ...]:
    """Visits that should have begun before `due` and whose patients have not been there since `silent`."""
    return read_overdue(connection, due, silent)


def _end(uow: UnitOfWork, row: Any, status: VisitStatus, **values: object) -> None:
    uow.execute(
        update(VideoConsultation)
        .where(VideoConsultation.id == row.id)
        .values(status=status.value, end_time=uow.now, **values)
    )


_TEXTS: Final = ("diagnosis", "treatment_plan", "notes")


def _check(outcome: Outcome) -> None:
    if not outcome.diagnosis.strip():
        raise ValidationError("video.diagnosis", N_("Write the diagnosis."), field="diagnosis")
    for name in _TEXTS:
        if len(getattr(outcome, name)) > NOTES_MAX:
            raise ValidationError(
                "video.text", N_("This text is longer than {most} characters. Shorten it."), field=name,
                most=NOTES_MAX,
            )  # fmt: skip
