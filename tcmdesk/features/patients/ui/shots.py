"""The palette as people find each other in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from tcmdesk.ui.scenes import Stage


def _palette(stage: Stage, text: str) -> None:
    stage.open("day_board")
    stage.keys("Ctrl+K")
    if text:
        stage.write(text)


SCENES: Final = (
    Scene("palette", lambda stage: _palette(stage, "shen")),
    Scene("palette-idle", lambda stage: _palette(stage, "")),
    Scene("palette-actions", lambda stage: _palette(stage, ">yu")),
    Scene("palette-nothing", lambda stage: _palette(stage, "qqqq")),
)
