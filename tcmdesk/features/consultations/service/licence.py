"""Online visits are off until the clinic may hold them.

Sources: 互联网诊疗管理办法（试行）2018, articles 5 to 8 and 14 to 17: the clinic's licence names internet diagnosis
as its way of service, doctors are registered and have three years of practice, and only follow-ups of illnesses
diagnosed in person are seen. 互联网诊疗监管细则（试行）2022, articles 12 to 20: identity, consent, records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import public, requires
from tcmdesk.features.consultations.models import DeskVideoDoctor, DeskVideoLicence
from tcmdesk.features.consultations.queries.licence import read_doctors, read_gate, read_licence
from tcmdesk.features.consultations.types import CONFIGURE, READ, Eligibility, Licence
from tcmdesk.features.settings.service import zone_of

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork

HOLDER_MAX: Final = 200
NUMBER_MAX: Final = 100


@requires(READ)
def licence(connection: Connection, actor: Actor) -> Licence | None:
    """The licence entered last; None when there was never one."""
    return read_licence(connection)


@requires(READ)
def doctors(connection: Connection, actor: Actor) -> tuple[Eligibility, ...]:
    """Every active doctor and whether that one may."""
    return read_doctors(connection)


@requires(CONFIGURE)
def save_licence(uow: UnitOfWork, actor: Actor, entered: Licence) -> None:
    """Enter the licence, or switch online visits off; what was entered before is kept.

    Raises:
        ValidationError: a number is missing, it has run out, or it does not name internet diagnosis.
    """
    texts = (entered.holder.strip(), entered.licence_no.strip(), entered.approval_no.strip())
    if entered.switched_on:
        _check(entered, texts)
    uow.execute(
        insert(DeskVideoLicence).values(
            id=uuid7(), holder=texts[0][:HOLDER_MAX], licence_no=texts[1][:NUMBER_MAX],
            approval_no=texts[2][:NUMBER_MAX], names_internet_diagnosis=entered.names_internet_diagnosis,
            valid_until=entered.valid_until, switched_on=entered.switched_on, entered_by=actor_id(actor),
            entered_at=uow.now,
        )
    )  # fmt: skip


@requires(CONFIGURE)
def save_eligibility(
    uow: UnitOfWork, actor: Actor, doctor_id: str, *, eligible: bool, registration: str
) -> None:
    """Say whether a doctor may see patients by video, and where that was looked up.

    Raises:
        ValidationError: eligible without a registration that was looked up.
    """
    text = registration.strip()
    if eligible and not text:
        raise ValidationError(
            "video.registration", N_("Say under which number the doctor's registration was looked up."),
            field="registration",
        )  # fmt: skip
    values = {
        "eligible": eligible, "registration": text[:HOLDER_MAX], "checked_by": actor_id(actor), "checked_at": uow.now,
    }  # fmt: skip
    known = uow.execute(
        update(DeskVideoDoctor).where(DeskVideoDoctor.doctor_id == doctor_id).values(**values)
    )
    if not known.rowcount:
        uow.execute(insert(DeskVideoDoctor).values(doctor_id=doctor_id, **values))


@public("asked by other services before they let anybody in; reads no patient")
def demand_open(connection: Connection, doctor_id: str, now: dt.datetime) -> None:
    """Raise unless the clinic and the doctor may hold online visits now. One statement.

    Raises:
        Conflict: ``video.off``, ``video.licence_over`` or ``video.doctor``.
    """
    row = read_gate(connection, doctor_id)
    if not row.switched_on or not row.names_internet_diagnosis:
        raise Conflict(
            "video.off",
            N_("Online visits are switched off. An administrator enters the licence and the approval first."),
        )
    if row.valid_until < now.astimezone(zone_of(row.zone)).date():
        raise Conflict(
            "video.licence_over",
            N_("The licence for online visits ended on {day}. An administrator enters the new one."),
            day=row.valid_until.isoformat(),
        )
    if not row.eligible:
        raise Conflict(
            "video.doctor",
            N_("This doctor is not yet entered as allowed to see patients by video. Ask an administrator."),
        )


def _check(entered: Licence, texts: tuple[str, str, str]) -> None:
    for text, field in zip(texts, ("holder", "licence_no", "approval_no"), strict=True):
        if not text:
            raise ValidationError(
                "video.licence_text", N_("Fill in this field as it stands on the document."), field=field
            )
    if not entered.names_internet_diagnosis:
        raise ValidationError(
            "video.licence_scope",
            N_(
                "Online visits need an approval that names internet diagnosis. Tick this once you have seen it."
            ),
            field="names_internet_diagnosis",
        )
