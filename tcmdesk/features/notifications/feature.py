"""Notifications announce themselves; their screen is still to come."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature
from tcmdesk.features.notifications.types import SEND

FEATURE = Feature(name="notifications", title=N_("Messages"), icon="bell", order=80, permission=SEND)
