"""The statements that entries and offers share. The order of locks: cells, hold, offer, entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.features.appointments.service import holds
from tcmdesk.features.appointments.types import Hold
from tcmdesk.features.waitlist.models import WaitlistEntry, WaitlistOffer
from tcmdesk.features.waitlist.types import Entry, EntryStatus, Offer, OfferStatus

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork


def hold_of(offer: Offer, entry: Entry) -> Hold:
    """The time that an offer keeps."""
    return Hold(
        offer.offer_id, offer.doctor_id, offer.starts_at, offer.minutes, entry.patient, entry.patient_name,
        offer.expires_at,
    )  # fmt: skip


def end_offer(
    uow: UnitOfWork, actor: Actor, offer: Offer, entry: Entry, status: OfferStatus, *, expired: bool = False
) -> None:
    """Give an offer's time back; raises ``appointments.hold_over`` when it has ended before."""
    holds.release(uow, actor, hold_of(offer, entry), expired=expired)
    set_offer(uow, actor, offer.offer_id, status)


def set_offer(uow: UnitOfWork, actor: Actor, offer_id: str, status: OfferStatus) -> bool:
    """End an offer that runs; returns whether it did run."""
    changed = uow.execute(
        update(WaitlistOffer)
        .where(WaitlistOffer.id == offer_id, WaitlistOffer.status == OfferStatus.HELD.value)
        .values(status=status.value, ended_by=actor_id(actor), ended_at=uow.now)
    )
    return bool(changed.rowcount)


def set_entry(
    uow: UnitOfWork, entry_id: str, status: EntryStatus, *, appointment_id: str | None = None
) -> bool:
    """Change what has become of somebody who waits; returns whether they did wait."""
    changed = uow.execute(
        update(WaitlistEntry)
        .where(WaitlistEntry.id == entry_id, WaitlistEntry.status == EntryStatus.WAITING.value)
        .values(status=status.value, appointment_id=appointment_id)
    )
    return bool(changed.rowcount)
