"""What a desk does with appointments: each function is one transaction, and a look after it.

They block. `op_id` is made by the dialog and kept over its own retries: an operation that was applied, though
its answer got lost, is recognised and not applied again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import IntegrityError

from tcmdesk.core.db.schema.guard import has_guard
from tcmdesk.core.errors import AlreadyApplied, Conflict
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.queries.briefing import read_overlapping
from tcmdesk.features.appointments.queries.current import read_current
from tcmdesk.features.appointments.service import _rules as rules
from tcmdesk.features.appointments.service import booking, visits
from tcmdesk.features.appointments.types import (
    BOOK,
    BookAppointment,
    Booked,
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    RestoreAppointment,
    SetStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

T = TypeVar("T")


@requires(BOOK)
def book(database: Database, actor: Actor, command: BookAppointment, *, op_id: str) -> Booked:
    """Book, and look once more for platform rows that came meanwhile; see `booking.book`."""
    try:
        _write(
            database,
            actor,
            "book",
            lambda uow: booking.book(uow, actor, command),
            op_id,
            command.appointment_id,
        )
    except IntegrityError as error:
        # the dialog's appointment is there already, by an operation of another id
        if database.read(lambda connection: read_current(connection, command.appointment_id)) is None:
            raise _refused_by_guard(database, error) from error
    return _look_again(database, command)


@requires(BOOK)
def move(database: Database, actor: Actor, command: MoveAppointment, *, op_id: str) -> Booked:
    """Move, and look once more; see `booking.move`."""
    try:
        _write(
            database,
            actor,
            "move",
            lambda uow: booking.move(uow, actor, command),
            op_id,
            command.appointment_id,
        )
    except IntegrityError as error:
        raise _refused_by_guard(database, error) from error
    return _look_again(database, command)


@requires(BOOK)
def restore(database: Database, actor: Actor, command: RestoreAppointment, *, op_id: str) -> None:
    """Take a cancellation back; see `booking.restore`."""
    _write(
        database, actor, "restore", lambda uow: booking.restore(uow, actor, command), op_id, command.appointment_id
    )  # fmt: skip


@requires(BOOK)
def cancel(database: Database, actor: Actor, command: CancelAppointment, *, op_id: str) -> None:
    """Cancel; see `visits.cancel`."""
    _write(
        database,
        actor,
        "cancel",
        lambda uow: visits.cancel(uow, actor, command),
        op_id,
        command.appointment_id,
    )


@requires(BOOK)
def edit(database: Database, actor: Actor, command: EditAppointment, *, op_id: str) -> None:
    """Correct; see `visits.edit`."""
    _write(
        database, actor, "edit", lambda uow: visits.edit(uow, actor, command), op_id, command.appointment_id
    )


@requires(BOOK)
def set_status(database: Database, actor: Actor, command: SetStatus, *, op_id: str) -> None:
    """Confirm or complete; see `visits.set_status`."""
    _write(
        database, actor, command.status.value, lambda uow: visits.set_status(uow, actor, command),
        op_id, command.appointment_id,
    )  # fmt: skip


@requires(BOOK)
def keep_overlap(database: Database, actor: Actor, appointment_ids: tuple[str, ...], *, op_id: str) -> None:
    """Let an overlap stand; see `visits.keep_overlap`."""
    _write(
        database, actor, "keep_overlap", lambda uow: visits.keep_overlap(uow, actor, appointment_ids),
        op_id, appointment_ids[0] if appointment_ids else None,
    )  # fmt: skip


def _write(
    database: Database,
    actor: Actor,
    verb: str,
    work: Callable[[UnitOfWork], object],
    op_id: str,
    subject: str | None,
) -> None:
    with suppress(AlreadyApplied):
        database.write(actor, f"appointments:booking:{verb}", work, op_id=op_id, subject=subject)


def _refused_by_guard(database: Database, error: IntegrityError) -> Exception:
    """What a row that the database would not take means: the guard knows of one booking a start, not of seats."""
    if not database.read(has_guard):
        return error
    return Conflict(
        "appointments.guarded",
        N_(
            "The database lets only one booking begin then. Choose a start beside it, such as five minutes later."
        ),
    )


def _look_again(database: Database, command: BookAppointment | MoveAppointment) -> Booked:
    """What holds now, with what overlaps it: the platform inserts without asking for a cell."""
    start, end = rules.interval(command.starts_at, command.minutes)
    booked = Booked(command.appointment_id, start, command.minutes)
    if command.extra_reason is not None:
        return booked
    clash = database.read(
        lambda connection: read_overlapping(
            connection, command.doctor_id, start, end, besides=command.appointment_id
        )
    )
    return replace(booked, clash=clash)
