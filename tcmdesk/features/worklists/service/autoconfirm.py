"""Confirming the platform's bookings by rule: off unless the clinic has turned it on."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import AlreadyApplied, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import desk, holds, recent
from tcmdesk.features.appointments.types import Hold, SetStatus, Source, Status, VisitType
from tcmdesk.features.settings import service as settings
from tcmdesk.features.settings.service import clinic
from tcmdesk.features.worklists.queries import lists
from tcmdesk.features.worklists.types import READ, SETTINGS, WRITE, AutoConfirm, Key

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.types import AppointmentCard

log = logging.getLogger(__name__)

CATEGORY: Final = "worklists"
RULE_KEY: Final = "auto_confirm"


@requires(READ)
def rule(connection: Connection, actor: Actor) -> AutoConfirm:
    """The clinic's rule; what cannot be read is off. One statement."""
    stored = settings.stored(connection, actor, CATEGORY).get(RULE_KEY)
    if stored is None:
        return AutoConfirm()
    try:
        found = json.loads(stored)
        return AutoConfirm(
            on=bool(found["on"]),
            doctors=tuple(str(doctor_id) for doctor_id in found["doctors"]),
            known_only=bool(found["known_only"]),
            in_person_only=bool(found["in_person_only"]),
        )
    except (ValueError, KeyError, TypeError):
        log.warning("worklists.auto_confirm cannot be read; nothing is confirmed by itself")
        return AutoConfirm()


@requires(SETTINGS)
def save_rule(uow: UnitOfWork, actor: Actor, wanted: AutoConfirm) -> None:
    """Write the rule."""
    text = json.dumps(
        {
            "on": wanted.on,
            "doctors": list(wanted.doctors),
            "known_only": wanted.known_only,
            "in_person_only": wanted.in_person_only,
        }
    )
    settings.store(uow, actor, CATEGORY, RULE_KEY, text)


@requires(SETTINGS)
def change_rule(database: Database, actor: Actor, wanted: AutoConfirm, *, op_id: str) -> None:
    """Write the rule in a transaction of its own."""
    with suppress(AlreadyApplied):
        database.write(
            actor,
            "worklists:rule:save",
            lambda uow: save_rule(uow, actor, wanted),
            op_id=op_id,
            subject=RULE_KEY,
        )


@requires(WRITE)
def confirm_by_rule(database: Database, actor: Actor) -> int:
    """Confirm what the rule allows; returns how many.

    A booking whose time cannot be read or overlaps another is left to a person.
    """
    wanted = database.read(lambda connection: rule(connection, actor))
    if not wanted.on:
        return 0
    zone = database.read(lambda connection: clinic(connection, actor)).zone
    confirmed, key = 0, None
    while True:
        cards, key = database.read(lambda connection, key=key: _unconfirmed(connection, database, zone, key))  # type: ignore[misc]
        for card in _allowed(database, actor, wanted, cards, zone):
            confirmed += _confirm(database, actor, card)
        if key is None:
            return confirmed


def _unconfirmed(
    connection: Connection, database: Database, zone: ZoneInfo, key: Key | None
) -> tuple[list[AppointmentCard], Key | None]:
    page = lists.read_unconfirmed(connection, database.clock.now(), zone, key)
    return [row.card for row in page.rows], page.next


def _allowed(
    database: Database, actor: Actor, wanted: AutoConfirm, cards: list[AppointmentCard], zone: ZoneInfo
) -> list[AppointmentCard]:
    now = database.clock.now()
    chosen = [
        card
        for card in cards
        if card.source is Source.PLATFORM
        and card.starts_at is not None
        and card.starts_at > now
        and (not wanted.doctors or card.doctor_id in wanted.doctors)
        and not (wanted.in_person_only and card.visit_type is VisitType.VIDEO)
    ]
    if wanted.known_only and chosen:
        refs = [card.ref for card in chosen]
        known = database.read(
            lambda connection: recent.last_visits(connection, actor, refs, now=now, zone=zone)
        )
        chosen = [card for card in chosen if card.ref in known]
    return [card for card in chosen if not _clashes(database, actor, card, zone)]


def _clashes(database: Database, actor: Actor, card: AppointmentCard, zone: ZoneInfo) -> bool:
    """Whether the doctor is taken without this booking; each is asked by itself, as two may clash with each other."""
    if card.starts_at is None:
        return True
    time = Hold(
        card.appointment_id, card.doctor_id, card.starts_at, card.minutes, card.ref, "", database.clock.now()
    )
    return bool(database.read(lambda connection: holds.sold_meanwhile(connection, actor, (time,), zone)))


def _confirm(database: Database, actor: Actor, card: AppointmentCard) -> int:
    command = SetStatus(card.appointment_id, card.version, Status.CONFIRMED)
    try:
        desk.set_status(database, actor, command, op_id=uuid7())
    except UserError as refusal:
        log.info("not confirmed by rule: %s", refusal)
        return 0
    return 1
