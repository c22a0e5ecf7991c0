"""Messages to patients' inboxes; the platform delivers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    from collections.abc import Mapping

SEND: Final = permission("notifications:message:send", Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST)

PATIENT_LANGUAGE: Final = "zh_CN"
"""The platform's patients read Chinese, whatever the language of the desk that writes to them."""


class MessageType(StrEnum):
    """`notifications.type`, as far as this program writes it."""

    APPOINTMENT_REMINDER = "appointment_reminder"
    APPOINTMENT_CONFIRMED = "appointment_confirmed"
    APPOINTMENT_CANCELLED = "appointment_cancelled"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to an account holder, about the row `related_id`."""

    user_id: str
    type: MessageType
    title: str
    content: str
    related_id: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
