"""Short sounds that tell of something. Each can be turned off where it is used; none is the only sign of anything."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from tcmdesk.core import paths

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

log = logging.getLogger(__name__)


class Sound(QObject):
    """One sound of ``resources/sounds``. The sound system is loaded when it is first played."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = paths.resources() / "sounds" / f"{name}.wav"
        self._effect: QSoundEffect | None = None

    def play(self) -> None:
        """Play it; a computer without sound stays silent."""
        if self._effect is None:
            try:
                from PySide6.QtMultimedia import QSoundEffect
            except ImportError as error:
                log.warning("no sound: %s", error)
                return
            self._effect = QSoundEffect(self)
            self._effect.setSource(QUrl.fromLocalFile(str(self._path)))
        self._effect.play()
