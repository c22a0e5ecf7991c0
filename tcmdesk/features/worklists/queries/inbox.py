"""New bookings of the platform. Each is one statement."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, and_, bindparam, func, or_, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.worklists.models import InboxMark
from tcmdesk.features.worklists.queries import rows
from tcmdesk.features.worklists.queries.rows import Listed, ListedDesk
from tcmdesk.features.worklists.types import Inbox, Key, ListRow, Page

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

MOST_NEW: Final = 100
"""New bookings that are told apart; beyond that the count says "99+"."""

_created: Final = func.coalesce(Listed.created_at, Listed.appointment_date, type_=UtcTimestamp)
"""A row without a moment of its own is as new as its visit is far."""

_mark: Final = InboxMark.user_id == bindparam("reader", type_=String)
_to_come: Final = Listed.appointment_date > bindparam("from", type_=UtcTimestamp)
_unseen: Final = or_(InboxMark.seen_at.is_(None), _created >= InboxMark.seen_at)
_marked: Final = InboxMark.seen_at.is_not(None)
"""A reader without a mark begins with what still asks for something."""

_PAGE: Final = (
    rows.listed(_created)
    .add_columns(InboxMark.seen_at, InboxMark.seen_ids)
    .outerjoin(InboxMark, _mark)
    .where(_to_come, rows.from_platform, rows.open_, or_(rows.pending, and_(_marked, _unseen)))
)
# the reader's own settings come along even when nothing is new
_reader: Final = select(bindparam("reader", type_=String).label("reader")).subquery()
_new: Final = (
    select(Listed.id, _created.label("at"))
    .select_from(Listed)
    .outerjoin(ListedDesk, ListedDesk.appointment_id == Listed.id)
    .outerjoin(InboxMark, _mark)
    .where(
        _to_come,
        rows.from_platform,
        rows.open_,
        _unseen,
        or_(_marked, rows.pending),
        Listed.patient_id != CLINIC_ACCOUNT_ID,
    )
    .order_by(_created.desc(), Listed.id.desc())
    .limit(MOST_NEW)
    .subquery()
)
_STATE: Final = (
    select(_new.c.id, _new.c.at, InboxMark.seen_at, InboxMark.seen_ids, InboxMark.sound)
    .select_from(_reader)
    .outerjoin(InboxMark, InboxMark.user_id == _reader.c.reader)
    # every row of it: no appointment has a reader's id
    .outerjoin(_new, _new.c.id != _reader.c.reader)
    .order_by(_new.c.at.desc(), _new.c.id.desc())
)


def read_inbox(
    connection: Connection, reader: str, from_: dt.datetime, zone: ZoneInfo, key: Key | None
) -> Page:
    """The platform's bookings to come that are new or unconfirmed, the newest first."""
    page = rows.page_of(_PAGE, _created, key, backwards=True)

    def complete(row: Any, made: ListRow) -> ListRow:
        return replace(made, new=_is_new(row))

    found = rows.read_page(
        connection,
        page,
        zone,
        complete,
        backwards=True,
        parameters={"reader": reader, "from": from_ - rows.DAY},
    )
    # of the second that was seen last only the ids tell what is new
    return replace(
        found, rows=tuple(row for row in found.rows if row.new or row.card.status is Status.PENDING)
    )


def read_state(connection: Connection, reader: str, from_: dt.datetime) -> Inbox:
    """What is new, and whether new bookings make a sound for somebody: they do until it is turned off."""
    found = connection.execute(_STATE, {"reader": reader, "from": from_ - rows.DAY}).all()
    sound = found[0].sound if found else None
    new = tuple(row.id for row in found if row.id is not None and _is_new(row))
    return Inbox(new, sound is None or bool(sound))


def _is_new(row: Any) -> bool:
    if row.seen_at is None:
        return True
    if row.at != row.seen_at:
        return bool(row.at > row.seen_at)
    return row.id not in json.loads(row.seen_ids)
