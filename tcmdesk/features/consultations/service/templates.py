"""A doctor's text blocks for the end of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, update

from tcmdesk.core.actor import Actor, Staff
from tcmdesk.core.errors import PermissionDenied, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.consultations.models import VideoConsultationTemplate
from tcmdesk.features.consultations.queries.templates import read_templates
from tcmdesk.features.consultations.types import COMPLETE, Template

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork

NAME_MAX: Final = 100


@requires(COMPLETE)
def templates(connection: Connection, actor: Actor) -> tuple[Template, ...]:
    """The doctor's own, the most used first; none for somebody who is no doctor."""
    doctor = actor.doctor_id if isinstance(actor, Staff) else None
    return () if doctor is None else read_templates(connection, doctor)


@requires(COMPLETE)
def save_template(uow: UnitOfWork, actor: Actor, template: Template) -> None:
    """Make or change one of the doctor's own.

    Raises:
        PermissionDenied: the actor is no doctor.
        ValidationError: no name, or one that is too long.
    """
    doctor = _doctor(actor)
    name = template.name.strip()
    if not name or len(name) > NAME_MAX:
        raise ValidationError(
            "video.template_name", N_("Give the template a name of at most {most} characters."), field="name",
            most=NAME_MAX,
        )  # fmt: skip
    texts = {
        "name": name,
        "diagnosis": template.diagnosis.strip() or None,
        "treatment_plan": template.treatment_plan.strip() or None,
        "notes": template.notes.strip() or None,
    }
    own = (
        VideoConsultationTemplate.id == template.template_id,
        VideoConsultationTemplate.doctor_id == doctor,
    )
    if not uow.execute(update(VideoConsultationTemplate).where(*own).values(**texts)).rowcount:
        uow.execute(
            insert(VideoConsultationTemplate).values(
                id=template.template_id, doctor_id=doctor, usage_count=0, **texts
            )
        )


@requires(COMPLETE)
def count_use(uow: UnitOfWork, actor: Actor, template_id: str) -> None:
    """Count that a template went into a record."""
    uow.execute(
        update(VideoConsultationTemplate)
        .where(VideoConsultationTemplate.id == template_id)
        .values(usage_count=func.coalesce(VideoConsultationTemplate.usage_count, 0) + 1)
    )


def _doctor(actor: Actor) -> str:
    if isinstance(actor, Staff) and actor.doctor_id is not None:
        return actor.doctor_id
    raise PermissionDenied("video.no_doctor", N_("Templates belong to a doctor. Sign in as one."))
