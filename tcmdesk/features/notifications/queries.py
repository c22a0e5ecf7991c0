"""The one statement that writes a message, or does not."""

from __future__ import annotations

from typing import Final

from sqlalchemy import String, bindparam, exists, insert, literal, select

from tcmdesk.features.identity.models import User
from tcmdesk.features.notifications.models import Notification, NotificationSetting
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.types import CATEGORY, NOTIFICATIONS_KEY, OFF

_refused = exists().where(
    NotificationSetting.user_id == bindparam("user"),
    NotificationSetting.notification_type == bindparam("type"),
    NotificationSetting.enabled == False,  # noqa: E712  (a column; IS FALSE would lose the index)
)
_switched_off = exists().where(
    SystemConfig.category == CATEGORY,
    SystemConfig.config_key == NOTIFICATIONS_KEY,
    SystemConfig.config_value == OFF,
)

INSERT_MESSAGE: Final = insert(Notification).from_select(
    ["id", "user_id", "type", "title", "content", "related_id", "status", "metadata"],
    select(
        bindparam("id", type_=String),
        User.id,
        bindparam("type", type_=String),
        bindparam("title", type_=String),
        bindparam("content", type_=String),
        bindparam("related", type_=String),
        literal("unread"),
        bindparam("metadata", type_=Notification.metadata_.type),
    ).where(
        User.id == bindparam("user"), User.phone.not_like(bindparam("placeholder")), ~_refused, ~_switched_off
    ),
    include_defaults=False,
)
"""Inserts nothing for an account that does not want the type, that has a placeholder for a phone, or while
the clinic's switch is off; no row in `notification_settings` means that the account wants it."""
