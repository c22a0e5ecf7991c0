"""The clinic's settings, typed."""

from __future__ import annotations

import logging
from dataclasses import fields
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.settings import queries
from tcmdesk.features.settings.types import (
    CATEGORY,
    CLOSED_KEY,
    DEFAULT_HOURS,
    DEFAULT_ZONE,
    EXTRA_SLOTS,
    EXTRA_SLOTS_KEY,
    HOURS_KEY,
    LONG_WAIT_KEY,
    LONG_WAIT_MINUTES,
    LONGEST_WAIT,
    MIRROR_KEY,
    MOST_EXTRA_SLOTS,
    NAME_KEY,
    NOTIFICATIONS_KEY,
    OFF,
    ON,
    READ,
    WRITE,
    ZONE_KEY,
    Clinic,
    ClinicRules,
    Hours,
    read_hours,
    write_hours,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


@requires(READ)
def clinic(connection: Connection, actor: Actor) -> Clinic:
    """All settings of the clinic; what is missing or cannot be read has its default."""
    stored = queries.values(connection, CATEGORY)
    return Clinic(
        name=stored.get(NAME_KEY, ""),
        zone=zone_of(stored.get(ZONE_KEY)),
        hours=hours_of(stored.get(HOURS_KEY)),
        notifications=stored.get(NOTIFICATIONS_KEY) != OFF,
        long_wait=_minutes(stored.get(LONG_WAIT_KEY)),
    )


@requires(WRITE)
def save_clinic(uow: UnitOfWork, actor: Actor, settings: Clinic) -> None:
    """Write all settings.

    Raises:
        ValidationError: the name is empty or too long.
    """
    name = settings.name.strip()
    if not name or len(name) > 100:
        raise ValidationError(
            "settings.name", N_("Give the clinic a name of at most 100 characters."), field="name"
        )
    queries.put(uow, CATEGORY, NAME_KEY, name, "string")
    queries.put(uow, CATEGORY, ZONE_KEY, settings.zone.key, "string")
    queries.put(uow, CATEGORY, HOURS_KEY, write_hours(settings.hours), "json")
    queries.put(uow, CATEGORY, NOTIFICATIONS_KEY, "true" if settings.notifications else OFF, "boolean")
    queries.put(uow, CATEGORY, LONG_WAIT_KEY, str(settings.long_wait), "number")


def _minutes(stored: str | None) -> int:
    return int(stored) if stored is not None and stored.isdecimal() and int(stored) else LONG_WAIT_MINUTES


@requires(READ)
def rules(connection: Connection, actor: Actor) -> ClinicRules:
    """What administrators have decided; what is missing or cannot be read has its default. One statement."""
    return _rules(queries.values(connection, CATEGORY))


@requires(WRITE)
def save_rules(uow: UnitOfWork, actor: Actor, wanted: ClinicRules, *, read: ClinicRules) -> None:
    """Write what is `wanted` otherwise than it was `read`; what somebody else changed meanwhile stays.

    Raises:
        Conflict: ``settings.changed``, when somebody else has changed one of the same; `current` are the rules now.
        ValidationError: an impossible number.
    """
    _check(wanted)
    now = _rules(queries.locked_values(uow, CATEGORY))
    changed = [
        each.name for each in fields(ClinicRules) if getattr(wanted, each.name) != getattr(read, each.name)
    ]
    if any(getattr(now, name) not in {getattr(read, name), getattr(wanted, name)} for name in changed):
        raise Conflict(
            "settings.changed",
            N_("Somebody else has changed this meanwhile. Look at it again, then save."),
            current=now,
        )
    for name in changed:
        value = getattr(wanted, name)
        if isinstance(value, bool):
            queries.put(uow, CATEGORY, name, ON if value else OFF, "boolean")
        else:
            queries.put(uow, CATEGORY, name, str(value), "number")


def _rules(stored: Mapping[str, str]) -> ClinicRules:
    slots = stored.get(EXTRA_SLOTS_KEY, "")
    return ClinicRules(
        extra_slots=int(slots) if slots.isdecimal() else EXTRA_SLOTS,
        closures_refuse=stored.get(CLOSED_KEY) != OFF,
        mirror_closures=stored.get(MIRROR_KEY) == ON,
        long_wait=_minutes(stored.get(LONG_WAIT_KEY)),
        notifications=stored.get(NOTIFICATIONS_KEY) != OFF,
    )


def _check(wanted: ClinicRules) -> None:
    if not 0 <= wanted.extra_slots <= MOST_EXTRA_SLOTS:
        raise ValidationError(
            "settings.extra_slots", N_("Between 0 and {most} extra bookings."), field="extra_slots",
            most=MOST_EXTRA_SLOTS,
        )  # fmt: skip
    if not 1 <= wanted.long_wait <= LONGEST_WAIT:
        raise ValidationError(
            "settings.long_wait", N_("Between 1 and {most} minutes."), field="long_wait", most=LONGEST_WAIT
        )


@requires(READ)
def stored(connection: Connection, actor: Actor, category: str) -> dict[str, str]:
    """The texts a feature keeps in a category of its own, by key; what was never written is missing."""
    return queries.values(connection, category)


@requires(WRITE)
def store(uow: UnitOfWork, actor: Actor, category: str, key: str, value: str) -> None:
    """Write one of them."""
    queries.put(uow, category, key, value, "string")


@public("turns a stored text into a value; reads nothing")
def zone_of(stored: str | None) -> ZoneInfo:
    """The clinic's zone; a name that this computer does not know reads as the default."""
    try:
        return ZoneInfo(stored or DEFAULT_ZONE)
    except (KeyError, ValueError, OSError):
        log.warning("clinic.timezone is not a known zone; using %s", DEFAULT_ZONE)
        return ZoneInfo(DEFAULT_ZONE)


@public("turns a stored text into a value; reads nothing")
def hours_of(stored: str | None) -> Hours:
    """Working hours; a text that cannot be read counts as the default."""
    if stored is None:
        return DEFAULT_HOURS
    try:
        return read_hours(stored)
    except ValueError:
        log.warning("clinic.hours cannot be read; using the default")
        return DEFAULT_HOURS
