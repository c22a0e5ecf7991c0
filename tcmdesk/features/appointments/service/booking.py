"""Making an appointment, giving it another time, and taking back a cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from tcmdesk.core.errors import NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.queries.briefing import Briefing, read_briefing
from tcmdesk.features.appointments.queries.current import Current, read_current, read_several
from tcmdesk.features.appointments.service import _admission as admission
from tcmdesk.features.appointments.service import _messages as messages
from tcmdesk.features.appointments.service import _rooms as rooms
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
from tcmdesk.features.visits.service import arrivals
from tcmdesk.features.visits.types import Arrive, session_of

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.patients.types import PatientRef


@requires(BOOK)
def book(uow: UnitOfWork, actor: Actor, command: BookAppointment) -> Booked:
    """Book a confirmed appointment: five statements after the ledger's, six with it; a bed or room is two more.

    Raises:
        Conflict: ``appointments.slot_taken``; ``appointments.closed`` in a leave; ``appointments.no_room``.
        NotFound: doctor, account or family member, kind of visit, bed or room.
        PermissionDenied: an extra booking by who may not.
        ValidationError: time, length, text or reason.
    """
    start, end = rules.interval(command.starts_at, command.minutes)
    rules.refuse_past(end, uow.now)
    rules.check_symptoms(command.symptoms)
    extra = admission.check_extra(actor, command.extra_reason)
    holder = command.appointment_id
    beyond = admission.seats_for(uow, command.doctor_id, command.patient, start, end, extra=extra is not None)
    take(uow, command.doctor_id, start, end, holder, seats=beyond)
    briefing = _brief(uow, command.doctor_id, command.patient, start, end, holder, extra=extra is not None)
    kind = rooms.kind_of(briefing, command)
    need = rooms.need_of(briefing, command, kind, start)
    room = None if need is None else rooms.take_room(uow, need, holder)
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
        visit_kind_id=None if kind is None else kind.kind_id,
        extra=extra is not None,
        extra_reason=extra,
        **({} if room is None else room.columns()),
    )
    visit = _visit(command.appointment_id, command.patient.user_id, briefing, start)
    messages.tell(uow, actor, messages.BOOKED, visit)
    return Booked(command.appointment_id, start, command.minutes)


@requires(BOOK)
def move(uow: UnitOfWork, actor: Actor, command: MoveAppointment) -> Booked:
    """Give an appointment, the platform's too, another time, doctor or length. Who waits already goes along.

    Raises:
        Conflict: ``appointments.slot_taken``, ``appointments.changed``, ``appointments.closed``,
            ``appointments.no_room``, or it is cancelled or done, or the person is in consultation.
        NotFound: the appointment, the doctor, the bed or room.
        PermissionDenied: an extra booking by who may not.
        ValidationError: time, length or reason.
    """
    start, end = rules.interval(command.starts_at, command.minutes)
    current = _current(uow, command.appointment_id)
    card = current.card
    stays = (card.doctor_id, card.starts_at, card.minutes) == (command.doctor_id, start, command.minutes)
    if stays and command.resource_id in {None, current.room.resource_id if current.room else None}:
        return Booked(card.appointment_id, start, command.minutes)
    if rows.differs(card, command.version, rows.TIME):
        raise rules.changed(card)
    rules.refuse_closed(card)
    rules.refuse_past(end, uow.now)
    extra = admission.check_extra(actor, command.extra_reason)
    beyond = admission.seats_for(uow, command.doctor_id, card.ref, start, end, extra=extra is not None)
    take(uow, command.doctor_id, start, end, card.appointment_id, seats=beyond)
    briefing = _brief(
        uow, command.doctor_id, card.ref, start, end, card.appointment_id, extra=extra is not None
    )
    need = rooms.need_after_move(briefing, command, current, start)
    room = None if need is None else rooms.take_room(uow, need, card.appointment_id)
    give_back(
        uow,
        current,
        keep=(command.doctor_id, start, end),
        keep_room=None if room is None else (room.resource_id, room.start, room.end),
    )
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
    rows.write_desk_row(
        uow,
        current,
        starts_at=start,
        minutes=command.minutes,
        overlap_kept=False,
        extra=extra is not None,
        extra_reason=extra,
        **({} if room is None else room.columns()),
    )
    if card.visit is not None:
        local = start.astimezone(briefing.zone)
        place = Arrive(card.appointment_id, command.doctor_id, local.date(), session_of(local), start)
        arrivals.follow_move(uow, actor, place)
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
    room = None
    if card.starts_at is not None and card.ends_at is not None:
        cells = rules.on_grid(card.starts_at, card.ends_at)
        beyond = admission.seats_for(uow, card.doctor_id, card.ref, *cells, extra=card.extra)
        take(uow, card.doctor_id, *cells, card.appointment_id, seats=beyond)
        briefing = _brief(
            uow, card.doctor_id, card.ref, card.starts_at, card.ends_at, card.appointment_id,
            extra=card.extra, anywhere=True,
        )  # fmt: skip
        room = _room_again(uow, briefing, current)
    if not rows.update_as_read(
        uow, card.appointment_id, card.version, rows.TIME, status=command.status.value
    ):
        raise rules.changed(_current(uow, card.appointment_id).card)
    time = {} if card.starts_at is None else {"starts_at": card.starts_at, "minutes": card.minutes}
    if room is not None:
        time |= room.columns()
    rows.write_desk_row(uow, current, cancel_reason=None, cancelled_by=None, cancelled_at=None, **time)
    messages.tell(uow, actor, messages.RESTORED, visit)
    return booked


def _current(uow: UnitOfWork, appointment_id: str) -> Current:
    current = read_current(uow.connection, appointment_id)
    if current is None:
        raise rules.gone()
    return current


def _room_again(uow: UnitOfWork, briefing: Briefing, current: Current) -> rooms.Room | None:
    card = current.card
    if current.room is None or card.starts_at is None or card.starts_at != current.held_from:
        return None
    as_before = MoveAppointment(
        card.appointment_id, card.version, card.doctor_id, card.starts_at, card.minutes
    )
    need = rooms.need_after_move(briefing, as_before, current, card.starts_at)
    return None if need is None else rooms.take_room(uow, need, card.appointment_id)


def _brief(
    uow: UnitOfWork,
    doctor_id: str,
    patient: PatientRef,
    start: dt.datetime,
    end: dt.datetime,
    appointment_id: str,
    *,
    extra: bool = False,
    anywhere: bool = False,
) -> Briefing:
    """Names and zone, once it is sure that the time is open and nobody else, the platform included, has it.

    An `extra` booking may be beyond hours and seats; what is put back may be `anywhere` it was.
    """
    briefing = read_briefing(uow.connection, doctor_id, patient, start)
    if briefing is None:
        raise NotFound(
            "appointments.unknown", N_("The doctor or the patient no longer exists. Choose both again.")
        )
    if not briefing.profile_found:
        raise NotFound(
            "appointments.profile", N_("This family member no longer belongs to the account. Choose again.")
        )
    in_the_way = briefing.overlapping(
        start, end, besides=appointment_id, extra=briefing.extra_slots if extra else 0
    )
    if in_the_way:
        holders = read_several(uow.connection, in_the_way)
        raise rules.taken(tuple(holder.card for holder in holders))
    if not extra and not anywhere:
        admission.refuse_closed_time(briefing, start, end)
    return briefing


def _slot(start: dt.datetime, briefing: Briefing) -> str:
    local = start.astimezone(briefing.zone)
    if local.fold:
        raise ValidationError(
            "appointments.twice",
            N_("The clocks go back and show {time} twice that night. Choose a time outside that hour."),
            field="starts_at",
            time=f"{local:%H:%M}",
        )
    return slot_text.write(local.hour * 60 + local.minute)


def _visit(appointment_id: str, user_id: str, briefing: Briefing, start: dt.datetime) -> messages.Visit:
    return messages.Visit(
        appointment_id, user_id, briefing.patient_name, briefing.doctor_name,
        start.astimezone(briefing.zone).date(), start, briefing.zone,
    )  # fmt: skip
