"""Putting people on the list, changing what they wait for, taking them off."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.appointments.types import GRID_MINUTES
from tcmdesk.features.waitlist import queries
from tcmdesk.features.waitlist.models import WaitlistEntry
from tcmdesk.features.waitlist.service import _rows as rows
from tcmdesk.features.waitlist.types import (
    DAY_MINUTES,
    EVERY_DAY,
    NOTE_MAX,
    READ,
    WRITE,
    AddEntry,
    EditEntry,
    Entry,
    EntryStatus,
    OfferStatus,
    Waitlist,
    Wish,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork

LONGEST_MINUTES: Final = 8 * 60


@requires(READ)
def waiting(connection: Connection, actor: Actor, *, today: dt.date, now: dt.datetime) -> Waitlist:
    """Who waits today, those first who came first. One statement."""
    return queries.read_waiting(connection, today, now)


@requires(READ)
def ended(connection: Connection, actor: Actor, *, today: dt.date, now: dt.datetime) -> Waitlist:
    """Who waits no longer, the last ones first. One statement."""
    return queries.read_ended(connection, today, now)


@requires(READ)
def entry(connection: Connection, actor: Actor, entry_id: str, *, now: dt.datetime) -> Entry:
    """One entry.

    Raises:
        NotFound: it is gone.
    """
    found = queries.read_entry(connection, entry_id, now)
    if found is None:
        raise gone()
    return found


@requires(WRITE)
def add(uow: UnitOfWork, actor: Actor, command: AddEntry) -> None:
    """Put someone on the list.

    Raises:
        ValidationError: the wish can never be met, or a text is too long.
    """
    uow.execute(
        insert(WaitlistEntry).values(
            id=command.entry_id,
            user_id=command.patient.user_id,
            profile_id=command.patient.profile_id,
            status=EntryStatus.WAITING.value,
            created_by=actor_id(actor),
            created_at=uow.now,
            **_values(command.wish),
        )
    )


@requires(WRITE)
def edit(uow: UnitOfWork, actor: Actor, command: EditEntry) -> None:
    """Change what someone waits for; an offer that runs stands.

    Raises:
        Conflict: they wait no longer.
        ValidationError: the wish can never be met, or a text is too long.
    """
    changed = uow.execute(
        update(WaitlistEntry)
        .where(WaitlistEntry.id == command.entry_id, WaitlistEntry.status == EntryStatus.WAITING.value)
        .values(**_values(command.wish))
    )
    if not changed.rowcount:
        raise no_longer_waiting()


@requires(WRITE)
def take_off(uow: UnitOfWork, actor: Actor, entry_id: str) -> None:
    """Take someone off the list; an offer that runs ends and its time is free.

    Raises:
        Conflict: they were booked meanwhile.
        NotFound: the entry.
    """
    found = queries.read_entry(uow.connection, entry_id, uow.now)
    if found is None:
        raise gone()
    if found.status is EntryStatus.WITHDRAWN:
        return
    if found.offer is not None:
        rows.end_offer(uow, actor, found.offer, found, OfferStatus.WITHDRAWN)
    if not rows.set_entry(uow, entry_id, EntryStatus.WITHDRAWN):
        raise no_longer_waiting()


@requires(WRITE)
def put_back(uow: UnitOfWork, actor: Actor, entry_id: str) -> None:
    """Undo taking someone off.

    Raises:
        Conflict: they were put back or booked by someone else.
    """
    changed = uow.execute(
        update(WaitlistEntry)
        .where(WaitlistEntry.id == entry_id, WaitlistEntry.status == EntryStatus.WITHDRAWN.value)
        .values(status=EntryStatus.WAITING.value)
    )
    if not changed.rowcount:
        raise no_longer_waiting()


@public("makes an error; reads nothing")
def gone() -> NotFound:
    """The entry is not there any more."""
    return NotFound("waitlist.gone", N_("This entry is no longer on the waitlist."))


@public("makes an error; reads nothing")
def no_longer_waiting() -> Conflict:
    """Somebody booked them or took them off."""
    return Conflict(
        "waitlist.not_waiting", N_("This person waits no longer: another desk booked them or took them off.")
    )


def _values(wish: Wish) -> dict[str, Any]:
    """The columns of a wish that can be met."""
    start, end = wish.window
    note = wish.note.strip()
    if not wish.weekdays & EVERY_DAY:
        raise ValidationError(
            "waitlist.weekdays", N_("Choose at least one day of the week."), field="weekdays"
        )
    if wish.minutes % GRID_MINUTES or not GRID_MINUTES <= wish.minutes <= LONGEST_MINUTES:
        raise ValidationError(
            "waitlist.minutes",
            N_("Choose a length of {least} to {most} minutes, in steps of {least}."),
            field="minutes",
            least=GRID_MINUTES,
            most=LONGEST_MINUTES,
        )
    if not 0 <= start < end <= DAY_MINUTES or end - start < wish.minutes:
        raise ValidationError(
            "waitlist.window", N_("The visit does not fit between these two times."), field="window"
        )
    if wish.last_day < wish.first_day:
        raise ValidationError("waitlist.days", N_("The last day lies before the first."), field="last_day")
    if not _meets(wish):
        raise ValidationError(
            "waitlist.never", N_("None of the chosen weekdays lies between the two dates."), field="weekdays"
        )
    if len(note) > NOTE_MAX:
        raise ValidationError(
            "waitlist.note",
            N_("The note is longer than {most} characters. Shorten it."),
            field="note",
            most=NOTE_MAX,
        )
    return {
        "doctor_id": wish.doctor_id,
        "department": None if wish.doctor_id else wish.department,
        "weekdays": wish.weekdays & EVERY_DAY,
        "window_from": start,
        "window_until": end,
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "minutes": wish.minutes,
        "visit_type": wish.visit_type.value,
        "note": note,
        "urgent": wish.urgent,
    }


def _meets(wish: Wish) -> bool:
    week = min((wish.last_day - wish.first_day).days + 1, 7)
    return any(wish.on(wish.first_day + dt.timedelta(days=number)) for number in range(week))
