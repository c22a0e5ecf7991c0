"""Compares one column with what the contract says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tcmdesk.core.db.schema.findings import Finding, Level
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.core.db.schema.facts import ColumnFacts

_WIDENINGS: Final = {
    "text": {"mediumtext", "longtext"},
    "int": {"bigint"},
    "smallint": {"int", "bigint"},
    "tinyint(1)": {"smallint", "int"},
}
_VARCHAR: Final = re.compile(r"^varchar\((\d+)\)$")
_ENUM_VALUE: Final = re.compile(r"'((?:[^']|'')*)'")


def compare_column(where: str, expected: ColumnFacts, actual: ColumnFacts) -> Iterator[Finding]:
    """Every difference of one column."""
    if expected.type != actual.type:
        yield _type_finding(where, expected.type, actual.type)
    if expected.nullable and not actual.nullable:
        level = Level.BLOCKS if actual.default is None else Level.DRIFT
        yield Finding(
            level, "column.required", where, N_("must be filled in, where the contract allows NULL")
        )
    if actual.nullable and not expected.nullable:
        yield Finding(Level.DRIFT, "column.nullable", where, N_("allows NULL, where the contract does not"))
    if actual.on_update and not expected.on_update:
        yield Finding(
            Level.BLOCKS,
            "column.on_update",
            where,
            N_(
                "changes by itself at every update (explicit_defaults_for_timestamp was off when it was made)"
            ),
        )
    elif expected.on_update and not actual.on_update:
        yield Finding(Level.DRIFT, "column.no_on_update", where, N_("no longer follows updates by itself"))
    if expected.default != actual.default and not (actual.on_update and not expected.on_update):
        yield Finding(
            Level.DRIFT,
            "column.default",
            where,
            N_("has the default {actual}, the contract {expected}"),
            {"actual": actual.default or "NULL", "expected": expected.default or "NULL"},
        )
    if expected.charset and actual.charset and expected.charset != actual.charset:
        yield Finding(
            Level.BLOCKS,
            "column.charset",
            where,
            N_("is in the character set {actual}; names need {expected}"),
            {"actual": actual.charset, "expected": expected.charset},
        )
    elif expected.collation and expected.collation != actual.collation:
        yield Finding(
            Level.DRIFT,
            "column.collation",
            where,
            N_("has the collation {actual} instead of {expected}"),
            {"actual": actual.collation, "expected": expected.collation},
        )


def extra_column(where: str, actual: ColumnFacts) -> Finding:
    """A column the contract does not have."""
    if not actual.nullable and actual.default is None:
        return Finding(
            Level.BLOCKS, "column.extra_required", where, N_("is not in the contract and must be filled in")
        )
    return Finding(Level.DRIFT, "column.extra", where, N_("is not in the contract"))


def _type_finding(where: str, expected: str, actual: str) -> Finding:
    params: dict[str, object] = {"actual": actual, "expected": expected}
    if expected.startswith("enum(") and actual.startswith("enum("):
        return _enum_finding(where, _ENUM_VALUE.findall(expected), _ENUM_VALUE.findall(actual))
    if expected == "json" and actual in {"longtext", "mediumtext", "text"}:
        return Finding(
            Level.DRIFT,
            "column.json",
            where,
            N_("is {actual} instead of json: nothing checks what is written"),
            params,
        )
    level = Level.DRIFT if _is_wider(expected, actual) else Level.BLOCKS
    return Finding(level, "column.type", where, N_("is {actual}, the contract says {expected}"), params)


def _enum_finding(where: str, expected: list[str], actual: list[str]) -> Finding:
    missing = [value for value in expected if value not in actual]
    if missing:
        return Finding(
            Level.BLOCKS,
            "enum.missing",
            where,
            N_("does not know the value {values}"),
            {"values": ", ".join(missing)},
        )
    added = [value for value in actual if value not in expected]
    if added:
        return Finding(
            Level.DRIFT,
            "enum.extra",
            where,
            N_("knows the value {values}, which is not in the contract"),
            {"values": ", ".join(added)},
        )
    return Finding(
        Level.DRIFT,
        "enum.order",
        where,
        N_("lists its values in another order ({values}), which changes how rows sort"),
        {"values": ", ".join(actual)},
    )


def _is_wider(expected: str, actual: str) -> bool:
    if actual in _WIDENINGS.get(expected, set()):
        return True
    wanted, given = _VARCHAR.match(expected), _VARCHAR.match(actual)
    return bool(wanted and given and int(given[1]) > int(wanted[1]))
