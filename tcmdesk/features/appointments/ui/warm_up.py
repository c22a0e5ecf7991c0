"""Imports what the board will soon need, a module at a time, once the board itself is painted.

On the UI thread, because importing classes of Qt on another one while this one paints is not safe.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

PAUSE_MS: Final = 150
"""Between two modules: time for keys and painting."""

MODULES: Final = (
    "tcmdesk.features.patients.ui.patient_field",
    "tcmdesk.features.patients.ui.family_picker",
    "tcmdesk.features.patients.ui.person_form",
    "tcmdesk.features.appointments.ui.booking_panel",
    "tcmdesk.features.appointments.ui.details_panel",
    "tcmdesk.features.appointments.ui.openings_panel",
    "tcmdesk.features.appointments.ui.cancel_dialog",
    "tcmdesk.features.appointments.ui.clash_panel",
)


class WarmUp(QObject):
    """Begins at `start`; each module that is there already costs nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(MODULES)
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def done(self) -> bool:
        return not self._left

    def start(self) -> None:
        """Import the first module after the pause, then the others."""
        self._timer.start()

    def stop(self) -> None:
        """The screen is left; what is missing is imported when it is opened."""
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        if self.done:
            self._timer.stop()
