"""The lists as they are read. Each page is one statement."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.permissions import requires
from tcmdesk.features.worklists.queries import inbox, lists
from tcmdesk.features.worklists.types import NO_SHOW_DAYS, READ, RECALL_SPAN_DAYS, Inbox, Key, Page

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection


@requires(READ)
def from_platform(
    connection: Connection, actor: Actor, *, now: dt.datetime, zone: ZoneInfo, after: Key | None = None
) -> Page:
    """The platform's bookings to come that the reader has not seen or nobody has confirmed, the newest first."""
    return inbox.read_inbox(connection, actor_id(actor) or "", _midnight(now, zone), zone, after)


@requires(READ)
def what_is_new(connection: Connection, actor: Actor, *, now: dt.datetime, zone: ZoneInfo) -> Inbox:
    """What of it the reader has not seen."""
    return inbox.read_state(connection, actor_id(actor) or "", _midnight(now, zone))


@requires(READ)
def unconfirmed(
    connection: Connection, actor: Actor, *, now: dt.datetime, zone: ZoneInfo, after: Key | None = None
) -> Page:
    """Bookings from today on that nobody has confirmed, the next ones first."""
    return lists.read_unconfirmed(connection, _midnight(now, zone), zone, after)


@requires(READ)
def recall(
    connection: Connection,
    actor: Actor,
    *,
    days: int,
    now: dt.datetime,
    zone: ZoneInfo,
    after: Key | None = None,
) -> Page:
    """Who was here last `days` ago or longer, and has no other visit since or to come, the latest first."""
    before = _midnight(now, zone) - dt.timedelta(days=days - 1)
    since = before - dt.timedelta(days=RECALL_SPAN_DAYS)
    return lists.read_recall(connection, before, since, now.astimezone(zone).date(), zone, after)


@requires(READ)
def no_show(
    connection: Connection, actor: Actor, *, now: dt.datetime, zone: ZoneInfo, after: Key | None = None
) -> Page:
    """Who did not come in the last month and has no other visit since or to come, the latest first."""
    today = _midnight(now, zone)
    page = lists.read_no_show(
        connection, today + dt.timedelta(days=1), today - dt.timedelta(days=NO_SHOW_DAYS),
        now.astimezone(zone).date(), zone, after,
    )  # fmt: skip
    # a date may carry any time of its day: today's are over when their own time is
    over = tuple(row for row in page.rows if row.card.ends_at is None or row.card.ends_at <= now)
    return Page(over, page.next)


def _midnight(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(now.astimezone(zone).date(), dt.time(), zone).astimezone(dt.UTC)
