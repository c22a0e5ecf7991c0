"""Offering a time to someone who waits: it is kept for them until they answer or the offer runs out.

An offer, the hold of its time and the appointment that comes of it have one id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import Conflict, NotFound
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import board, holds, recent
from tcmdesk.features.appointments.types import BookAppointment, Booked, Hold, HoldTime, Kind
from tcmdesk.features.settings.service import clinic
from tcmdesk.features.waitlist import queries
from tcmdesk.features.waitlist.models import WaitlistEntry, WaitlistOffer
from tcmdesk.features.waitlist.service import _messages as messages
from tcmdesk.features.waitlist.service import _rows as rows
from tcmdesk.features.waitlist.service import entries
from tcmdesk.features.waitlist.service.rules import offer_rules
from tcmdesk.features.waitlist.types import (
    READ,
    WRITE,
    Entry,
    EntryStatus,
    MakeOffer,
    Offer,
    OfferStatus,
    Waitlist,
)

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def clashes(connection: Connection, actor: Actor, waitlist: Waitlist, zone: ZoneInfo) -> frozenset[str]:
    """Ids of the running offers whose time the platform has sold meanwhile. One statement, none without offers."""
    running = [rows.hold_of(entry.offer, entry) for entry in waitlist.entries if entry.offer is not None]
    return holds.sold_meanwhile(connection, actor, running, zone)


@requires(WRITE)
def make_offer(uow: UnitOfWork, actor: Actor, command: MakeOffer) -> Offer:
    """Keep a time for someone who waits, and tell them.

    Raises:
        Conflict: ``appointments.slot_taken`` or ``appointments.held``, ``waitlist.not_waiting``, or
            ``waitlist.offered``: they have another offer that runs.
        NotFound: the entry, the doctor or the patient.
        ValidationError: the time.
    """
    entry = queries.read_entry(uow.connection, command.entry_id, uow.now)
    if entry is None:
        raise entries.gone()
    keep = command.keep_minutes or offer_rules(uow.connection, actor).keep_minutes
    wanted = HoldTime(
        command.offer_id, command.doctor_id, entry.patient, command.starts_at, entry.wish.minutes, keep
    )
    kept = holds.hold(uow, actor, wanted)
    _refuse_second(uow, command)
    uow.execute(
        insert(WaitlistOffer).values(
            id=command.offer_id,
            entry_id=command.entry_id,
            doctor_id=command.doctor_id,
            starts_at=kept.starts_at,
            minutes=kept.minutes,
            expires_at=kept.expires_at,
            status=OfferStatus.HELD.value,
            made_by=actor_id(actor),
        )
    )
    _tell(uow, actor, messages.OFFERED, entry, kept)
    return Offer(
        command.offer_id, command.entry_id, command.doctor_id, kept.starts_at, kept.minutes, kept.expires_at,
        OfferStatus.HELD,
    )  # fmt: skip


def _refuse_second(uow: UnitOfWork, command: MakeOffer) -> None:
    """Lock the entry, so that of two desks the second sees the first one's offer."""
    locked = uow.execute(
        update(WaitlistEntry)
        .where(WaitlistEntry.id == command.entry_id, WaitlistEntry.status == EntryStatus.WAITING.value)
        .values(status=EntryStatus.WAITING.value)
    )
    if not locked.rowcount:
        raise entries.no_longer_waiting()
    entry = queries.read_entry(uow.connection, command.entry_id, uow.now)
    if entry is not None and entry.offer is not None and entry.offer.status is OfferStatus.HELD:
        raise Conflict(
            "waitlist.offered",
            N_("This person has an offer that still stands. End it before you make another."),
            current=entry,
        )


@requires(WRITE)
def accept(uow: UnitOfWork, actor: Actor, offer_id: str) -> Booked:
    """Book the offered time; of several desks one does.

    Raises:
        Conflict: ``waitlist.accepted``, ``waitlist.ended`` or ``waitlist.expired``: the offer has ended; or
            ``appointments.slot_taken``: the platform has sold the time.
        NotFound: the offer, the doctor or the patient.
    """
    offer, entry = _running(uow, offer_id)
    seen = recent.last_visits(
        uow.connection, actor, (entry.patient,), now=uow.now, zone=clinic(uow.connection, actor).zone
    )
    command = BookAppointment(
        appointment_id=offer.offer_id,
        doctor_id=offer.doctor_id,
        patient=entry.patient,
        starts_at=offer.starts_at,
        minutes=offer.minutes,
        visit_type=entry.wish.visit_type,
        kind=Kind.FOLLOW_UP if entry.patient in seen else Kind.FIRST,
        symptoms=entry.wish.note,
    )
    try:
        booked = holds.take_over(uow, actor, command)
    except Conflict as refusal:
        raise _why(uow, offer_id) or refusal from refusal
    rows.set_offer(uow, actor, offer_id, OfferStatus.ACCEPTED)
    rows.set_entry(uow, entry.entry_id, EntryStatus.BOOKED, appointment_id=offer_id)
    return booked


@requires(WRITE)
def decline(uow: UnitOfWork, actor: Actor, offer_id: str) -> None:
    """The patient does not want the time: it is free again, and they go on waiting.

    Raises:
        Conflict: the offer has ended.
        NotFound: the offer.
    """
    _end(uow, actor, offer_id, OfferStatus.DECLINED)


@requires(WRITE)
def withdraw(uow: UnitOfWork, actor: Actor, offer_id: str) -> None:
    """The clinic needs the time: it is free again, and the patient is told.

    Raises:
        Conflict: the offer has ended.
        NotFound: the offer.
    """
    offer, entry = _end(uow, actor, offer_id, OfferStatus.WITHDRAWN)
    _tell(uow, actor, messages.ENDED, entry, rows.hold_of(offer, entry))


@requires(WRITE)
def expire(uow: UnitOfWork, actor: Actor, kept: Hold) -> None:
    """Give back the time of an offer that has run out.

    Raises:
        Conflict: ``appointments.hold_over``: somebody else ended it.
    """
    holds.release(uow, actor, kept, expired=True)
    rows.set_offer(uow, actor, kept.hold_id, OfferStatus.EXPIRED)


def _end(uow: UnitOfWork, actor: Actor, offer_id: str, status: OfferStatus) -> tuple[Offer, Entry]:
    offer, entry = _running(uow, offer_id)
    try:
        rows.end_offer(uow, actor, offer, entry, status)
    except Conflict as refusal:
        raise _why(uow, offer_id) or refusal from refusal
    return offer, entry


def _running(uow: UnitOfWork, offer_id: str) -> tuple[Offer, Entry]:
    found = queries.read_offer(uow.connection, offer_id, uow.now)
    if found is None:
        raise NotFound("waitlist.offer_gone", N_("This offer no longer exists. The list shows what does."))
    offer, entry = found
    refusal = _over(uow, offer, entry)
    if refusal is not None:
        raise refusal
    return offer, entry


def _why(uow: UnitOfWork, offer_id: str) -> Conflict | None:
    """Why an offer cannot be taken any more; None while it still runs."""
    found = queries.read_offer(uow.connection, offer_id, uow.now)
    return None if found is None else _over(uow, *found)


def _over(uow: UnitOfWork, offer: Offer, entry: Entry) -> Conflict | None:
    if offer.status is OfferStatus.HELD:
        return None
    if offer.status is OfferStatus.ACCEPTED:
        return Conflict(
            "waitlist.accepted",
            N_("Another desk has just accepted this offer: {patient} is booked."),
            current=entry,
            patient=entry.patient_name,
        )
    if offer.status is OfferStatus.EXPIRED:
        zone = clinic(uow.connection, uow.actor).zone
        return Conflict(
            "waitlist.expired",
            N_("This offer ran out at {time}. Offer the time again if it is still free, or another one."),
            current=entry,
            time=f"{offer.expires_at.astimezone(zone):%H:%M}",
        )
    return Conflict(
        "waitlist.ended",
        N_("Another desk has just ended this offer. {patient} still waits: offer another time."),
        current=entry,
        patient=entry.patient_name,
    )


def _tell(uow: UnitOfWork, actor: Actor, text: tuple[str, str], entry: Entry, kept: Hold) -> None:
    zone = clinic(uow.connection, actor).zone
    names = {
        column.doctor_id: column.name
        for column in board.board_doctors(uow.connection, actor, kept.starts_at.astimezone(zone).date())
    }
    messages.tell(
        uow, actor, text, entry, names.get(kept.doctor_id, ""), kept.starts_at, kept.expires_at, zone
    )


@requires(READ)
def offered_since(
    connection: Connection, actor: Actor, times: tuple[tuple[str, dt.datetime], ...]
) -> dict[tuple[str, dt.datetime], dt.datetime]:
    """When each of these times of doctors was offered last. One statement."""
    return queries.offered_since(connection, times)


@requires(READ)
def unnoticed(connection: Connection, actor: Actor, *, now: dt.datetime) -> tuple[str, ...]:
    """Ids of offers that ran out without a desk having written it down."""
    return queries.read_run_out(connection, now)


@requires(WRITE)
def note_run_out(uow: UnitOfWork, actor: Actor, offer_ids: tuple[str, ...]) -> None:
    """Write down that offers ran out whose time another booking has taken since."""
    for offer_id in offer_ids:
        rows.set_offer(uow, actor, offer_id, OfferStatus.EXPIRED)
