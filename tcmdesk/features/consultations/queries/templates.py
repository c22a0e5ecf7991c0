"""A doctor's text blocks."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from tcmdesk.features.consultations.models import VideoConsultationTemplate
from tcmdesk.features.consultations.types import Template

_USES = func.coalesce(VideoConsultationTemplate.usage_count, 0)
_OF_DOCTOR: Final = (
    select(
        VideoConsultationTemplate.id,
        VideoConsultationTemplate.name,
        func.coalesce(VideoConsultationTemplate.diagnosis, ""),
        func.coalesce(VideoConsultationTemplate.treatment_plan, ""),
        func.coalesce(VideoConsultationTemplate.notes, ""),
        _USES,
    )
    .where(VideoConsultationTemplate.doctor_id == bindparam("doctor"))
    .order_by(_USES.desc(), VideoConsultationTemplate.name, VideoConsultationTemplate.id)
)


def read_templates(connection: Connection, doctor_id: str) -> tuple[Template, ...]:
    """A doctor's templates, the most used first."""
    return tuple(Template(*row) for row in connection.execute(_OF_DOCTOR, {"doctor": doctor_id}))
