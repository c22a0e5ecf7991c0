"""Making an appointment, giving it another time, and taking back a cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from tcmdesk.core.errors import NotFound
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.queries.briefing import Briefing, read_briefing
from tcmdesk.features.appointments.queries.current import Current, read_current, read_several
from tcmdesk.features.appointments.service import _messages as messages
from tcmdesk.features.appointments.service import _rows as rows
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.service._claims import give_back, take
from tcmdesk.features.appointments.types import (
    BOOK,
    BookAppointment,
    Booked,
    Kind,
    MoveAppointment,
    RestoreAppointment,
    Source,
    Status,
)

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.patients.types import PatientRef


@requires(BOOK)
def book(uow: UnitOfWork, actor: Actor, command: BookAppointment) -> Booked:
    """Book a confirmed appointment: five statements after the ledger's, six with it.

    Raises:
        Conflict: ``appointments.slot_taken``.
        NotFound: doctor, account or family member.
        ValidationError: time, length or text.
    """
    start, end = rules.interval(command.starts_at, command.minutes)
    rules.refuse_past(end, uow.now)
    rules.check_symptoms(command.symptoms)
    take(uow, command.doctor_id, start, end, command.appointment_id)
    briefing = _brief(uow, command.doctor_id, command.patient, start, end, command.appointment_id)
    uow.execute(
        insert(Appointment).values(
            id=command.appointment_id,
            patient_id=command.patient.user_id,
            doctor_id=command.doctor_id,
            appointment_date=start,
            time_slot=_slot(start, briefing),
            visit_type=command.visit_type.value,
            symptoms=command.symptoms,
            has_visited_before=command.kind is Kind.FOLLOW_UP,
            status=Status.CONFIRMED.value,
        )
    )
    rows.insert_desk_row(
        uow,
        command.appointment_id,
        profile_id=command.patient.profile_id,
        starts_at=start,
        minutes=command.minutes,
        source=Source.DESK.value,
        kind=command.kind.value,
        patient_confirmed=True,
    )
    visit = _visit(command.appointment_id, command.patient.user_id, briefing, start)
    messages.tell(uow, actor, messages.BOOKED, visit)
    return Booked(command.appointment_id, start, command.minutes)


@requires(BOOK)
def move(uow: UnitOfWork, actor: Actor, command: MoveAppointment) -> Booked:
    """Give an appointment, the platform's too, another time, doctor or length.

    Raises:
        Conflict: ``appointments.slot_taken``, ``appointments.changed``, or it is cancelled or done.
        NotFound: the appointment or the doctor.
        ValidationError: time or length.
    """
    start, end = rules.interval(command.starts_at, command.minutes)
    current = _current(uow, command.appointment_id)
    card = current.card
    if (card.doctor_id, card.starts_at, card.minutes) == (command.doctor_id, start, command.minutes):
        return Booked(card.appointment_id, start, command.minutes)
    if rows.differs(card, command.version, rows.TIME):
        raise rules.changed(card)
    rules.refuse_closed(card)
    rules.refuse_past(end, uow.now)
    take(uow, command.doctor_id, start, end, card.appointment_id)
    give_back(uow, current, keep=(command.doctor_id, start, end))
    briefing = _brief(uow, command.doctor_id, card.ref, start, end, card.appointment_id)
    if not rows.update_as_read(
        uow,
        card.appointment_id,
        command.version,
        rows.TIME,
        doctor_id=command.doctor_id,
        appointment_date=start,
        time_slot=_slot(start, briefing),
    ):
        raise rules.changed(_current(uow, card.appointment_id).card)
    rows.write_desk_row(uow, current, starts_at=start, minutes=command.minutes, overlap_kept=False)
    visit = _visit(card.appointment_id, card.ref.user_id, briefing, start)
    messages.tell(uow, actor, messages.MOVED, visit)
    return Booked(card.appointment_id, start, command.minutes)


@requires(BOOK)
def restore(uow: UnitOfWork, actor: Actor, command: RestoreAppointment) -> Booked | None:
    """Take back a cancellation; None for one whose time cannot be read.

    Raises:
        Conflict: ``appointments.slot_taken``: someone has the time by now.
        NotFound: the appointment.
    """
    current = _current(uow, command.appointment_id)
    card = current.card
    booked = None if card.starts_at is None else Booked(card.appointment_id, card.starts_at, card.minutes)
    if card.status is not Status.CANCELLED:
        return booked
    visit = messages.Visit(
        card.appointment_id, card.ref.user_id, card.patient_name, current.doctor_name,
        card.version.appointment_date.astimezone(current.zone).date(), card.starts_at, current.zone,
    )  # fmt: skip
    if card.starts_at is not None and card.ends_at is not None:
        cells = rules.on_grid(card.starts_at, card.ends_at)
        take(uow, card.doctor_id, *cells, card.appointment_id)
        _brief(uow, card.doctor_id, card.ref, card.starts_at, card.ends_at, card.appointment_id)
    if not rows.update_as_read(
        uow, card.appointment_id, card.version, rows.TIME, status=command.status.value
    ):
        raise rules.changed(_current(uow, card.appointment_id).card)
    time = {} if card.starts_at is None else {"starts_at": card.starts_at, "minutes": card.minutes}
    rows.write_desk_row(uow, current, cancel_reason=None, cancelled_by=None, cancelled_at=None, **time)
    messages.tell(uow, actor, messages.RESTORED, visit)
    return booked


def _current(uow: UnitOfWork, appointment_id: str) -> Current:
    current = read_current(uow.connection, appointment_id)
    if current is None:
        raise rules.gone()
    return current


def _brief(
    uow: UnitOfWork,
    doctor_id: str,
    patient: PatientRef,
    start: dt.datetime,
    end: dt.datetime,
    appointment_id: str,
) -> Briefing:
    """Names and zone, once it is sure that nobody else, the platform included, has the time."""
    briefing = read_briefing(uow.connection, doctor_id, patient, start)
    if briefing is None:
        raise NotFound(
            "appointments.unknown", N_("The doctor or the patient no longer exists. Choose both again.")
        )
    if not briefing.profile_found:
        raise NotFound(
            "appointments.profile", N_("This family member no longer belongs to the account. Choose again.")
        )
    in_the_way = briefing.overlapping(start, end, besides=appointment_id)
    if in_the_way:
        holders = read_several(uow.connection, in_the_way)
        raise rules.taken(tuple(holder.card for holder in holders))
    return briefing


def _slot(start: dt.datetime, briefing: Briefing) -> str:
    local = start.astimezone(briefing.zone)
    return slot_text.write(local.hour * 60 + local.minute)


def _visit(appointment_id: str, user_id: str, briefing: Briefing, start: dt.datetime) -> messages.Visit:
    return messages.Visit(
        appointment_id, user_id, briefing.patient_name, briefing.doctor_name,
        start.astimezone(briefing.zone).date(), start, briefing.zone,
    )  # fmt: skip
