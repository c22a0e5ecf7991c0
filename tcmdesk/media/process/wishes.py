"""What the person has chosen to send and hear, for this call and the next."""

from __future__ import annotations

from dataclasses import dataclass

from tcmdesk.media.protocol import DataMode


@dataclass(slots=True)
class Wishes:
    """`volume` is 0 to 1."""

    muted: bool = False
    camera_off: bool = False
    low_data: bool = False
    audio_only: bool = False
    volume: float = 1.0

    @property
    def mode(self) -> DataMode:
        if self.audio_only:
            return DataMode.AUDIO_ONLY
        return DataMode.LOW if self.low_data else DataMode.FULL
