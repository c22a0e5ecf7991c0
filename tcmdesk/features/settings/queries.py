"""Reads and writes single settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from tcmdesk.core.ids import uuid7
from tcmdesk.features.settings.models import ConfigValueType, SystemConfig

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork


def values(connection: Connection, category: str) -> dict[str, str]:
    """All values of a category by key."""
    rows = connection.execute(
        select(SystemConfig.config_key, SystemConfig.config_value).where(SystemConfig.category == category)
    )
    return dict(rows.all())


def locked_values(uow: UnitOfWork, category: str) -> dict[str, str]:
    """The same, kept from everybody else until the transaction ends."""
    rows = uow.execute(
        select(SystemConfig.config_key, SystemConfig.config_value)
        .where(SystemConfig.category == category)
        .order_by(SystemConfig.config_key)
        .with_for_update()
    )
    return {row.config_key: row.config_value for row in rows}


def put(uow: UnitOfWork, category: str, key: str, value: str, value_type: ConfigValueType) -> None:
    """Write a value, whether the key is there or not."""
    found = uow.execute(
        update(SystemConfig)
        .where(SystemConfig.category == category, SystemConfig.config_key == key)
        .values(config_value=value, value_type=value_type)
    )
    if not found.rowcount:
        uow.execute(
            insert(SystemConfig).values(
                id=uuid7(), category=category, config_key=key, config_value=value, value_type=value_type,
                is_encrypted=False,
            )
        )  # fmt: skip
