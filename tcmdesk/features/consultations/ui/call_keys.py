"""The keys of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.consultations.ui.panel_parts import PanelParts


def add_call_keys(
    panel: PanelParts,
    add: Callable[..., object],
    toggle_full: Callable[[], None],
    hang_up: Callable[[], None],
    complete: Callable[[], None],
) -> None:
    """Register them; those of the buttons work from anywhere in the window while the buttons are shown."""
    _, buttons = panel._, panel.buttons
    add(buttons.mute, "Ctrl+M", _("Mute"), buttons.mute.toggle, rank=60)
    add(buttons.camera, "Ctrl+E", _("Camera"), buttons.camera.toggle, rank=61)
    add(buttons.low_data, "Ctrl+L", _("Low data"), buttons.low_data.toggle, rank=63)
    add(buttons.audio_only, "Ctrl+U", _("Audio only"), buttons.audio_only.toggle, rank=64)
    add(buttons.full, "F11", _("Full screen"), toggle_full, rank=62)
    add(buttons.end, "Ctrl+W", _("Hang up"), hang_up, rank=65)
    inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
    add(panel, "Ctrl+Return", _("Complete the visit"), complete, context=inside, listed=False)
