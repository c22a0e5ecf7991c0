"""Settings announce themselves; their screen is still to come."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature
from tcmdesk.features.settings.types import READ

FEATURE = Feature(name="settings", title=N_("Settings"), icon="settings", order=90, permission=READ)
