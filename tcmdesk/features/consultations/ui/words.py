"""Words of video visits on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.types import SEEN_WITHIN, VideoVisit, VisitStatus

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.i18n import Translator
    from tcmdesk.media.protocol import Stats
    from tcmdesk.ui.theme.tokens import Colour

QUALITY: Final = {
    "excellent": N_("Line very good"),
    "good": N_("Line good"),
    "fair": N_("Line fair"),
    "poor": N_("Line poor"),
}


def clock(seconds: float) -> str:
    """``21:40``, with hours when there are some."""
    total = int(seconds)
    hours, minutes = divmod(total // 60, 60)
    return f"{hours}:{minutes:02d}:{total % 60:02d}" if hours else f"{minutes:02d}:{total % 60:02d}"


def figures(tr: Translator, stats: Stats) -> str:
    """``Round trip 42 ms · loss 0.3% · 480p``."""
    parts = []
    if stats.rtt_ms is not None:
        parts.append(tr.gettext("Round trip {ms} ms").format(ms=round(stats.rtt_ms)))
    parts.append(tr.gettext("loss {percent}%").format(percent=f"{stats.loss_in * 100:.1f}"))
    if stats.height:
        parts.append(f"{stats.height}p")
    return " · ".join(parts)


def state_of(tr: Translator, visit: VideoVisit, now: dt.datetime) -> tuple[str, str, Colour]:
    """What a row says of a visit: word, icon, colour."""
    _ = tr.gettext
    if visit.status is VisitStatus.IN_PROGRESS:
        return _("In call"), "video", "accent_text"
    if visit.waits and visit.entered_at is not None:
        if visit.seen_at is not None and now - visit.seen_at > SEEN_WITHIN:
            return _("Was waiting, away now"), "user-x", "warn"
        minutes = max(0, int((now - visit.entered_at).total_seconds() // 60))
        return _("Waiting {minutes} min").format(minutes=minutes), "hourglass", "accent_text"
    if visit.status is VisitStatus.WAITING and visit.admitted_at is not None:
        return _("Let in"), "user-check", "accent_text"
    if visit.status is VisitStatus.WAITING:
        return _("Link ready"), "clock", "text2"
    if visit.status is VisitStatus.COMPLETED:
        return _("Done"), "check", "text3"
    if visit.status is VisitStatus.NO_SHOW:
        return _("Did not come"), "user-x", "text3"
    if visit.appointment_status.value == "pending":
        return _("Unconfirmed"), "circle-dashed", "warn"
    return _("Not opened"), "circle", "text3"
