"""Cancelling, confirming, completing and correcting an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import demand, requires
from tcmdesk.features.appointments.queries.briefing import belongs
from tcmdesk.features.appointments.queries.current import Current, read_current, read_several
from tcmdesk.features.appointments.service import _messages as messages
from tcmdesk.features.appointments.service import _rows as rows
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.service._claims import give_back
from tcmdesk.features.appointments.types import (
    BOOK,
    COMPLETE,
    CancelAppointment,
    EditAppointment,
    Kind,
    SetStatus,
    Status,
)

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(BOOK)
def cancel(uow: UnitOfWork, actor: Actor, command: CancelAppointment) -> None:
    """Cancel, free the cells and tell the patient why.

    Raises:
        Conflict: ``appointments.changed``, or the visit is done.
        NotFound: the appointment.
        ValidationError: no reason.
    """
    reason = rules.check_reason(command.reason)
    current = _current(uow, command.appointment_id)
    card = current.card
    if card.status is Status.CANCELLED:
        return
    rules.refuse_closed(card)
    # cells before the appointment's row, as when it is moved: one order for all
    give_back(uow, current)
    _write_status(uow, current, command, Status.CANCELLED)
    rows.write_desk_row(
        uow,
        current,
        cancel_reason=reason,
        cancelled_by=actor_id(actor),
        cancelled_at=uow.now,
        overlap_kept=False,
    )
    text = messages.CANCELLED if card.starts_at is not None else messages.CANCELLED_WITHOUT_TIME
    messages.tell(uow, actor, text, _visit(current), reason=reason)


@requires(BOOK)
def set_status(uow: UnitOfWork, actor: Actor, command: SetStatus) -> None:
    """Confirm or complete, or take either back; a status that is there already is no conflict.

    Raises:
        Conflict: ``appointments.changed`` or it is cancelled.
        NotFound: the appointment.
        ValidationError: cancelling and restoring have their own commands.
    """
    if command.status is Status.CANCELLED:
        raise ValidationError(
            "appointments.status", N_("Cancelling needs a reason. Use Cancel."), field="status"
        )
    if command.status is Status.COMPLETED:
        demand(actor, COMPLETE)
    current = _current(uow, command.appointment_id)
    card = current.card
    if card.status is command.status:
        return
    if card.status is Status.CANCELLED:
        rules.refuse_closed(card)
    _write_status(uow, current, command, command.status)
    if card.status is Status.PENDING and command.status is Status.CONFIRMED and card.starts_at is not None:
        messages.tell(uow, actor, messages.CONFIRMED, _visit(current))


@requires(BOOK)
def edit(uow: UnitOfWork, actor: Actor, command: EditAppointment) -> None:
    """Correct what is said about a visit, and for whom of the account it is.

    Raises:
        Conflict: ``appointments.changed``: somebody else edited it; nothing is overwritten.
        NotFound: the appointment or the family member.
        ValidationError: the text, or a patient of another account.
    """
    rules.check_symptoms(command.symptoms)
    current = _current(uow, command.appointment_id)
    card = current.card
    if command.patient.user_id != card.ref.user_id:
        raise ValidationError(
            "appointments.account",
            N_("This appointment belongs to another account. Cancel it and book a new one."),
            field="patient",
        )
    _check_profile(uow, command)
    version = command.version
    # what the editor did not touch stays as it is by now, whoever wrote it
    edited: dict[str, Any] = {}
    if command.visit_type is not version.visit_type:
        edited["visit_type"] = command.visit_type
    if command.symptoms != version.symptoms:
        edited["symptoms"] = command.symptoms
    if (command.kind is Kind.FOLLOW_UP) is not bool(version.has_visited_before):
        edited["has_visited_before"] = command.kind is Kind.FOLLOW_UP
    missing = {name: value for name, value in edited.items() if getattr(card.version, name) != value}
    if rows.differs(card, version, tuple(missing)):
        raise rules.changed(card)
    if missing and not rows.update_as_read(uow, card.appointment_id, version, tuple(missing), **missing):
        raise rules.changed(_current(uow, card.appointment_id).card)
    _write_patient(uow, current, command)


def _write_patient(uow: UnitOfWork, current: Current, command: EditAppointment) -> None:
    card = current.card
    wanted, read = command.patient.profile_id, command.version.profile_id
    if wanted not in {read, card.ref.profile_id} and card.ref.profile_id != read:
        raise rules.changed(card)
    profile_id = card.ref.profile_id if wanted == read else wanted
    confirmed = card.patient_confirmed or command.patient_confirmed
    if (profile_id, confirmed) != (card.ref.profile_id, card.patient_confirmed):
        rows.write_desk_row(uow, current, profile_id=profile_id, patient_confirmed=confirmed)


@requires(BOOK)
def keep_overlap(uow: UnitOfWork, actor: Actor, appointment_ids: tuple[str, ...]) -> None:
    """Let appointments that overlap stand; the board no longer lists them as a clash until one more joins.

    Raises:
        NotFound: one of them is gone.
    """
    found = read_several(uow.connection, appointment_ids)
    if len(found) < len(set(appointment_ids)):
        raise rules.gone()
    for current in found:
        rows.write_desk_row(uow, current, overlap_kept=True)


def _check_profile(uow: UnitOfWork, command: EditAppointment) -> None:
    if not belongs(uow.connection, command.patient):
        raise NotFound(
            "appointments.profile", N_("This family member no longer belongs to the account. Choose again.")
        )


def _write_status(
    uow: UnitOfWork, current: Current, command: CancelAppointment | SetStatus, status: Status
) -> None:
    card = current.card
    if rows.differs(card, command.version, rows.TIME):
        raise rules.changed(card)
    if not rows.update_as_read(uow, card.appointment_id, command.version, rows.TIME, status=status.value):
        raise rules.changed(_current(uow, card.appointment_id).card)


def _current(uow: UnitOfWork, appointment_id: str) -> Current:
    current = read_current(uow.connection, appointment_id)
    if current is None:
        raise rules.gone()
    return current


def _visit(current: Current) -> messages.Visit:
    card = current.card
    return messages.Visit(
        card.appointment_id, card.ref.user_id, card.patient_name, current.doctor_name,
        card.version.appointment_date.astimezone(current.zone).date(), card.starts_at, current.zone,
    )  # fmt: skip
