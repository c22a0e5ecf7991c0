"""Servers that help two computers find each other (ICE, RFC 8445), from the platform's settings.

A TURN server that shares a secret with the clinic takes credentials that expire: the name is ``expiry:account``, the
password the base64 of HMAC-SHA1 of it under the secret (draft-uberti-behave-turn-rest-00, 2.2).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.consultations.queries.calls import read_call_settings
from tcmdesk.features.consultations.queries.rooms import read_room
from tcmdesk.features.consultations.types import EXCHANGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

log = logging.getLogger(__name__)

CREDENTIAL_LIFE: Final = dt.timedelta(hours=4)


@requires(EXCHANGE)
def ice_servers(
    connection: Connection, actor: Actor, room_id: str, *, now: dt.datetime
) -> tuple[dict[str, Any], ...]:
    """Objects of `RTCIceServer` (W3C WebRTC, 4.2.3) for a member of the room; empty where none is configured.

    Raises:
        PermissionDenied: the actor is not in the room.
    """
    me = actor_id(actor)
    room = read_room(connection, room_id)
    if me is None or room is None or room.other(me) is None:
        raise PermissionDenied("signal.refused", N_("The call is not open to this person now."))
    settings = read_call_settings(connection)
    return servers_of(settings.get("ice_servers"), settings.get("turn_secret"), me, now)


@public("turns stored settings into a value; reads nothing")
def servers_of(
    stored: str | None, secret: str | None, user: str, now: dt.datetime
) -> tuple[dict[str, Any], ...]:
    """The configured servers, each relay without a password of its own with one that expires.

    A setting that cannot be read counts as none: calls within one network still work.
    """
    try:
        entries = json.loads(stored) if stored else []
        return tuple(_server(entry, secret, user, now) for entry in entries)
    except (ValueError, TypeError, AttributeError, KeyError):
        log.warning("video_call.ice_servers cannot be read; using none")
        return ()


def _server(
    entry: Mapping[str, Any] | str, secret: str | None, user: str, now: dt.datetime
) -> dict[str, Any]:
    given: Mapping[str, Any] = {"urls": entry} if isinstance(entry, str) else entry
    urls = given.get("urls") or given["url"]
    listed = [urls] if isinstance(urls, str) else [str(url) for url in urls]
    server: dict[str, Any] = {"urls": listed}
    if given.get("credential"):
        return server | {"username": given.get("username", ""), "credential": given["credential"]}
    if secret and any(url.startswith(("turn:", "turns:")) for url in listed):
        name = f"{int((now + CREDENTIAL_LIFE).timestamp())}:{user}"
        digest = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
        return server | {"username": name, "credential": base64.b64encode(digest).decode("ascii")}
    return server
