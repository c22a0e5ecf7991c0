"""What a patient does in the browser. Each knows one visit and may touch no other."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import update

from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.queries.patient import read_persons, read_states, read_view
from tcmdesk.features.consultations.service import _rules as rules
from tcmdesk.features.consultations.service import _visit_rows as visit_rows
from tcmdesk.features.consultations.types import (
    ATTEND,
    CONSENT_VERSION,
    FEEDBACK_MAX,
    PatientView,
    RoomState,
    VisitStatus,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(ATTEND)
def view(connection: Connection, actor: Actor) -> PatientView:
    """Everything the page shows. One statement.

    Raises:
        NotFound: ``video.gone``.
    """
    found = read_view(connection, rules.me(actor).consultation_id)
    if found is None:
        raise rules.gone()
    return found


@requires(ATTEND)
def confirm_identity(uow: UnitOfWork, actor: Actor, name: str, birthday: dt.date) -> None:
    """Compare what the patient says with what is on file; of a platform's booking it says for whom it is.

    Raises:
        Conflict: ``video.over``.
        ValidationError: ``identity.differs``.
    """
    row = rules.current(uow, rules.me(actor).consultation_id)
    persons, confirmed, booked_for = read_persons(uow.connection, row.patient_id, row.appointment_id)
    if confirmed:
        persons = {booked_for: persons[booked_for]} if booked_for in persons else {}
    match = [
        profile
        for profile, (known_name, known_birthday) in persons.items()
        if _plain(known_name) == _plain(name) and known_birthday in {None, birthday}
    ]
    if not match:
        raise ValidationError(
            "identity.differs",
            N_("Name and birthday differ from what the clinic has on file. Check both, or call the clinic."),
            field="name",
        )
    # the holder's own profile has the same name and birthday; the holder comes first
    visit_rows.write(uow, row, identity_stated_at=uow.now, profile_id=match[0])


@requires(ATTEND)
def consent(uow: UnitOfWork, actor: Actor, version: str) -> None:
    """Agree to the text in force.

    Raises:
        Conflict: ``consent.outdated`` or ``video.over``.
    """
    if version != CONSENT_VERSION:
        raise Conflict(
            "consent.outdated", N_("The text has changed meanwhile. Reload the page and read it again.")
        )
    row = rules.current(uow, rules.me(actor).consultation_id)
    visit_rows.write(uow, row, consented_at=uow.now, consent_version=version)


@requires(ATTEND)
def wait(uow: UnitOfWork, actor: Actor) -> None:
    """Enter the waiting room, or come back to it; who was let in stays let in.

    Raises:
        Conflict: ``identity.missing``, ``consent.missing`` or ``video.over``.
    """
    row = rules.current(uow, rules.me(actor).consultation_id)
    if row.identity_stated_at is None:
        raise Conflict("identity.missing", N_("Say first who you are."))
    if row.consented_at is None or row.consent_version != CONSENT_VERSION:
        raise Conflict("consent.missing", N_("Read the text and agree to it first."))
    entered = row.entered_at if row.entered_at is not None and row.left_at is None else uow.now
    visit_rows.write(uow, row, entered_at=entered, seen_at=uow.now, left_at=None)


@requires(ATTEND)
def leave(uow: UnitOfWork, actor: Actor) -> None:
    """Leave the waiting room or the call; the link's browser may come back."""
    row = rules.current(uow, rules.me(actor).consultation_id, still_open=False)
    if row.entered_at is not None and row.left_at is None:
        visit_rows.write(uow, row, left_at=uow.now, admitted_at=None, admitted_by=None)


@requires(ATTEND)
def rate(uow: UnitOfWork, actor: Actor, stars: int, comment: str = "") -> None:
    """Rate the visit once it is over, 1 to 5; the last word counts.

    Raises:
        Conflict: ``rating.early``.
        ValidationError: ``rating.range`` or ``rating.comment``.
    """
    if type(stars) is not int or not 1 <= stars <= 5:
        raise ValidationError("rating.range", N_("Choose one to five stars."), field="stars")
    text = comment.strip()
    if len(text) > FEEDBACK_MAX:
        raise ValidationError(
            "rating.comment", N_("The comment is longer than {most} characters. Shorten it."), field="comment",
            most=FEEDBACK_MAX,
        )  # fmt: skip
    row = rules.current(uow, rules.me(actor).consultation_id, still_open=False)
    if row.status not in {VisitStatus.COMPLETED, VisitStatus.IN_PROGRESS}:
        raise Conflict("rating.early", N_("The visit has not taken place yet."))
    uow.execute(
        update(VideoConsultation)
        .where(VideoConsultation.id == row.id)
        .values(patient_rating=stars, patient_feedback=text or None)
    )


@requires(ATTEND)
def still_here(database: Database, actor: Actor, consultation_ids: Sequence[str]) -> None:
    """Note that these patients' browsers are there. One statement for all of a gateway, and none in the ledger.

    Raises:
        PermissionDenied: only the program itself speaks for many.
    """
    if not rules.is_job(actor):
        raise PermissionDenied("video.patient_only", N_("Only the patient can say this."))
    if not consultation_ids:
        return
    now = database.clock.now()
    database.read(
        lambda connection: connection.execute(
            update(DeskVideoVisit)
            .where(DeskVideoVisit.consultation_id.in_(list(consultation_ids)))
            .values(seen_at=now)
        )
    )


@requires(ATTEND)
def states(connection: Connection, actor: Actor, consultation_ids: Sequence[str]) -> dict[str, RoomState]:
    """Status, whether let in, and place in the queue of each. One statement.

    Raises:
        PermissionDenied: only the program itself asks for many.
    """
    if not rules.is_job(actor):
        raise PermissionDenied("video.patient_only", N_("Only the patient can say this."))
    return read_states(connection, consultation_ids) if consultation_ids else {}


def _plain(name: str) -> str:
    """A name without what people type differently: width, case, spaces and middle dots."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if not char.isspace() and char not in "·•.・-")
