"""What a desk does with the day: each function is one transaction, recognised when it is asked for again.

They block. `op_id` is made by whoever asks and kept over retries: a step that was taken, though its answer got lost, is
not taken again.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from tcmdesk.core.errors import AlreadyApplied
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import present
from tcmdesk.features.appointments.types import BOOK
from tcmdesk.features.identity.service.passwords import hash_password
from tcmdesk.features.reception.service import steps, walk_ins
from tcmdesk.features.reception.types import QueueEntry, WalkIn
from tcmdesk.features.visits.types import ARRIVE, CALL, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

T = TypeVar("T")


@requires(ARRIVE)
def arrive(
    database: Database, actor: Actor, appointment_id: str, zone: ZoneInfo, *, op_id: str
) -> QueueEntry:
    """Somebody is here; see `steps.arrive`."""
    _write(
        database,
        actor,
        "arrive",
        lambda uow: steps.arrive(uow, actor, appointment_id, zone),
        op_id,
        appointment_id,
    )
    return _entry(database, actor, appointment_id)


@requires(ARRIVE)
def no_show(
    database: Database, actor: Actor, appointment_id: str, zone: ZoneInfo, *, op_id: str
) -> QueueEntry:
    """Somebody did not come; see `steps.no_show`."""
    _write(
        database,
        actor,
        "no_show",
        lambda uow: steps.no_show(uow, actor, appointment_id, zone),
        op_id,
        appointment_id,
    )
    return _entry(database, actor, appointment_id)


@requires(CALL)
def call(
    database: Database, actor: Actor, appointment_id: str, call_count: int, zone: ZoneInfo, *, op_id: str
) -> QueueEntry:
    """Call somebody; see `steps.call`."""
    _write(
        database, actor, "call", lambda uow: steps.call(uow, actor, appointment_id, call_count, zone), op_id,
        appointment_id,
    )  # fmt: skip
    return _entry(database, actor, appointment_id)


@requires(CALL)
def call_next(
    database: Database, actor: Actor, doctor_id: str, zone: ZoneInfo, *, op_id: str
) -> QueueEntry | None:
    """Call whoever is next with a doctor; see `steps.call_next`. None as well when it was done before."""
    return _write(
        database,
        actor,
        "call_next",
        lambda uow: steps.call_next(uow, actor, doctor_id, zone),
        op_id,
        doctor_id,
    )


@requires(CALL)
def start(database: Database, actor: Actor, appointment_id: str, zone: ZoneInfo, *, op_id: str) -> QueueEntry:
    """The consultation begins; see `steps.start`."""
    _write(
        database,
        actor,
        "start",
        lambda uow: steps.start(uow, actor, appointment_id, zone),
        op_id,
        appointment_id,
    )
    return _entry(database, actor, appointment_id)


@requires(CALL)
def finish(
    database: Database, actor: Actor, appointment_id: str, zone: ZoneInfo, *, op_id: str
) -> QueueEntry:
    """The consultation is over; see `steps.finish`."""
    _write(
        database,
        actor,
        "finish",
        lambda uow: steps.finish(uow, actor, appointment_id, zone),
        op_id,
        appointment_id,
    )
    return _entry(database, actor, appointment_id)


@requires(CALL)
def undo(database: Database, actor: Actor, appointment_id: str, seen: Stage, *, op_id: str) -> QueueEntry:
    """Take the last step back; see `steps.undo`."""
    _write(
        database,
        actor,
        "undo",
        lambda uow: steps.undo(uow, actor, appointment_id, seen),
        op_id,
        appointment_id,
    )
    return _entry(database, actor, appointment_id)


@requires(BOOK)
def walk_in(database: Database, actor: Actor, command: WalkIn, zone: ZoneInfo, *, op_id: str) -> QueueEntry:
    """Register, book and let arrive somebody without an appointment; see `walk_ins.walk_in`.

    A quarter of a second longer for a new person: the password that opens nothing is hashed before the transaction.
    """
    unusable = hash_password(secrets.token_hex(32)) if command.new_patient is not None else ""
    _write(
        database, actor, "walk_in", lambda uow: walk_ins.walk_in(uow, actor, command, zone, unusable), op_id,
        command.appointment_id,
    )  # fmt: skip
    return _entry(database, actor, command.appointment_id)


def _entry(database: Database, actor: Actor, appointment_id: str) -> QueueEntry:
    return QueueEntry(database.read(lambda connection: present.attended(connection, actor, appointment_id)))


def _write(
    database: Database, actor: Actor, verb: str, work: Callable[[UnitOfWork], T], op_id: str, subject: str
) -> T | None:
    with suppress(AlreadyApplied):
        return database.write(actor, f"reception:visit:{verb}", work, op_id=op_id, subject=subject)
    return None
