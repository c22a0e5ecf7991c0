"""Statements over the table of signals, and over that of events, which is filled the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    CHAR,
    JSON,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)  # fmt: skip

from tcmdesk.features.consultations.models import (
    DeskVideoLease,
    DeskVideoVisit,
    VideoCallEvent,
    VideoConsultation,
    WebrtcSignal,
)
from tcmdesk.features.consultations.queries.columns import is_open, server_seconds
from tcmdesk.features.consultations.types import SignalType
from tcmdesk.features.identity.models import Doctor

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

_id: Final = bindparam("id", type_=CHAR(36))
_me: Final = bindparam("me", type_=CHAR(36))
_room: Final = bindparam("room", type_=String(100))


def _members(*columns: Any) -> Select[*tuple[Any, ...]]:
    """One row when `me` is the room's doctor or its patient, else none."""
    return (
        select(*columns)
        .select_from(VideoConsultation)
        .join(Doctor, Doctor.id == VideoConsultation.doctor_id)
        .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
        .where(VideoConsultation.room_id == _room)
    )


_OTHER: Final = case((Doctor.user_id == _me, VideoConsultation.patient_id), else_=Doctor.user_id)
_LET_IN: Final = and_(VideoConsultation.patient_id == _me, DeskVideoVisit.admitted_at.is_not(None))

INSERT_SIGNAL: Final = insert(WebrtcSignal).from_select(
    ["id", "room_id", "from_user_id", "to_user_id", "signal_type", "payload"],
    _members(
        _id, VideoConsultation.room_id, _me, _OTHER, bindparam("type", type_=String(20)),
        bindparam("payload", type_=JSON()),
    ).where(is_open(), or_(Doctor.user_id == _me, _LET_IN)),
    include_defaults=False,
)  # fmt: skip
"""Writes a signal to the other side of an open room; no row when `me` may not."""

DELETE_STALE_OFFERS: Final = delete(WebrtcSignal).where(
    WebrtcSignal.room_id == _room,
    WebrtcSignal.from_user_id == _me,
    WebrtcSignal.signal_type == SignalType.OFFER.value,
    WebrtcSignal.delivered == false(),
)

INSERT_EVENT: Final = insert(VideoCallEvent).from_select(
    ["id", "consultation_id", "user_id", "event_type", "event_data", "ip_address", "user_agent"],
    _members(
        _id, VideoConsultation.id, _me, bindparam("type", type_=String(30)), bindparam("data", type_=JSON(none_as_null=True)),
        bindparam("ip", type_=String(45)), bindparam("agent", type_=String(300)),
    ).where(or_(Doctor.user_id == _me, VideoConsultation.patient_id == _me)),
    include_defaults=False,
)  # fmt: skip

_EXPECTED: Final = case(
    (WebrtcSignal.to_user_id == Doctor.user_id, VideoConsultation.patient_id),
    (WebrtcSignal.to_user_id == VideoConsultation.patient_id, Doctor.user_id),
    else_=None,
)
_UNREAD: Final = (
    select(
        WebrtcSignal.id,
        WebrtcSignal.room_id,
        WebrtcSignal.from_user_id,
        WebrtcSignal.to_user_id,
        WebrtcSignal.signal_type,
        WebrtcSignal.payload,
        _EXPECTED.label("expected"),
    )
    .join(VideoConsultation, VideoConsultation.room_id == WebrtcSignal.room_id)
    .join(Doctor, Doctor.id == VideoConsultation.doctor_id)
    .where(
        WebrtcSignal.to_user_id.in_(bindparam("users", expanding=True)),
        WebrtcSignal.delivered == false(),
        WebrtcSignal.room_id.in_(bindparam("rooms", expanding=True)),
    )
    # ids of ours are in order of time within the column's second; others' may come before their offer
    .order_by(WebrtcSignal.created_at, WebrtcSignal.id)
)
_UNREAD_BY_HOLDER: Final = _UNREAD.where(
    exists().where(
        DeskVideoLease.room_id == WebrtcSignal.room_id,
        DeskVideoLease.workstation == bindparam("workstation", type_=String(64)),
        DeskVideoLease.expires >= server_seconds(),
    )
)
_DELIVERED: Final = (
    update(WebrtcSignal).where(WebrtcSignal.id.in_(bindparam("ids", expanding=True))).values(delivered=true())
)
_SERVER_NOW: Final = select(func.current_timestamp(type_=WebrtcSignal.created_at.type))


def read_unread(
    connection: Connection, rooms: Iterable[str], users: Iterable[str], workstation: str | None = None
) -> Sequence[Any]:
    """Rows not yet delivered to `users` in `rooms`; with a workstation, only of rooms whose lease it holds."""
    given: dict[str, Any] = {"rooms": list(rooms), "users": list(users)}
    if workstation is None:
        return connection.execute(_UNREAD, given).all()
    return connection.execute(_UNREAD_BY_HOLDER, given | {"workstation": workstation}).all()


def set_delivered(connection: Connection, ids: Iterable[str]) -> None:
    """Mark rows as delivered."""
    connection.execute(_DELIVERED, {"ids": list(ids)})


def delete_older(connection: Connection, age: dt.timedelta) -> int:
    """Delete signals older than `age` by the server's clock; returns how many."""
    oldest = connection.execute(_SERVER_NOW).scalar_one() - age
    return connection.execute(delete(WebrtcSignal).where(WebrtcSignal.created_at < oldest)).rowcount
