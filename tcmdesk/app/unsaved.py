"""What is said of a place in which something would be lost: a call that runs is lost otherwise than a text."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator


class Leaving(Enum):
    """What would lose it: the text about something unsaved, about a call, and the word for doing it anyway in a call."""

    CLOSE = (
        N_("Something in “{screen}” is not saved yet. Finish it, or close and lose it."),
        N_("A call is running. Hang up first, or close and end the call."),
    )
    SWITCH = (
        N_("Something in “{screen}” is not saved yet. Finish it, or switch and lose it."),
        N_("A call is running. Hang up first, or switch and end the call."),
    )
    LANGUAGE = (
        N_("Something in “{screen}” is not saved yet. Finish it before switching the language."),
        N_("A call is running. Hang up before switching the language."),
    )
    LOCKED = (
        N_("Something in “{screen}” is not saved yet. Unlock and finish it, or it is lost."),
        N_("A call is running. Unlock and hang up, or the call ends."),
    )

    def text_of(self, place: Any, tr: Translator) -> str:
        """The sentence about a screen or docked panel; one with a call says so by `call_running`."""
        unsaved, calling = self.value
        if getattr(place, "call_running", False):
            return tr.gettext(calling)
        return tr.gettext(unsaved).format(screen=place.title)

    def word_of(self, place: Any, tr: Translator) -> str:
        """The word on the button that does it anyway."""
        if getattr(place, "call_running", False):
            return tr.gettext(N_("End the call"))
        return tr.gettext(N_("Switch and lose it") if self is Leaving.SWITCH else N_("Close and lose it"))
