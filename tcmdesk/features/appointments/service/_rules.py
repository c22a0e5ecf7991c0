"""What an appointment may be, whoever makes it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tcmdesk.core.db.types import check_moment
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import (
    GRID_MINUTES,
    REASON_MAX,
    SYMPTOMS_MAX,
    AppointmentCard,
    Status,
)

LONGEST_MINUTES: Final = 8 * 60
_GRID: Final = dt.timedelta(minutes=GRID_MINUTES)
_ORIGIN: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def interval(starts_at: dt.datetime, minutes: int) -> tuple[dt.datetime, dt.datetime]:
    """The UTC start and end of a wanted time.

    Raises:
        ValidationError: beyond what the database can keep, off the five-minute grid, or of an odd length.
    """
    check_moment(starts_at)
    start = starts_at.astimezone(dt.UTC)
    if (start - _ORIGIN) % _GRID:
        raise ValidationError(
            "appointments.grid",
            N_("Appointments start on a multiple of {minutes} minutes. Choose such a time."),
            field="starts_at",
            minutes=GRID_MINUTES,
        )
    if minutes % GRID_MINUTES or not GRID_MINUTES <= minutes <= LONGEST_MINUTES:
        raise ValidationError(
            "appointments.minutes",
            N_("Choose a length of {least} to {most} minutes, in steps of {least}."),
            field="minutes",
            least=GRID_MINUTES,
            most=LONGEST_MINUTES,
        )
    end = start + dt.timedelta(minutes=minutes)
    check_moment(end)
    return start, end


def on_grid(starts_at: dt.datetime, ends_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The cells' interval that covers a time which the platform put beside the grid."""
    start = starts_at - (starts_at - _ORIGIN) % _GRID
    end = ends_at + (_ORIGIN - ends_at) % _GRID
    return start, end


def refuse_past(ends_at: dt.datetime, now: dt.datetime) -> None:
    """Raise `ValidationError` for a time that is over; one that has begun may still be given to a walk-in."""
    if ends_at <= now:
        raise ValidationError(
            "appointments.past", N_("This time is over. Choose a later one."), field="starts_at"
        )


def check_symptoms(text: str) -> None:
    """Raise `ValidationError` for a text that is longer than the program lets pass."""
    if len(text) > SYMPTOMS_MAX:
        raise ValidationError(
            "appointments.symptoms",
            N_("The reason is longer than {most} characters. Shorten it."),
            field="symptoms",
            most=SYMPTOMS_MAX,
        )


def check_reason(text: str) -> str:
    """A cancellation's reason, trimmed; raises `ValidationError` when it is empty or too long."""
    reason = text.strip()
    if not reason or len(reason) > REASON_MAX:
        raise ValidationError(
            "appointments.reason",
            N_("Say why in 1 to {most} characters; the patient is told."),
            field="reason",
            most=REASON_MAX,
        )
    return reason


def gone() -> NotFound:
    """The appointment is not there any more."""
    return NotFound("appointments.gone", N_("This appointment no longer exists. The board shows what does."))


def changed(current: AppointmentCard) -> Conflict:
    """Somebody else changed the appointment since it was read."""
    return Conflict(
        "appointments.changed",
        N_("Someone else changed this appointment meanwhile. Compare both versions and choose."),
        current=current,
    )


def taken(holders: tuple[AppointmentCard, ...]) -> Conflict:
    """The time has gone to others."""
    return Conflict(
        "appointments.slot_taken", N_("This time has just been taken. Choose another one."), current=holders
    )


def held(patient_name: str, until: dt.datetime) -> Conflict:
    """The time is kept for someone; `until` is in the clinic's zone."""
    return Conflict(
        "appointments.held",
        N_("This time is held for {patient} until {until}. Choose another one, or end the offer first."),
        patient=patient_name,
        until=f"{until:%H:%M}",
    )


def refuse_closed(card: AppointmentCard) -> None:
    """Raise when a visit is over or cancelled, so that there is nothing left to change."""
    if card.status is Status.CANCELLED:
        raise Conflict(
            "appointments.cancelled", N_("This appointment is cancelled. Restore it first."), current=card
        )
    if card.status is Status.COMPLETED:
        raise Conflict("appointments.done", N_("This visit is done and stays as it is."), current=card)
