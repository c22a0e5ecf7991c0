"""Parts of statements about video visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Select, and_, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.types import OPEN_STATUSES, Room, VisitStatus
from tcmdesk.features.identity.models import Doctor
from tcmdesk.features.settings.models import SystemConfig

if TYPE_CHECKING:
    from sqlalchemy import ScalarSelect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.elements import ColumnElement

VIDEO_CALL: Final = "video_call"
"""`system_configs.category` of the platform's call settings, and of ours beside them."""


class server_seconds(FunctionElement[int]):  # noqa: N801  (used like `func.now`)
    """Seconds since 1970 by the server's clock."""

    type = BigInteger()
    inherit_cache = True


@compiles(server_seconds)
def _unix_timestamp(_element: server_seconds, _compiler: SQLCompiler, **_options: Any) -> str:
    return "UNIX_TIMESTAMP()"


@compiles(server_seconds, "sqlite")
def _sqlite_seconds(_element: server_seconds, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(strftime('%s', 'now') AS INTEGER)"


def setting(category: str, key: str) -> ScalarSelect[Any]:
    """One stored setting or null, as a column of another statement."""
    return (
        select(SystemConfig.config_value)
        .where(SystemConfig.category == category, SystemConfig.config_key == literal(key))
        .scalar_subquery()
    )


def is_open() -> ColumnElement[bool]:
    """Whether people may still meet in the room."""
    return VideoConsultation.status.in_([status.value for status in OPEN_STATUSES])


def room_columns() -> Select[*tuple[Any, ...]]:
    """Consultations with both accounts and our row."""
    return (
        select(
            VideoConsultation.id,
            VideoConsultation.appointment_id,
            VideoConsultation.room_id,
            VideoConsultation.doctor_id,
            Doctor.user_id.label("doctor_user_id"),
            VideoConsultation.patient_id,
            VideoConsultation.status,
            VideoConsultation.scheduled_start_time,
            VideoConsultation.actual_start_time,
            DeskVideoVisit.consultation_id.label("desk_row"),
            DeskVideoVisit.profile_id,
            DeskVideoVisit.consent_version,
            DeskVideoVisit.consented_at,
            DeskVideoVisit.identity_stated_at,
            DeskVideoVisit.identity_checked_at,
            DeskVideoVisit.entered_at,
            DeskVideoVisit.left_at,
            DeskVideoVisit.admitted_at,
        )
        .select_from(VideoConsultation)
        .join(Doctor, Doctor.id == VideoConsultation.doctor_id)
        .outerjoin(DeskVideoVisit, DeskVideoVisit.consultation_id == VideoConsultation.id)
    )


def room_of(row: Any) -> Room:
    """The room of a row of `room_columns`."""
    return Room(
        row.id, row.appointment_id, row.room_id, row.doctor_id, row.doctor_user_id, row.patient_id,
        VisitStatus(row.status),
    )  # fmt: skip


def in_waiting_room() -> ColumnElement[bool]:
    """Whether the patient has come and waits to be let in."""
    return and_(
        VideoConsultation.status == VisitStatus.WAITING.value,
        DeskVideoVisit.entered_at.is_not(None),
        DeskVideoVisit.left_at.is_(None),
        DeskVideoVisit.admitted_at.is_(None),
    )
