"""An earlier diagnosis in person, without which nobody is seen by video.

Source: 互联网诊疗管理办法（试行）2018, article 16: the doctor knows the record, and the illness was diagnosed before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.consultations.models import DeskVideoDiagnosis
from tcmdesk.features.consultations.queries.diagnoses import read_prior
from tcmdesk.features.consultations.types import COMPLETE
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.patients.types import PatientRef

PLACE_MAX: Final = 200


@requires(COMPLETE)
def file_diagnosis(uow: UnitOfWork, actor: Actor, ref: PatientRef, day: dt.date, place: str) -> None:
    """File what the doctor saw on paper: when and where the illness was diagnosed in person.

    Raises:
        ValidationError: a day that has not been yet, or no place.
    """
    where = place.strip()
    if not where or len(where) > PLACE_MAX:
        raise ValidationError(
            "video.place", N_("Say where the diagnosis was made, in 1 to {most} characters."), field="place",
            most=PLACE_MAX,
        )  # fmt: skip
    if day > uow.now.astimezone(clinic(uow.connection, actor).zone).date():
        raise ValidationError(
            "video.day", N_("This day has not been yet. Enter the day of the visit."), field="day"
        )
    uow.execute(
        insert(DeskVideoDiagnosis).values(
            id=uuid7(), user_id=ref.user_id, profile_id=ref.profile_id, diagnosed_on=day, place=where,
            filed_by=actor_id(actor), filed_at=uow.now,
        )
    )  # fmt: skip


@public("asked by other services before they let anybody in")
def demand_prior(uow: UnitOfWork, actor: Actor, row: Any) -> None:
    """Raise unless the patient of a row of `queries.rooms` was diagnosed in person before.

    Raises:
        Conflict: ``video.first_visit``.
    """
    zone = clinic(uow.connection, actor).zone
    if read_prior(uow.connection, row.patient_id, row.profile_id, zone) is None:
        raise Conflict(
            "video.first_visit",
            N_(
                "No earlier diagnosis in person is on record. File it with day and place, or book a visit at the clinic."
            ),
        )
