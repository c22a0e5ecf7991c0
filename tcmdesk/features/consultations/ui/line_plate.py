"""What stands on the picture of a call second by second: the line, how long it lasts, and when its time runs out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tcmdesk.features.consultations.jobs.call import CallState
from tcmdesk.features.consultations.ui.call_news import minutes_left, plate_of

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.consultations.ui.panel_parts import PanelParts

SECOND_MS = 1000


class LinePlate(QObject):
    """Writes on a panel's picture while a call is under way."""

    def __init__(self, tr: Translator, panel: PanelParts) -> None:
        super().__init__(panel)
        self._tr, self._panel = tr, panel
        self._state = CallState()
        self._quality = ("good", 4)
        self._name, self._max_minutes = "", 0
        self._warned = False
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self.show)

    def begin(self, name: str, max_minutes: int) -> None:
        """A call of somebody begins, which the clinic lets last so long; 0 for no end."""
        self._name, self._max_minutes = name, max_minutes
        self._state, self._warned = CallState(), False
        self._clock.start()
        self.show()

    def end(self) -> None:
        """The call is over."""
        self._clock.stop()
        self._panel.picture.set_line("", 0)

    def show_state(self, state: CallState) -> None:
        """Where the call stands by now."""
        self._state = state
        self.show()

    def show_quality(self, word: str, bars: int) -> None:
        """How good the line is."""
        self._quality = (word, bars)
        self._panel.pulse.set_icon("activity", "accent" if bars > 1 else "warn")
        if self._clock.isActive():
            self.show()

    def show(self) -> None:
        """Write it, as of now."""
        picture, now = self._panel.picture, time.monotonic()
        plate = plate_of(self._tr, self._state, self._quality, self._name, now)
        picture.set_line(plate.line, plate.bars)
        picture.set_message(plate.icon, plate.title, plate.detail)
        if self._state.began is not None and not self._warned:
            self._warn_of_time(now - self._state.began)

    def _warn_of_time(self, seconds: float) -> None:
        left = minutes_left(self._max_minutes, seconds)
        if left is None:
            return
        self._warned = True
        text = self._tr.ngettext(
            "{count} minute is left of the time for a visit. The call is not cut off.",
            "{count} minutes are left of the time for a visit. The call is not cut off.",
            left,
        )
        self._panel.say(text.format(count=left))
