"""Whether a time may be booked at all: the doctor's hours, leave, and what goes beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import demand
from tcmdesk.features.appointments.queries.briefing import read_briefing
from tcmdesk.features.appointments.queries.hours import closure_at
from tcmdesk.features.appointments.types import EXTRA
from tcmdesk.features.schedules.types import REASON_MAX

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.queries.briefing import Briefing
    from tcmdesk.features.patients.types import PatientRef


def check_extra(actor: Actor, reason: str | None) -> str | None:
    """The reason for a booking beyond hours or seats, trimmed; None for an ordinary one.

    Raises:
        PermissionDenied: the actor may not.
        ValidationError: no reason, or one that is too long.
    """
    if reason is None:
        return None
    demand(actor, EXTRA)
    said = reason.strip()
    if not said or len(said) > REASON_MAX:
        raise ValidationError(
            "appointments.extra_reason", N_("Say why in 1 to {most} characters."), field="extra_reason",
            most=REASON_MAX,
        )  # fmt: skip
    return said


def seats_for(
    uow: UnitOfWork, doctor_id: str, patient: PatientRef, start: dt.datetime, end: dt.datetime, *, extra: bool
) -> Callable[[], int]:
    """Asks how many may be booked in a time, with those beyond the seats when this is one."""

    def seats() -> int:
        briefing = read_briefing(uow.connection, doctor_id, patient, start)
        if briefing is None:
            return 1
        return briefing.seats(start, end) + (briefing.extra_slots if extra else 0)

    return seats


def refuse_closed_time(briefing: Briefing, start: dt.datetime, end: dt.datetime) -> None:
    """Raise when the time is in a leave or holiday and the clinic wants that refused.

    Raises:
        Conflict: ``appointments.closed``.
        ValidationError: the clock shows this time twice that night.
    """
    if not briefing.closures_refuse:
        return
    closure = closure_at(briefing.hours(start), start, end, briefing.zone)
    if closure is not None:
        raise Conflict(
            "appointments.closed",
            N_(
                "{doctor} sees nobody then ({reason}). Choose another time, or add an extra booking with a reason."
            ),
            current=closure,
            doctor=briefing.doctor_name,
            reason=closure.reason,
        )
