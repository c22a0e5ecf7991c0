"""The columns of the lists of video visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.features.consultations.types import QUALITY_LABELS, VideoVisit
from tcmdesk.features.consultations.ui.words import clock, state_of
from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.theme.tokens import Colour

STARS: Final = 5


def today_columns(context: UiContext) -> tuple[Column[VideoVisit], ...]:
    """Of today's list."""
    _, tr = context.tr.gettext, context.tr

    def today() -> dt.date:
        return context.clock.now().astimezone(context.zone).date()

    def state(visit: VideoVisit) -> tuple[str, str, Colour]:
        return state_of(tr, visit, context.clock.now())

    return (
        Column(_("Time"), lambda visit: tr.time(visit.starts_at.astimezone(context.zone)), 72),
        Column(_("Patient"), lambda visit: visit.patient_name, 180, bold=True, colour="text", elide=True),
        Column("", lambda visit: sex_age(tr, visit.gender, visit.birthday, today()), 88),
        Column(_("Doctor"), lambda visit: visit.doctor_name, 92, elide=True),
        Column(
            _("State"),
            lambda visit: state(visit)[0],
            168,
            icon=lambda visit: state(visit)[1],
            tint=lambda visit: state(visit)[2],
        ),
        Column(
            _("Seen in person"),
            lambda visit: _("None on record") if visit.prior is None else tr.date(visit.prior.day),
            152,
            icon=lambda visit: "circle-alert" if visit.prior is None else "check",
            tint=lambda visit: "warn" if visit.prior is None else "text2",
        ),
        Column(_("Symptoms"), lambda visit: visit.symptoms, elide=True),
    )


def past_columns(context: UiContext) -> tuple[Column[VideoVisit], ...]:
    """Of the visits that are over."""
    _, tr = context.tr.gettext, context.tr

    def rating(visit: VideoVisit) -> str:
        return "" if visit.rating is None else "★" * visit.rating + "☆" * (STARS - visit.rating)

    def result(visit: VideoVisit) -> str:
        return state_of(tr, visit, context.clock.now())[0]

    return (
        Column(
            _("Day"),
            lambda visit: (
                f"{tr.date(visit.starts_at.astimezone(context.zone).date())} "
                f"{tr.time(visit.starts_at.astimezone(context.zone))}"
            ),
            150,
        ),
        Column(_("Patient"), lambda visit: visit.patient_name, 140, bold=True, colour="text", elide=True),
        Column(_("Doctor"), lambda visit: visit.doctor_name, 110, elide=True),
        Column(_("State"), result, 124),
        Column(
            _("Length"), lambda visit: "" if visit.duration is None else clock(visit.duration), 90, "right"
        ),
        Column(
            _("Line"), lambda visit: "" if visit.quality is None else _(QUALITY_LABELS[visit.quality]), 130
        ),
        Column(_("Rating"), rating, 110),
        Column(_("Comment"), lambda visit: visit.feedback, elide=True),
    )
