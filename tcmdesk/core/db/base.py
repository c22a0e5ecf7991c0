"""The declarative base of every table: the contract's, shared with the platform, and our own ``desk_*``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase

OWN_PREFIX: Final = "desk_"


class Base(DeclarativeBase):
    """Base of all models.

    There is no naming convention: constraints of the contract keep the names the servers give them.
    Code reads and writes with Core statements on explicit columns; mapped objects are not loaded.
    """

    metadata = MetaData()


def is_contract(table: Table) -> bool:
    """Whether a table belongs to the schema that is shared with the platform."""
    return not table.name.startswith(OWN_PREFIX)
