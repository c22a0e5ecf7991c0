import json

from tests.benchmarks.harness import at_most, counted
from tests.benchmarks.report import Report


def test_a_missed_figure_fails_the_run():
    report = Report("x", figures=[counted("a", [1] * 5, at_most(1)), counted("b", [2] * 5, at_most(1))])
    assert report.missed


def test_a_figure_that_was_not_measured_does_not_fail_it():
    assert not Report("x", figures=[counted("b", [2] * 4, at_most(1))]).missed


def test_it_is_one_json_document():
    shown = json.loads(Report("x", {"clients": 3}, figures=[counted("b", [2] * 5, at_most(1))]).text())
    assert shown["settings"] == {"clients": 3}
    assert shown["figures"][0]["met"] is False
