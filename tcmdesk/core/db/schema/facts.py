"""What tables are like, in one form for three engines, whether read from a database or from the models."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column; `type` as MySQL's `information_schema` writes it, `default` without quotes."""

    type: str
    nullable: bool
    default: str | None = None
    on_update: bool = False
    charset: str | None = None
    collation: str | None = None


@dataclass(slots=True)
class TableFacts:
    """One table.

    `unique` and `indexes` hold comma-joined column names with `` desc`` where an index descends, the primary
    key among the unique ones; `foreign` holds ``column->table.column``; `checks` holds conditions without
    spaces, quotes and brackets. `names` tells the name of each index.
    """

    columns: dict[str, ColumnFacts] = field(default_factory=dict)
    unique: set[str] = field(default_factory=set)
    indexes: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


Tables = dict[str, TableFacts]


def plain_condition(condition: str) -> str:
    """A CHECK condition in a spelling that can be compared."""
    return condition.lower().translate(str.maketrans("", "", '`"()[] \n\t'))
