"""A patient's link on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.consultations.ui.link_card import modules_of
from tcmdesk.ui.printing.blocks import Block, Code, Gap, Line, Pair, PaperDocument, Rule
from tcmdesk.ui.printing.papers import A5, ROLL_58, ROLL_80, Paper

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.consultations.types import VideoVisit


def link_paper(visit: VideoVisit, link: str, clinic: str, tr: Translator, zone: ZoneInfo) -> PaperDocument:
    """When, with whom, and the code to photograph. Of the patient it names nothing but the name."""
    _ = tr.gettext
    modules = modules_of(link)
    starts_at = visit.starts_at.astimezone(zone)

    def blocks(paper: Paper) -> tuple[Block, ...]:
        edge = 40 if paper.room > 60 else 34
        return (
            Line(clinic, 10, bold=True, align="center"),
            Line(_("Video visit"), 12, bold=True, align="center"),
            Rule(),
            Pair(_("Patient"), visit.patient_name, 10, 18, bold=True),
            Pair(_("Doctor"), visit.doctor_name, 10, 18),
            Pair(_("Time"), f"{tr.date(starts_at.date(), weekday=True)} {tr.time(starts_at)}", 10, 18),
            Rule(),
            Gap(1),
            Code(modules, edge),
            Gap(1),
            Line(link, 7, align="center"),
            Gap(1),
            Line(
                _("Photograph the code ten minutes before. It opens once, on one device."), 8, align="center"
            ),
        )

    return PaperDocument("video_link", _("Link for a video visit"), (ROLL_80, ROLL_58, A5), blocks)
