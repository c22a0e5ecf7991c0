"""Statements over the leases of rooms; all times are the server's."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Integer, String, and_, bindparam, case, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.features.consultations.models import DeskVideoLease
from tcmdesk.features.consultations.queries.columns import server_seconds

LEASE_SECONDS: Final = 10
STEP: Final = 2
"""Generations of a doctor's attempts are even, so that they never equal a patient's."""

_room: Final = bindparam("in_room", type_=String(100))
_holder: Final = bindparam("holder", type_=String(64))
_UNTIL: Final = server_seconds() + LEASE_SECONDS
_MINE: Final = and_(DeskVideoLease.workstation == _holder, DeskVideoLease.expires >= server_seconds())

# MySQL assigns from left to right, so the generation is reckoned before the holder changes
_TAKE: Final = (
    update(DeskVideoLease)
    .where(
        DeskVideoLease.room_id == _room,
        or_(
            DeskVideoLease.workstation == _holder,
            DeskVideoLease.expires < server_seconds(),
            bindparam("force", type_=Integer) == 1,
        ),
    )
    .ordered_values(
        (
            DeskVideoLease.generation,
            case((_MINE, DeskVideoLease.generation), else_=DeskVideoLease.generation + STEP),
        ),
        (DeskVideoLease.workstation, _holder),
        (DeskVideoLease.expires, _UNTIL),
    )
)
_RENEW: Final = (
    update(DeskVideoLease)
    .where(DeskVideoLease.room_id == _room, DeskVideoLease.workstation == _holder)
    .ordered_values(
        (
            DeskVideoLease.generation,
            case(
                (DeskVideoLease.generation < bindparam("reached", type_=Integer), bindparam("reached", type_=Integer)),
                else_=DeskVideoLease.generation,
            ),
        ),
        (DeskVideoLease.expires, _UNTIL),
    )
)  # fmt: skip
_RELEASE: Final = (
    update(DeskVideoLease)
    .where(DeskVideoLease.room_id == _room, DeskVideoLease.workstation == _holder)
    .values(expires=0)
)
_READ: Final = select(DeskVideoLease.workstation, DeskVideoLease.generation).where(
    DeskVideoLease.room_id == _room
)


def take(connection: Connection, room_id: str, holder: str, *, force: bool) -> tuple[str, int]:
    """Take the room if it is free, expired, one's own, or by force; returns who has it and its generation."""
    given = {"in_room": room_id, "holder": holder, "force": int(force)}
    if not connection.execute(_TAKE, given).rowcount and _read(connection, room_id) is None:
        try:
            connection.execute(
                insert(DeskVideoLease).values(
                    room_id=room_id, workstation=holder, generation=0, expires=_UNTIL
                )
            )
        except IntegrityError:
            # another workstation was first; by force it is taken from there
            connection.execute(_TAKE, given)
    row = _read(connection, room_id)
    if row is None:
        raise LookupError("the lease was deleted meanwhile")
    return row


def renew(connection: Connection, room_id: str, holder: str, generation: int) -> bool:
    """Keep the room, noting the generation reached; False when another workstation took it over."""
    given = {"in_room": room_id, "holder": holder, "reached": generation}
    return bool(connection.execute(_RENEW, given).rowcount)


def release(connection: Connection, room_id: str, holder: str) -> None:
    """Let go of the room, if it is still held; its generation stays."""
    connection.execute(_RELEASE, {"in_room": room_id, "holder": holder})


def _read(connection: Connection, room_id: str) -> tuple[str, int] | None:
    row = connection.execute(_READ, {"in_room": room_id}).one_or_none()
    return None if row is None else (row.workstation, row.generation)
