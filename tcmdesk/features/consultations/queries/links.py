"""Links and the browsers that opened them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from tcmdesk.features.consultations.models import DeskVideoLink, DeskVideoSession, VideoConsultation
from tcmdesk.features.consultations.queries.columns import setting
from tcmdesk.features.consultations.types import LinkState
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.settings.types import CATEGORY, NAME_KEY

_LINK: Final = (
    select(
        DeskVideoLink.id,
        DeskVideoLink.consultation_id,
        DeskVideoLink.expires_at,
        DeskVideoLink.opened_at,
        DeskVideoLink.revoked_at,
        VideoConsultation.room_id,
        VideoConsultation.patient_id,
        VideoConsultation.status,
        VideoConsultation.scheduled_start_time,
        User.name.label("doctor_name"),
        setting(CATEGORY, NAME_KEY).label("clinic"),
    )
    .join(VideoConsultation, VideoConsultation.id == DeskVideoLink.consultation_id)
    .join(Doctor, Doctor.id == VideoConsultation.doctor_id)
    .join(User, User.id == Doctor.user_id)
    .where(DeskVideoLink.token_hash == bindparam("hash"))
)
_SESSION: Final = (
    select(
        DeskVideoSession.id,
        DeskVideoSession.link_id,
        DeskVideoSession.user_id,
        DeskVideoSession.consultation_id,
        DeskVideoSession.expires_at,
        DeskVideoSession.ended_at,
        VideoConsultation.room_id,
    )
    .join(VideoConsultation, VideoConsultation.id == DeskVideoSession.consultation_id)
    .where(DeskVideoSession.token_hash == bindparam("hash"))
)
_STATE: Final = (
    select(
        DeskVideoLink.id,
        DeskVideoLink.issued_at,
        DeskVideoLink.expires_at,
        DeskVideoLink.opened_at,
        DeskVideoLink.revoked_at,
    )
    .where(DeskVideoLink.consultation_id == bindparam("consultation"))
    .order_by(DeskVideoLink.issued_at.desc(), DeskVideoLink.id.desc())
    .limit(1)
)


def read_link(connection: Connection, token_hash: str, *, lock: bool = False) -> Any:
    """The link of a token, with its visit; None when there is none. `lock` holds its row."""
    statement = _LINK.with_for_update(of=DeskVideoLink) if lock else _LINK
    return connection.execute(statement, {"hash": token_hash}).one_or_none()


def read_session(connection: Connection, token_hash: str) -> Any:
    """The session of a browser's credential, or None."""
    return connection.execute(_SESSION, {"hash": token_hash}).one_or_none()


def read_state(connection: Connection, consultation_id: str) -> LinkState | None:
    """What became of the newest link of a visit."""
    row = connection.execute(_STATE, {"consultation": consultation_id}).one_or_none()
    return None if row is None else LinkState(*row)
