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
        parts.append(tr.gettext("Delay {ms} ms").format(ms=round(stats.rtt_ms)))
    parts.append(tr.gettext("loss {percent}%").format(percent=f"{stats.loss_in * 100:.1f}"))
    if stats.height:
        parts.append(f"{stats.height}p")
    return " · ".join(parts)


def state_of(tr: Translator, visit: VideoVisit, now: dt.datetime) -> tuple[str, str, Colour]:
    """What a row says of a visit: word, icon, colour."""
    _ = tr.gettext
    if visit.waits and visit.entered_at is not None:
        if visit.seen_at is not None and now - visit.seen_at > SEEN_WITHIN:
            return _("Was waiting, away now"), "user-x", "warn"
        minutes = max(0, int((now - visit.entered_at).total_seconds() // 60))
        return _("Waiting {minutes} min").format(minutes=minutes), "hourglass", "accent_text"
    word, icon, tint = _STATES[visit.status]
    if visit.status is VisitStatus.WAITING and visit.admitted_at is not None:
        word, icon, tint = _LET_IN
    if visit.status is None and visit.appointment_status.value == "pending":
        word, icon, tint = _UNCONFIRMED
    return _(word), icon, tint


_LET_IN: Final[tuple[str, str, Colour]] = (N_("Let in"), "user-check", "accent_text")
_UNCONFIRMED: Final[tuple[str, str, Colour]] = (N_("Unconfirmed"), "circle-dashed", "warn")
_STATES: Final[dict[VisitStatus | None, tuple[str, str, Colour]]] = {
    None: (N_("Not opened"), "circle", "text3"),
    VisitStatus.WAITING: (N_("Room open"), "clock", "text2"),
    VisitStatus.IN_PROGRESS: (N_("In call"), "video", "accent_text"),
    VisitStatus.COMPLETED: (N_("Done"), "check", "text3"),
    VisitStatus.CANCELLED: (N_("Closed"), "x", "text3"),
    VisitStatus.NO_SHOW: (N_("Did not come"), "user-x", "text3"),
}
