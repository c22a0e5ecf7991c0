"""Every written prescription gets exactly the answer it must get, and every entry of the table still says what it said."""

from __future__ import annotations

from collections import Counter

import pytest

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.types import AlertCode
from tests.support.rx_cases import Case, outcome, written_cases
from tests.support.rx_tables import table_cases, tables, written_tables


@pytest.mark.parametrize("case", written_cases(), ids=lambda case: case.id)
def test_written_prescription(case: Case) -> None:
    assert outcome(reference(), case) == "", case.why


def test_every_entry_of_the_table() -> None:
    cases = [case for owned in table_cases().values() for case in owned]
    wrong = [f"{case.id}: {said}" for case in cases if (said := outcome(reference(), case))]
    assert wrong == []
    assert len(cases) > 10_000


def test_nothing_is_in_the_table_that_no_case_knows_and_nothing_is_lost() -> None:
    """Red after a change that is meant, too: then ``python -m tests.support.rx_tables`` and read the difference."""
    now, written = tables(reference()), written_tables()
    assert now.keys() == written.keys()
    for name, document in now.items():
        assert document == written[name], name


def test_the_set_has_cases_of_every_code_and_severity() -> None:
    said = Counter(
        (code, severity)
        for case in written_cases()
        for code, _, severity in (*case.alerts, *(case.info or ()))
    )
    assert {code for code, _ in said} == {code.value for code in AlertCode}
    for code in ("CONTROLLED_POISON", "NARCOTIC"):
        assert said[code, "hard"]
        assert said[code, "block"]
    assert said["DOSE_OVER_MAX_TOXIC", "sign"]
    assert said["DOSE_OVER_MAX_TOXIC", "hard"]


def test_formulas_of_the_books_raise_one_batch_item_at_most() -> None:
    silent = [case for case in written_cases() if case.id.startswith("formulas/silent-")]
    batch = [case for case in written_cases() if case.id.startswith("formulas/batch-")]
    assert len(silent) > 35
    assert all(len(case.alerts) <= 1 for case in silent + batch)
    assert all(severity == "sign" for case in batch for _, _, severity in case.alerts)
