"""What the media process has to tell the doctor during a call, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.jobs.steps import Phase
from tcmdesk.features.consultations.ui.device_check import problem_text
from tcmdesk.features.consultations.ui.words import QUALITY, clock
from tcmdesk.media.protocol import DataMode, DataModeChanged, EchoSuspected, IceServerUnreachable

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.consultations.jobs.call import CallState

_MODES: Final = {
    DataMode.LOW: N_("The line is weak: a small picture is sent."),
    DataMode.AUDIO_ONLY: N_("The line is weak: only sound is sent."),
    DataMode.FULL: "",
}


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands on the picture: the line at the upper left with its bars, and words in the middle."""

    line: str = ""
    bars: int = 0
    icon: str = ""
    title: str = ""
    detail: str = ""


def plate_of(tr: Translator, state: CallState, quality: tuple[str, int], name: str, now: float) -> Plate:
    """The plate of a call; `quality` is the line's word and bars, `now` of `time.monotonic`."""
    _ = tr.gettext
    if state.phase is Phase.RECONNECTING:
        detail = _("{seconds} s. What you wrote stays.").format(seconds=int(now - state.since))
        return Plate(_("No line"), 0, "refresh-cw", _("Line is gone, trying again"), detail)
    if state.phase is Phase.CONNECTED and state.began is not None:
        word, bars = quality
        return Plate(f"{_(QUALITY[word])} {clock(now - state.began)}", bars)
    if state.phase is Phase.PATIENT_LEFT:
        return Plate(
            icon="user-x", title=_("The patient has left"), detail=_("Calls again when they are back.")
        )
    return Plate(icon="video", title=_("Calling {name}").format(name=name))


WARN_MINUTES: Final = 5


def minutes_left(max_minutes: int, seconds: float) -> int | None:
    """Whole minutes until a call of `seconds` has lasted as long as the clinic lets it, from five on; else None."""
    left = max_minutes * 60 - seconds
    return max(0, math.ceil(left / 60)) if max_minutes and left <= WARN_MINUTES * 60 else None


def news_of(event: object) -> str | None:
    """A msgid to show; empty when what was shown is over; None when there is nothing to tell."""
    match event:
        case DataModeChanged(mode=mode, automatic=True):
            return _MODES[mode]
        case EchoSuspected():
            return N_("The patient hears an echo of this room. Wear a headset, or turn the volume down.")
        case IceServerUnreachable():
            return N_("The relay server does not answer. The call tries without it.")
    return problem_text(event)
