"""People who come without an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import booking
from tcmdesk.features.appointments.types import BOOK, BookAppointment, VisitType
from tcmdesk.features.patients.service import people
from tcmdesk.features.visits.service import arrivals
from tcmdesk.features.visits.types import Arrive, VisitState, session_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.reception.types import WalkIn


@requires(BOOK)
def walk_in(uow: UnitOfWork, actor: Actor, command: WalkIn, zone: ZoneInfo, password_hash: str) -> VisitState:
    """Register if need be, book and let arrive. What fails, fails as a whole: nobody is registered twice for it.

    Raises:
        Conflict: the time has gone to others, or the phone belongs to somebody.
        NotFound: doctor, account or family member.
        ValidationError: name, phone, birthday, time or text.
    """
    if command.new_patient is not None:
        people.create_patient(uow, actor, command.new_patient, password_hash)
    if command.new_profile is not None:
        people.create_profile(uow, actor, command.new_profile)
    booking.book(
        uow,
        actor,
        BookAppointment(
            appointment_id=command.appointment_id,
            doctor_id=command.doctor_id,
            patient=command.patient,
            starts_at=command.starts_at,
            minutes=command.minutes,
            visit_type=VisitType.IN_PERSON,
            kind=command.kind,
            symptoms=command.symptoms,
            extra_reason=command.extra_reason,
        ),
    )
    local = command.starts_at.astimezone(zone)
    return arrivals.arrive(
        uow,
        actor,
        Arrive(
            command.appointment_id,
            command.doctor_id,
            local.date(),
            session_of(local),
            command.starts_at,
            walk_in=True,
        ),
    )
