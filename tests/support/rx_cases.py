"""The public case set of the prescription check: prescriptions and what has to be said about them.

A case holds the input as commands take it, the alerts that stop or mark something (`alerts`, compared whole), where it
matters what is put right by itself (`info`), and the names nobody knows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.safety.contract import read_draft
from tcmdesk.features.prescriptions.types import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge
    from tcmdesk.features.prescriptions.types import Alert, Check

FOLDER: Final = Path(__file__).parents[1] / "unit" / "features" / "prescriptions" / "cases"

Said = frozenset[tuple[str, frozenset[str], str]]
"""Alerts as (code, herbs, severity)."""


@dataclass(frozen=True)
class Case:
    """One prescription and the answer it must get."""

    id: str
    why: str
    document: dict[str, Any]
    alerts: Said
    info: Said | None
    unresolved: tuple[str, ...] = ()
    codes: frozenset[str] | None = None
    """Compare these codes only, of whatever severity; None: all but what is put right by itself."""


@cache
def written_cases() -> tuple[Case, ...]:
    """The prescriptions written by hand, file by file."""
    return tuple(
        Case(
            f"{path.stem}/{one['id']}",
            one["why"],
            one["in"],
            _expected(one["alerts"]),
            _expected(one["info"]) if "info" in one else None,
            tuple(one["unresolved"]),
        )
        for path in sorted(FOLDER.glob("*.json"))
        for one in json.loads(path.read_text(encoding="utf-8"))
    )


def outcome(knowledge: Knowledge, case: Case) -> str:
    """The difference between what the engine says and what it must say; empty when they agree."""
    return difference(case, answer(knowledge, case))


def answer(knowledge: Knowledge, case: Case) -> Check:
    """What the engine says; a fault of the engine is raised."""
    result = check(knowledge, read_draft(knowledge, case.document))
    if result.fault is not None:
        raise AssertionError(f"{case.id}: the engine failed, number {result.fault}")
    return result


def difference(case: Case, result: Check) -> str:
    """What is missing and what is too much; empty when the answer is right."""
    words = []
    if case.codes is None:
        said = alerts_said(alert for alert in result.alerts if alert.severity is not Severity.INFO)
    else:
        said = alerts_said(alert for alert in result.alerts if alert.code.value in case.codes)
    words += [f"missing {_text(one)}" for one in case.alerts - said]
    words += [f"false {_text(one)}" for one in said - case.alerts]
    if case.info is not None:
        put_right = alerts_said(alert for alert in result.alerts if alert.severity is Severity.INFO)
        words += [f"missing {_text(one)}" for one in case.info - put_right]
        words += [f"false {_text(one)}" for one in put_right - case.info]
    if result.unresolved != case.unresolved:
        words.append(f"unresolved {result.unresolved}, not {case.unresolved}")
    return "; ".join(words)


def alerts_said(alerts: Iterable[Alert]) -> Said:
    return frozenset((alert.code.value, frozenset(alert.herbs), alert.severity.value) for alert in alerts)


def _expected(documents: list[dict[str, Any]]) -> Said:
    return frozenset((one["code"], frozenset(one["herbs"]), one["severity"]) for one in documents)


def _text(said: tuple[str, frozenset[str], str]) -> str:
    code, herbs, severity = said
    return f"{code} {' '.join(sorted(herbs))} ({severity})"
