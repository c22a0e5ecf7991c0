"""The steps of a visit, each inside a transaction: the appointment is held first, then the visit is changed.

Who gets several locks takes them in this order: cells, appointment, visit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import present, visits
from tcmdesk.features.appointments.types import SetStatus, Status
from tcmdesk.features.reception.service import _rules as rules
from tcmdesk.features.reception.service import waiting
from tcmdesk.features.visits.service import arrivals, calls
from tcmdesk.features.visits.types import ARRIVE, CALL, Advance, Call, Stage, VisitState, session_of

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.reception.types import QueueEntry


def _today(uow: UnitOfWork, zone: ZoneInfo) -> dt.date:
    return uow.now.astimezone(zone).date()


def _held(uow: UnitOfWork, actor: Actor, appointment_id: str, zone: ZoneInfo) -> AppointmentCard:
    card = present.hold(uow, actor, appointment_id).card
    rules.refuse_unfit(card, _today(uow, zone), zone)
    return card


def _set_status(uow: UnitOfWork, actor: Actor, card: AppointmentCard, status: Status) -> None:
    visits.set_status(uow, actor, SetStatus(card.appointment_id, card.version, status))


@requires(ARRIVE)
def arrive(uow: UnitOfWork, actor: Actor, appointment_id: str, zone: ZoneInfo) -> VisitState:
    """Somebody is here. An unconfirmed booking is confirmed by coming.

    Raises:
        Conflict: it was cancelled or is done, or another desk was first (``visits.overtaken``).
        NotFound: the appointment or its patient is gone.
        ValidationError: it is on another day.
    """
    card = _held(uow, actor, appointment_id, zone)
    if card.status is Status.PENDING:
        _set_status(uow, actor, card, Status.CONFIRMED)
    place = None
    if rules.is_late(card, uow.now):
        place = arrivals.place_of_late(
            uow.connection, actor, card.doctor_id, rules.day_of(card, zone), uow.now, besides=appointment_id
        )
    return arrivals.arrive(uow, actor, rules.arrival(card, uow.now, zone, late_place=place))


@requires(ARRIVE)
def no_show(uow: UnitOfWork, actor: Actor, appointment_id: str, zone: ZoneInfo) -> VisitState:
    """Somebody did not come. The appointment keeps its status; the time is not given away by this.

    Raises:
        Conflict: it was cancelled or is done, or the person is in consultation.
        NotFound: the appointment is gone.
        ValidationError: its time has not come.
    """
    card = present.hold(uow, actor, appointment_id).card
    rules.refuse_unfit(card, rules.day_of(card, zone), zone)
    if (card.starts_at or card.version.appointment_date) > uow.now and card.visit is None:
        raise ValidationError(
            "reception.not_yet", N_("It is not time yet. Cancel the appointment if the person will not come."),
            field="starts_at",
        )  # fmt: skip
    return arrivals.no_show(uow, actor, rules.arrival(card, uow.now, zone))


@requires(CALL)
def call(uow: UnitOfWork, actor: Actor, appointment_id: str, call_count: int, zone: ZoneInfo) -> VisitState:
    """Call somebody to the doctor's room, or again.

    Raises:
        Conflict: it was cancelled or is done, or another desk has called since `call_count` was read.
        NotFound: the appointment is gone.
        PermissionDenied: a doctor calls a colleague's patient.
    """
    attended = present.hold(uow, actor, appointment_id)
    rules.refuse_unfit(attended.card, _today(uow, zone), zone)
    return calls.call(uow, actor, Call(appointment_id, call_count, attended.room))


@requires(CALL)
def call_next(uow: UnitOfWork, actor: Actor, doctor_id: str, zone: ZoneInfo) -> QueueEntry | None:
    """Call whoever is next with a doctor; None when nobody waits.

    Raises:
        Conflict: ``visits.just_called``: another desk has just done so.
        PermissionDenied: a doctor asks for a colleague's queue.
    """
    now = uow.now.astimezone(zone)
    calls.take_turn(uow, actor, doctor_id, now.date(), session_of(now))
    entry = waiting.room(uow.connection, actor, now.date(), zone).next_of(doctor_id)
    if entry is not None:
        command = Call(entry.card.appointment_id, entry.visit.call_count, entry.room)
        calls.call(uow, actor, command)
    return entry


@requires(CALL)
def start(uow: UnitOfWork, actor: Actor, appointment_id: str, zone: ZoneInfo) -> VisitState:
    """The consultation begins; of somebody who never passed the desk it is the arrival too.

    Raises:
        Conflict: it was cancelled or is done, or the person is in consultation already.
        NotFound: the appointment is gone.
        PermissionDenied: a doctor takes a colleague's patient.
    """
    card = _held(uow, actor, appointment_id, zone)
    if card.visit is None:
        arrive(uow, actor, appointment_id, zone)
    return calls.start(uow, actor, Advance(appointment_id, None))


@requires(CALL)
def finish(uow: UnitOfWork, actor: Actor, appointment_id: str, zone: ZoneInfo) -> VisitState:
    """The consultation is over, and with it the appointment.

    Raises:
        Conflict: it was cancelled, or the person is not here.
        NotFound: the appointment is gone.
        PermissionDenied: a doctor finishes a colleague's visit.
    """
    card = present.hold(uow, actor, appointment_id).card
    if card.status is not Status.COMPLETED:
        rules.refuse_unfit(card, rules.day_of(card, zone), zone)
        _set_status(uow, actor, card, Status.COMPLETED)
    return calls.finish(uow, actor, Advance(appointment_id, None))


@requires(CALL)
def undo(uow: UnitOfWork, actor: Actor, appointment_id: str, seen: Stage) -> VisitState:
    """Take the last step back; a finished visit's appointment is open again.

    Raises:
        Conflict: somebody took another step meanwhile.
        NotFound: the appointment is gone.
        PermissionDenied: it is a colleague's patient.
    """
    card = present.hold(uow, actor, appointment_id).card
    if seen is Stage.FINISHED and card.status is Status.COMPLETED:
        _set_status(uow, actor, card, Status.CONFIRMED)
    return calls.undo(uow, actor, Advance(appointment_id, seen))
