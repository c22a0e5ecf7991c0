"""Compares whole tables with what the contract says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tcmdesk.core.db.base import OWN_PREFIX
from tcmdesk.core.db.schema.compare_columns import compare_column, extra_column
from tcmdesk.core.db.schema.expected import foreign_key_columns
from tcmdesk.core.db.schema.findings import Finding, Level
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.core.db.schema.facts import TableFacts, Tables


def compare_tables(expected: Tables, actual: Tables, *, adopted: bool) -> list[Finding]:
    """Every difference between what should be there and what is.

    Args:
        expected: the tables to look at, as the models say.
        actual: the database's tables; those not expected are nobody's business.
        adopted: whether missing foreign keys, and the indexes they imply, are allowed.
    """
    findings: list[Finding] = []
    for name, table in expected.items():
        if name in actual:
            findings += _compare_table(name, table, actual[name], adopted=adopted)
        else:
            findings.append(Finding(Level.BLOCKS, "table.missing", name, N_("the table is missing")))
    findings += _mixed_collations({name: actual[name] for name in expected if name in actual})
    return findings


def _compare_table(
    name: str, expected: TableFacts, actual: TableFacts, *, adopted: bool
) -> Iterator[Finding]:
    for column, facts in expected.columns.items():
        where = f"{name}.{column}"
        if column in actual.columns:
            yield from compare_column(where, facts, actual.columns[column])
        else:
            yield Finding(Level.BLOCKS, "column.missing", where, N_("the column is missing"))
    for column, facts in actual.columns.items():
        if column not in expected.columns:
            yield extra_column(f"{name}.{column}", facts)
    yield from _compare_indexes(name, expected, actual, adopted=adopted)
    foreign_level = Level.NOTE if adopted else Level.DRIFT
    for key in sorted(expected.foreign - actual.foreign):
        yield Finding(
            foreign_level, "foreign.missing", name, N_("the foreign key {key} is missing"), {"key": key}
        )
    if not expected.checks <= actual.checks:
        yield Finding(
            Level.DRIFT,
            "check.missing",
            name,
            N_("the check {condition} is missing"),
            {"condition": ", ".join(sorted(expected.checks - actual.checks))},
        )


def _compare_indexes(
    name: str, expected: TableFacts, actual: TableFacts, *, adopted: bool
) -> Iterator[Finding]:
    for columns in sorted(expected.unique - actual.unique):
        yield Finding(
            Level.DRIFT, "unique.missing", name, N_("nothing keeps {columns} unique"), {"columns": columns}
        )
    present = actual.indexes | actual.unique
    implied = foreign_key_columns(name) if adopted else frozenset()
    for columns in sorted(expected.indexes - actual.indexes):
        # a longer index serves as well, and MySQL drops the implied one for it
        if any(other.startswith(f"{columns},") for other in present):
            continue
        level = Level.NOTE if columns in implied else Level.DRIFT
        yield Finding(
            level, "index.missing", name, N_("the index on {columns} is missing"), {"columns": columns}
        )
    for index, columns in sorted(actual.names.items()):
        if index.startswith(OWN_PREFIX) or columns in expected.indexes | expected.unique:
            continue
        if columns in actual.unique:
            yield Finding(
                Level.DRIFT,
                "unique.extra",
                name,
                N_("{index} keeps {columns} unique, which the contract does not"),
                {"index": index, "columns": columns},
            )
        else:
            yield Finding(
                Level.NOTE,
                "index.extra",
                name,
                N_("has an index of its own on {columns}"),
                {"columns": columns},
            )


def _mixed_collations(actual: Tables) -> Iterator[Finding]:
    """Text columns that differ from the rest: comparing two collations is error 1267, or skips the index."""
    placed = [
        (f"{name}.{column}", facts.collation)
        for name, table in actual.items()
        for column, facts in table.columns.items()
        if facts.collation and not (name.startswith(OWN_PREFIX) and facts.collation.endswith("_bin"))
    ]
    if not placed:
        return
    usual, _ = Counter(collation for _, collation in placed).most_common(1)[0]
    for where, collation in placed:
        if collation != usual:
            yield Finding(
                Level.DRIFT,
                "collation.mixed",
                where,
                N_("has the collation {actual}, the rest {usual}"),
                {"actual": collation, "usual": usual},
            )
