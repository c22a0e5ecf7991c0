"""What stands between an appointment and a step of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import AppointmentCard, Status
from tcmdesk.features.reception.types import LATE_AFTER
from tcmdesk.features.visits.types import Arrive, session_of

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo


def refuse_unfit(card: AppointmentCard, day: dt.date, zone: ZoneInfo) -> None:
    """Raise unless an appointment is of a day, active and of somebody who is still registered.

    Raises:
        Conflict: ``appointments.cancelled`` or ``appointments.done``; `current` is the card.
        NotFound: the patient was removed meanwhile.
        ValidationError: it is on another day.
    """
    if card.status is Status.CANCELLED:
        raise Conflict(
            "appointments.cancelled",
            N_("This appointment has been cancelled meanwhile. Restore it, or register a walk-in."),
            current=card,
        )
    if card.status is Status.COMPLETED:
        raise Conflict("appointments.done", N_("This visit is done and stays as it is."), current=card)
    if not card.account_name:
        raise NotFound(
            "reception.patient_gone",
            N_(
                "The patient of this appointment is no longer registered. Find the person again and book anew."
            ),
        )
    if day_of(card, zone) != day:
        raise ValidationError(
            "reception.other_day",
            N_("This appointment is on another day. Move it to today first."),
            field="day",
        )


def day_of(card: AppointmentCard, zone: ZoneInfo) -> dt.date:
    """The clinic's day of an appointment, whether or not its time can be read."""
    return (card.starts_at or card.version.appointment_date).astimezone(zone).date()


def is_late(card: AppointmentCard, now: dt.datetime) -> bool:
    return card.starts_at is not None and now > card.starts_at + LATE_AFTER


def arrival(
    card: AppointmentCard, now: dt.datetime, zone: ZoneInfo, *, late_place: dt.datetime | None = None
) -> Arrive:
    """The arrival of somebody who is in time, or late and then stands at `late_place`."""
    due = late_place or card.starts_at or now
    return Arrive(
        card.appointment_id,
        card.doctor_id,
        day_of(card, zone),
        session_of((card.starts_at or now).astimezone(zone)),
        due,
        late=late_place is not None,
    )
