"""The clinic's settings as parts of other statements, so that they cost no round trip of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ScalarSelect, func, literal, select

from tcmdesk.features.identity.models import Doctor
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.types import CATEGORY, HOURS_KEY, ZONE_KEY, doctor_hours_key

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement


def _value(key: ColumnElement[str]) -> ScalarSelect[Any]:
    return (
        select(SystemConfig.config_value)
        .where(SystemConfig.category == CATEGORY, SystemConfig.config_key == key)
        .correlate(Doctor)
        .scalar_subquery()
    )


ZONE: Final = _value(literal(ZONE_KEY)).label("zone")
"""The stored zone or null, for `settings.service.zone_of`."""

HOURS: Final = func.coalesce(
    _value(literal(doctor_hours_key("")).concat(Doctor.id)), _value(literal(HOURS_KEY))
).label("hours")
"""A doctor's stored hours, the clinic's, or null, for `settings.service.hours_of`."""
