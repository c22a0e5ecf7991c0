"""What goes on by itself: offers that run out, and cancellations that are offered to who waits."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import board, freed, holds
from tcmdesk.features.settings.service import clinic
from tcmdesk.features.waitlist.service import desk, entries, matching, offers
from tcmdesk.features.waitlist.service.rules import offer_rules
from tcmdesk.features.waitlist.types import WRITE, Fit, MakeOffer

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.appointments.types import AppointmentCard

log = logging.getLogger(__name__)

LOOK_BACK_MINUTES: Final = 15
"""Cancellations that are older are not offered by themselves: the list of who fits still shows their gaps."""


@requires(WRITE)
def end_run_out(database: Database, actor: Actor) -> int:
    """Give back the time of every offer that has run out; returns how many."""
    now = database.clock.now()
    over = database.read(lambda connection: holds.expired_holds(connection, actor, now=now))
    ended = 0
    for kept in over:
        try:
            database.write(
                actor,
                "waitlist:offer:expire",
                lambda uow, kept=kept: offers.expire(uow, actor, kept),  # type: ignore[misc]
                subject=kept.hold_id,
            )
            ended += 1
        except UserError as refusal:
            log.info("an offer ended meanwhile: %s", refusal)
    left = database.read(lambda connection: offers.unnoticed(connection, actor, now=now))
    if left:
        database.write(actor, "waitlist:offer:note", lambda uow: offers.note_run_out(uow, actor, left))
    return ended


@requires(WRITE)
def offer_cancelled(database: Database, actor: Actor) -> int:
    """Offer each time that was just cancelled to the first who fits it; returns how many offers were made."""
    now = database.clock.now()
    zone = database.read(lambda connection: clinic(connection, actor)).zone
    cancelled = database.read(
        lambda connection: freed.just_cancelled(
            connection, actor, minutes=LOOK_BACK_MINUTES, now=now, zone=zone
        )
    )
    if not cancelled:
        return 0
    rules = database.read(lambda connection: offer_rules(connection, actor))
    if not rules.automatic:
        return 0
    times = tuple((card.doctor_id, card.starts_at) for card, _ in cancelled if card.starts_at is not None)
    offered = database.read(lambda connection: offers.offered_since(connection, actor, times))
    made = 0
    for card, at in cancelled:
        before = offered.get((card.doctor_id, card.starts_at))  # type: ignore[arg-type]
        if before is None or before < at:
            made += _offer(database, actor, _candidates(database, actor, card, now, zone))
    return made


def _candidates(
    database: Database, actor: Actor, card: AppointmentCard, now: dt.datetime, zone: ZoneInfo
) -> list[Fit]:
    """Who can come at the very time of a cancelled appointment, best first."""
    start = card.starts_at
    if start is None:
        return []
    day = start.astimezone(zone).date()
    waiting = database.read(lambda connection: entries.waiting(connection, actor, today=day, now=now))
    if not waiting.entries:
        return []
    doctors = database.read(lambda connection: board.board_doctors(connection, actor, day))
    cards = database.read(lambda connection: board.day_board(connection, actor, day, zone)).cards
    kept = database.read(lambda connection: holds.holds_on(connection, actor, day, zone, now=now))
    for gap in matching.gaps_of(doctors, cards, kept, day, zone):
        if gap.doctor_id == card.doctor_id and gap.starts_at <= start < gap.ends_at:
            return matching.ranked(waiting.entries, gap, cards, now=now, zone=zone, at=start)
    return []


def _offer(database: Database, actor: Actor, candidates: list[Fit]) -> int:
    for fit in candidates:
        command = MakeOffer(uuid7(), fit.entry.entry_id, fit.doctor_id, fit.starts_at)
        try:
            desk.make_offer(database, actor, command, op_id=uuid7())
        except UserError as refusal:
            log.info("offer not made: %s", refusal)
            continue
        return 1
    return 0
