"""What Alembic needs to see no difference where there is none, on three engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import TextClause
from sqlalchemy.schema import DefaultClause, FetchedValue

from tcmdesk.core.db.base import OWN_PREFIX, Base
from tcmdesk.core.db.types import Money, OneOf, UtcTimestamp, now_on_update, uuid_default

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from alembic.autogenerate.api import AutogenContext
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Column, Dialect

_CHARSET_INTRODUCER: Final = re.compile(r"_utf8mb4(?=\\?')")


def include_name(name: str | None, kind: str, parents: MutableMapping[Any, str | None]) -> bool:
    """Compare the tables of the models only, and leave the opt-in indexes on contract tables alone."""
    if kind == "table":
        return name in Base.metadata.tables
    if kind in {"index", "unique_constraint"} and name and name.startswith(OWN_PREFIX):
        return str(parents.get("table_name")).startswith(OWN_PREFIX)
    return True


def normal_default(default: str | None) -> str | None:
    """A column default in one spelling, however the server or the dialect writes it."""
    if default is None:
        return None
    value = _CHARSET_INTRODUCER.sub("", str(default).strip()).replace("\\'", "'")
    while value.startswith("(") and value.endswith(")"):
        value = value[1:-1].strip()
    value = value.replace("current_timestamp()", "CURRENT_TIMESTAMP")
    if value.lower().startswith("current_timestamp"):
        value = value.upper()
    return None if value.upper() == "NULL" else value.strip("'")


def rendered_default(column: Column[Any], dialect: Dialect) -> str | None:
    """A model's server default as this dialect writes it, normalised."""
    default = column.server_default
    if not isinstance(default, DefaultClause):
        return None
    argument = default.arg
    return normal_default(argument if isinstance(argument, str) else str(argument.compile(dialect=dialect)))


def compare_server_default(
    context: MigrationContext,
    _inspected_column: Column[Any],
    metadata_column: Column[Any],
    inspected_default: str | None,
    _metadata_default: FetchedValue | None,
    _rendered: str | None,
) -> bool:
    """Whether the defaults differ; Alembic's own comparison finds 22 differences that are none."""
    return normal_default(inspected_default) != rendered_default(metadata_column, context.dialect)


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write our types and defaults by name; by default they would be rendered for SQLite."""
    if kind == "type" and isinstance(item, OneOf):
        return f"sa.{item!r}"
    if kind == "type" and isinstance(item, UtcTimestamp | Money):
        return _named(f"{type(item).__name__}()", context)
    argument = getattr(item, "arg", None)
    if kind == "server_default" and isinstance(argument, now_on_update | uuid_default):
        return _named(f"{type(argument).__name__}()", context)
    if kind == "server_default" and isinstance(argument, TextClause):
        return f"sa.text({argument.text!r})"
    return False


def _named(call: str, context: AutogenContext) -> str:
    context.imports.add(f"from tcmdesk.core.db.types import {call.removesuffix('()')}")
    return call
