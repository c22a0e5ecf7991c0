"""Who is here, as screens and the call display read it. Each function is one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service import present
from tcmdesk.features.reception.service._surnames import surname
from tcmdesk.features.reception.types import CalledNumber, QueueEntry, WaitingRoom, in_queue_order
from tcmdesk.features.visits.types import READ, Stage

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor


@requires(READ)
def room(connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo) -> WaitingRoom:
    """Everybody who has come on a day and not gone."""
    entries = [QueueEntry(attended) for attended in present.here(connection, actor, day, zone)]
    return WaitingRoom(
        day,
        in_queue_order(entry for entry in entries if entry.visit.waiting),
        tuple(
            sorted(
                (entry for entry in entries if not entry.visit.waiting),
                key=lambda entry: (entry.room, entry.doctor_name, entry.number),
            )
        ),
    )


@requires(READ)
def called(connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo) -> tuple[CalledNumber, ...]:
    """Who has been called and not gone in yet, or went in last; the latest call first.

    It carries no more of a person than a room full of strangers may read.
    """
    found = room(connection, actor, day, zone)
    numbers = [
        CalledNumber(
            entry.card.appointment_id, surname(entry.card.patient_name), entry.number, entry.room,
            entry.doctor_name, entry.visit.call_count, entry.visit.called_at,
            entry.visit.stage is Stage.IN_CONSULTATION,
        )
        for entry in (*found.waiting, *found.in_consultation)
        if entry.visit.called_at is not None
    ]  # fmt: skip
    return tuple(sorted(numbers, key=lambda each: (each.called_at, each.number), reverse=True))
