"""How a patient gets in: a link that opens once, and the browser that opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, update

from tcmdesk.core.actor import Actor, Patient, actor_id
from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.consultations.models import DeskVideoLink, DeskVideoSession
from tcmdesk.features.consultations.queries.calls import read_call_settings
from tcmdesk.features.consultations.queries.columns import VIDEO_CALL
from tcmdesk.features.consultations.queries.links import read_link, read_session, read_state
from tcmdesk.features.consultations.service import _rules as rules
from tcmdesk.features.consultations.service._tokens import hash_of, new_token
from tcmdesk.features.consultations.service.licence import demand_open
from tcmdesk.features.consultations.types import (
    CONFIGURE,
    LINK,
    LINK_LIFE,
    OPEN_STATUSES,
    READ,
    SESSION_LIFE,
    IssuedLink,
    LinkState,
    LinkView,
    VisitStatus,
)
from tcmdesk.features.settings.service import store

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork

ADDRESS_KEY: Final = "patient_address"
"""Key of ours beside the platform's in the category ``video_call``."""


@requires(LINK)
def issue_link(uow: UnitOfWork, actor: Actor, consultation_id: str) -> IssuedLink:
    """Make a link for the patient; those made before and not opened no longer open.

    Raises:
        Conflict: the visit is over, or online visits are off.
        NotFound: the visit.
    """
    row = rules.current(uow, consultation_id)
    demand_open(uow.connection, row.doctor_id, uow.now)
    _revoke(uow, DeskVideoLink.consultation_id == consultation_id, DeskVideoLink.opened_at.is_(None))
    link = IssuedLink(uuid7(), consultation_id, new_token(), uow.now + LINK_LIFE)
    uow.execute(
        insert(DeskVideoLink).values(
            id=link.link_id, consultation_id=consultation_id, token_hash=hash_of(link.token),
            issued_by=actor_id(actor), issued_at=uow.now, expires_at=link.expires_at,
        )
    )  # fmt: skip
    return link


@requires(READ)
def patient_address(connection: Connection, actor: Actor) -> str:
    """Where patients reach the gateway, such as ``https://visit.example.org``; empty where nobody has said so."""
    return read_call_settings(connection).get(ADDRESS_KEY, "").rstrip("/")


@requires(CONFIGURE)
def save_patient_address(uow: UnitOfWork, actor: Actor, address: str) -> None:
    """Say where patients reach the gateway.

    Raises:
        ValidationError: it is no web address, or would send secrets in the open.
    """
    text = address.strip().rstrip("/")
    local = text.startswith(("http://localhost", "http://127.0.0.1"))
    if text and not local and (not text.startswith("https://") or any(char.isspace() for char in text)):
        raise ValidationError(
            "video.address",
            N_("The address begins with https://, as browsers ask for a camera."),
            field="address",
        )
    store(uow, actor, VIDEO_CALL, ADDRESS_KEY, text)


@public("puts a text together; reads nothing")
def link_text(address: str, token: str) -> str:
    """What the patient opens. The secret stands behind #, which browsers do not send and no log keeps."""
    return f"{address}/#{token}"


@requires(LINK)
def revoke_link(uow: UnitOfWork, actor: Actor, link_id: str) -> None:
    """Close a link, and end the browser that came by it."""
    _revoke(uow, DeskVideoLink.id == link_id)
    _end(uow, DeskVideoSession.link_id == link_id)


@requires(READ)
def link_state(connection: Connection, actor: Actor, consultation_id: str) -> LinkState | None:
    """What became of the newest link of a visit; None when it has none."""
    return read_state(connection, consultation_id)


@public("the link's 256 bits are what is asked for")
def look_at_link(connection: Connection, actor: Actor, token: str, *, now: dt.datetime) -> LinkView:
    """What a link leads to, without opening it.

    Raises:
        Conflict: ``link.used``, ``link.revoked`` or ``link.expired``.
        NotFound: ``link.unknown``.
    """
    row = _usable(read_link(connection, hash_of(token)), now)
    if row.opened_at is not None:
        raise _used()
    return LinkView(row.clinic or "", row.doctor_name, row.scheduled_start_time, row.expires_at)


@public("the link's 256 bits are what is asked for")
def redeem_link(uow: UnitOfWork, actor: Actor, token: str, credential: str) -> Patient:
    """Open a link for one browser; browsers that came by earlier links of the visit are out.

    Args:
        credential: 256 random bits that the browser keeps (a cookie); asking again with the same is no second use.

    Raises:
        Conflict: ``link.used``, ``link.revoked`` or ``link.expired``.
        NotFound: ``link.unknown``.
        ValidationError: the credential is too short to be a secret.
    """
    if len(credential) < 43:
        raise ValidationError(
            "session.credential", N_("The browser has no secret of its own. Reload the page.")
        )
    row = _usable(read_link(uow.connection, hash_of(token), lock=True), uow.now)
    patient = Patient(row.patient_id, row.consultation_id, row.room_id)
    kept = hash_of(credential)
    if row.opened_at is not None:
        session = read_session(uow.connection, kept)
        if session is None or session.link_id != row.id or session.ended_at is not None:
            raise _used()
        return patient
    uow.execute(update(DeskVideoLink).where(DeskVideoLink.id == row.id).values(opened_at=uow.now))
    _end(uow, DeskVideoSession.consultation_id == row.consultation_id)
    uow.execute(
        insert(DeskVideoSession).values(
            id=uuid7(), consultation_id=row.consultation_id, link_id=row.id, user_id=row.patient_id,
            token_hash=kept, opened_at=uow.now, expires_at=uow.now + SESSION_LIFE,
        )
    )  # fmt: skip
    return patient


@public("the browser's 256 bits are what is asked for")
def patient_of(connection: Connection, actor: Actor, credential: str, *, now: dt.datetime) -> Patient:
    """Who comes back with a credential.

    Raises:
        Conflict: ``session.ended``: never begun, expired, revoked, or another browser has taken over.
    """
    row = read_session(connection, hash_of(credential))
    if row is None or row.ended_at is not None or row.expires_at <= now:
        raise Conflict(
            "session.ended", N_("This page is no longer connected to a visit. Ask the clinic for a new link.")
        )
    return Patient(row.user_id, row.consultation_id, row.room_id)


def _usable(row: Any, now: dt.datetime) -> Any:
    if row is None:
        raise NotFound(
            "link.unknown",
            N_("This link is not complete, or not of this clinic. Ask the clinic for a new one."),
        )
    if row.revoked_at is not None:
        raise Conflict("link.revoked", N_("The clinic has replaced this link. Use the newest one."))
    if row.expires_at <= now or VisitStatus(row.status) not in OPEN_STATUSES:
        raise Conflict("link.expired", N_("This link has expired. Ask the clinic for a new one."))
    return row


def _used() -> Conflict:
    return Conflict(
        "link.used",
        N_("This link was opened on another device. Go on there, or ask the clinic for a new one."),
    )


def _revoke(uow: UnitOfWork, *which: Any) -> None:
    uow.execute(
        update(DeskVideoLink).where(*which, DeskVideoLink.revoked_at.is_(None)).values(revoked_at=uow.now)
    )


def _end(uow: UnitOfWork, which: Any) -> None:
    uow.execute(
        update(DeskVideoSession).where(which, DeskVideoSession.ended_at.is_(None)).values(ended_at=uow.now)
    )
