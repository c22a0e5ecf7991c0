"""Which screens somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.registry import load_features

if TYPE_CHECKING:
    from tcmdesk.core.registry import ScreenSpec
    from tcmdesk.ui.context import UiContext


def screens_for(context: UiContext) -> list[ScreenSpec]:
    """The registered screens that the person may open, in menu order."""
    found = [
        (feature.order, spec.order, spec)
        for feature in load_features()
        if feature.permission is None or context.allowed(feature.permission)
        for spec in feature.screens
        if spec.permission is None or context.allowed(spec.permission)
    ]
    return [spec for _, _, spec in sorted(found, key=lambda entry: entry[:2])]
