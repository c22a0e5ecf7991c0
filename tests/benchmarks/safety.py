"""Whether the prescription check says what it must: recall, false alarms and names resolved on the public case set.

The set is in tests/unit/features/prescriptions/cases; it is public so that anyone can hold it against the books, and the
engine was built after it. A figure here is no substitute for a pharmacist's signature under the table.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.identity import Kind, resolve
from tcmdesk.features.prescriptions.types import Severity
from tests.benchmarks.harness import MINIMUM_RUNS, Figure, Spread, at_least, exactly, say
from tests.benchmarks.report import Report
from tests.support.rx_cases import alerts_said, answer, written_cases
from tests.support.rx_tables import written_tables

if TYPE_CHECKING:
    import argparse

    from tests.benchmarks.harness import Bound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--details", action="store_true", help="say each miss and each false alarm")


def run(arguments: argparse.Namespace) -> Report:
    knowledge = reference()
    cases = written_cases()
    expected = found = said = false = exact = 0
    by_code: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    names: set[str] = set()
    for case in cases:
        result = answer(knowledge, case)
        alerts = alerts_said(alert for alert in result.alerts if alert.severity is not Severity.INFO)
        expected += len(case.alerts)
        found += len(case.alerts & alerts)
        said += len(alerts)
        false += len(alerts - case.alerts)
        exact += alerts == case.alerts and result.unresolved == case.unresolved
        by_code.update(code for code, _, _ in case.alerts)
        missed.update(code for code, _, _ in case.alerts - alerts)
        # names that the case says nobody can know are no part of the share
        names.update(herb["name"] for herb in case.document["herbs"] if herb["name"] not in case.unresolved)
        if arguments.details and alerts != case.alerts:
            say(f"{case.id}: missed {sorted(case.alerts - alerts)}, false {sorted(alerts - case.alerts)}")
    names.update(name for written in written_tables()["names"].values() for name in written)
    resolved = sum(resolve(knowledge, name).kind is not Kind.UNKNOWN for name in names)
    silent = [case for case in cases if not case.alerts]
    report = Report(
        "safety",
        {
            "edition": knowledge.edition,
            "state": "reference, not reviewed by a pharmacist",
            "prescriptions": len(cases),
            "of which must stay silent": len(silent),
            "alerts expected": expected,
            "names": len(names),
            "alerts by code": dict(sorted(by_code.items())),
        },
    )
    report.figures += [
        _figure("recall", found / expected, at_least(1.0)),
        _figure("false alarms for each prescription", false / len(cases), exactly(0)),
        _figure("false among all alerts", false / said, exactly(0)),
        _figure("prescriptions answered exactly", exact / len(cases), at_least(1.0)),
        _figure("names resolved", resolved / len(names), at_least(1.0)),
    ]
    if missed:
        report.notes.append(f"missed by code: {dict(missed)}")
    return report


def _figure(name: str, value: float, target: Bound) -> Figure:
    """The engine has no chance in it: one run is as good as five."""
    return Figure(name, "", value, Spread.of([value]), MINIMUM_RUNS, target)
