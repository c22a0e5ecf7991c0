import itertools

import pytest

from tests.benchmarks.harness import (
    NOT_MEASURED,
    Arm,
    Spread,
    at_least,
    at_most,
    counted,
    exactly,
    percentile,
    take_turns,
)


def arm(name, samples):
    values = itertools.cycle(samples)
    return Arm(name, lambda: next(values))


def turns(runs, a=(2.0,), b=(1.0,)):
    return take_turns("test", "s", [arm("a", a), arm("b", b)], runs, warm_up=0)


def test_arms_take_turns():
    assert turns(3).order == ("a", "b", "a", "b", "a", "b")


def test_warm_up_is_not_counted():
    measured = take_turns("test", "s", [arm("a", (100.0, 1.0, 1.0))], 2, warm_up=1)
    assert measured.samples == {"a": (1.0, 1.0)}


def test_median_and_quartiles_stay_within_the_samples():
    spread = Spread.of([5.0, 1.0, 2.0, 100.0, 3.0])
    assert (spread.n, spread.median, spread.q1, spread.q3) == (5, 3.0, 2.0, 5.0)
    assert (spread.low, spread.high) == (1.0, 100.0)


def test_an_even_number_of_samples_has_its_median_between():
    assert Spread.of([1.0, 2.0, 4.0, 100.0]).median == 3.0


def test_ratio_is_of_the_medians_and_its_spread_of_the_turns():
    figure = turns(5, a=(2.0, 4.0, 6.0, 4.0, 100.0), b=(1.0, 2.0, 2.0, 2.0, 2.0)).ratio("x", "a", "b")
    assert figure.value == 2.0
    assert (figure.spread.low, figure.spread.high) == (2.0, 50.0)


@pytest.mark.parametrize("runs", [1, 4])
def test_fewer_than_five_runs_are_not_measured(runs):
    figure = turns(runs).ratio("x", "a", "b", at_most(10))
    assert figure.met is None
    assert figure.as_json()["value"] == NOT_MEASURED


def test_five_runs_are_measured():
    shown = turns(5).ratio("x", "a", "b", at_most(2)).as_json()
    assert (shown["value"], shown["met"], shown["target"]) == (2.0, True, "<= 2")


def test_warm_ups_among_the_samples_do_not_make_a_number_of_too_few_runs():
    figure = counted("doubles", [0, 0, 0, 0, 0, 0], exactly(0), runs=4)
    assert figure.as_json()["value"] == NOT_MEASURED


@pytest.mark.parametrize(
    ("target", "samples", "value", "met"),
    [
        (exactly(0), [0, 0, 0, 0, 1], 1, False),
        (exactly(120), [120, 120, 119, 120, 120], 119, False),
        (exactly(120), [120] * 5, 120, True),
        (at_most(6), [6, 6, 6, 7, 6], 7, False),
        (at_least(3), [3, 9, 2, 9, 9], 2, False),
        (at_least(2), [3, 9, 2, 9, 9], 2, True),
    ],
)
def test_the_worst_run_is_the_figure(target, samples, value, met):
    figure = counted("x", samples, target)
    assert (figure.value, figure.met) == (value, met)


def test_a_missed_target_is_said():
    assert turns(5).ratio("x", "a", "b", at_most(1.9)).met is False


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (1, 1), (0.5, 1)])
def test_percentile_by_nearest_rank(percent, value):
    assert percentile(range(100, 0, -1), percent) == value


def test_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 99)
