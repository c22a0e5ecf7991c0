"""The platform's settings of calls, and ours beside them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from tcmdesk.features.consultations.queries.columns import VIDEO_CALL
from tcmdesk.features.settings.models import SystemConfig

_SETTINGS: Final = select(SystemConfig.config_key, SystemConfig.config_value).where(
    SystemConfig.category == VIDEO_CALL
)


def read_call_settings(connection: Connection) -> dict[str, str]:
    """`system_configs` of the category ``video_call`` by key."""
    return {row.config_key: row.config_value for row in connection.execute(_SETTINGS)}
