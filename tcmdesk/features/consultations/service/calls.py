"""Letting the patient in, and what is settled while both see each other."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import update

from tcmdesk.core.actor import Actor, actor_id
from tcmdesk.core.errors import UserError
from tcmdesk.core.permissions import requires
from tcmdesk.features.consultations.models import VideoConsultation
from tcmdesk.features.consultations.service import _rules as rules
from tcmdesk.features.consultations.service import _visit_rows as visit_rows
from tcmdesk.features.consultations.service.diagnoses import demand_prior
from tcmdesk.features.consultations.service.licence import demand_open
from tcmdesk.features.consultations.types import CALL, CONSENT_VERSION, Quality, VisitStatus
from tcmdesk.features.reception.service import steps
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


@requires(CALL)
def admit(uow: UnitOfWork, actor: Actor, consultation_id: str) -> None:
    """Let the patient in; from now on both may exchange signals.

    Raises:
        Conflict: ``video.first_visit``: file the earlier diagnosis; ``video.off`` and the like; ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    demand_open(uow.connection, row.doctor_id, uow.now)
    demand_prior(uow, actor, row)
    if row.admitted_at is None:
        visit_rows.write(uow, row, admitted_at=uow.now, admitted_by=actor_id(actor))


@requires(CALL)
def begin(uow: UnitOfWork, actor: Actor, consultation_id: str) -> None:
    """The first picture or sound has come through: the visit is in progress. Again is no change.

    Raises:
        Conflict: ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    if row.status == VisitStatus.IN_PROGRESS:
        return
    uow.execute(
        update(VideoConsultation)
        .where(VideoConsultation.id == consultation_id)
        .values(status=VisitStatus.IN_PROGRESS.value, actual_start_time=uow.now)
    )
    _into_consultation(uow, actor, row.appointment_id)


def _into_consultation(uow: UnitOfWork, actor: Actor, appointment_id: str) -> None:
    """The board and the waiting room show it too, unless they have reasons not to: the call goes on without."""
    zone = clinic(uow.connection, actor).zone
    try:
        with uow.connection.begin_nested():
            steps.start(uow, actor, appointment_id, zone)
    except UserError as error:
        log.info("not shown as in consultation: %s", error.code)


@requires(CALL)
def check_identity(uow: UnitOfWork, actor: Actor, consultation_id: str, *, checked: bool = True) -> None:
    """The doctor has compared name and birthday with the person on the screen, or takes that back.

    Raises:
        Conflict: ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    visit_rows.write(
        uow,
        row,
        identity_checked_at=uow.now if checked else None,
        identity_checked_by=actor_id(actor) if checked else None,
    )


@requires(CALL)
def note_consent(uow: UnitOfWork, actor: Actor, consultation_id: str) -> None:
    """The patient has agreed by word, where the page in the browser was not passed through.

    Raises:
        Conflict: ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    row = rules.current(uow, consultation_id)
    rules.own_doctor(actor, row.doctor_id)
    if row.consented_at is None:
        visit_rows.write(uow, row, consented_at=uow.now, consent_version=CONSENT_VERSION)


@requires(CALL)
def note_quality(uow: UnitOfWork, actor: Actor, consultation_id: str, quality: Quality) -> None:
    """How the line was over the whole call, for the platform's statistics."""
    row = rules.current(uow, consultation_id, still_open=False)
    rules.own_doctor(actor, row.doctor_id)
    uow.execute(
        update(VideoConsultation)
        .where(VideoConsultation.id == consultation_id)
        .values(connection_quality=quality.value)
    )
