"""What a workstation remembers of its video calls: which devices, and whether somebody who waits is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.keepsakes import Keepsake

if TYPE_CHECKING:
    from tcmdesk.media.protocol import DevicesChanged

MATTER: Final = "video_calls"
_LISTS: Final = {"camera": "cameras", "microphone": "microphones", "speaker": "speakers"}


class CallChoices:
    """The choices, by camera, microphone and speaker; an id is empty where the system chooses."""

    def __init__(self, keepsake: Keepsake | None = None) -> None:
        self._keepsake = keepsake or Keepsake(MATTER)

    @property
    def devices(self) -> dict[str, str]:
        """Ids of the devices chosen last time."""
        kept = self._keepsake.read()
        return {kind: str(kept[kind]) for kind in _LISTS if isinstance(kept.get(kind), str) and kept[kind]}

    def keep_device(self, kind: str, device_id: str) -> None:
        """Remember one; `kind` is ``camera``, ``microphone`` or ``speaker``."""
        self._keepsake.keep({kind: device_id})

    @property
    def chimes(self) -> bool:
        """Whether a sound tells of somebody who begins to wait."""
        return self._keepsake.read().get("chime") is not False

    def keep_chimes(self, on: bool) -> None:
        self._keepsake.keep({"chime": on})


def absent(kept: dict[str, str], listed: DevicesChanged) -> tuple[str, ...]:
    """The kinds whose remembered device is not plugged in."""
    return tuple(
        kind
        for kind, device_id in kept.items()
        if device_id not in {device.id for device in getattr(listed, _LISTS[kind])}
    )
