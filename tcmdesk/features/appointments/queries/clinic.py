"""The clinic's settings as parts of other statements, so that they cost no round trip of their own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.types import CATEGORY, ZONE_KEY

ZONE: Final = (
    select(SystemConfig.config_value)
    .where(SystemConfig.category == CATEGORY, SystemConfig.config_key == ZONE_KEY)
    .scalar_subquery()
    .label("zone")
)
"""The stored zone or null, for `settings.service.zone_of`."""
