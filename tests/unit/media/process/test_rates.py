import pytest
from aiortc.rate import BandwidthUsage

from tcmdesk.media.process.rates import HIGHEST, LOWEST, STEPS, FlooredRateControl, SendRate, Stair

NORMAL, OVERUSING = BandwidthUsage.NORMAL, BandwidthUsage.OVERUSING


def test_the_other_side_may_begin_with_the_floor():
    control = FlooredRateControl()
    assert control.update(NORMAL, 100_000, 1000) == FlooredRateControl.FLOOR


def test_the_floor_yields_to_overuse_that_lasts_and_comes_back_later_each_time():
    control = FlooredRateControl()
    control.update(NORMAL, 1_000_000, 1000)
    rests = []
    now = 10_000
    for _ in range(3):
        for _ in range(FlooredRateControl.LASTING):
            now += 400
            rate = control.update(OVERUSING, 300_000, now)
        assert rate < 300_000
        began = now
        while control.update(NORMAL, 300_000, now) < FlooredRateControl.FLOOR:
            now += 500
        rests.append(round((now - began) / 1000))
        now += 10_000
    assert rests == [10, 20, 40]


def test_a_moment_of_overuse_is_a_busy_machine():
    control = FlooredRateControl()
    control.update(NORMAL, 1_000_000, 1000)
    for now in (2000, 2010, 2020, 20_000, 40_000):
        control.update(OVERUSING, 300_000, now)
    assert control.update(NORMAL, 300_000, 40_500) == FlooredRateControl.FLOOR


def test_the_floor_yields_to_loss_and_the_estimate_falls_with_it():
    control = FlooredRateControl()
    control.update(NORMAL, 1_000_000, 1000)
    control.lose(0.05, 1500)
    assert control.update(NORMAL, 1_000_000, 1600) >= FlooredRateControl.FLOOR
    for now in range(2000, 9000, 1000):
        control.lose(0.2, now)
        rate = control.update(NORMAL, 1_000_000, now)
    assert rate < 0.75 * FlooredRateControl.FLOOR


def test_what_the_line_carries_above_the_floor_is_not_cut():
    control = FlooredRateControl()
    for now in range(0, 20_000, 500):
        rate = control.update(NORMAL, 2_500_000, now)
    assert rate > FlooredRateControl.FLOOR


def test_losses_above_ten_percent_cost_rate_and_few_losses_give_it_back():
    rate = SendRate(1_000_000)
    rate.report(0.2, 0.05, HIGHEST)
    assert rate.allowed == 900_000
    rate.report(0.05, 0.05, HIGHEST)
    assert rate.allowed == 900_000
    rate.report(0.0, 0.05, HIGHEST)
    assert rate.allowed == pytest.approx(927_000), "carefully, so soon after"
    for _ in range(SendRate.CAREFUL_SECONDS):
        rate.report(0.05, 0.05, HIGHEST)
    rate.report(0.0, 0.05, HIGHEST)
    assert rate.allowed == pytest.approx(927_000 * 1.08)


def test_what_the_other_side_permits_counts_only_on_a_strained_line():
    rate = SendRate(1_000_000)
    rate.report(0.0, 0.05, 100_000)
    assert rate.allowed > 1_000_000, "a quiet picture makes a low estimate"
    rate.report(0.0, 0.12, 400_000)
    assert rate.allowed > 1_000_000, "once is no queue"
    rate.report(0.0, 0.12, 400_000)
    assert rate.allowed == 400_000, "packets queue"
    rate.report(0.15, 0.05, 200_000)
    assert rate.allowed == 200_000


def test_nothing_known_changes_nothing():
    rate = SendRate(500_000)
    rate.report(None, None, 100_000)
    assert rate.allowed == 500_000


def test_the_rate_stays_within_its_bounds():
    low, high = SendRate(), SendRate()
    for _ in range(200):
        low.report(0.9, 0.05, HIGHEST)
        high.report(0.0, 0.05, HIGHEST)
    assert (low.allowed, high.allowed) == (LOWEST, HIGHEST)


def test_a_stair_goes_down_at_once_and_up_only_when_it_lasts():
    stair = Stair(rate=400_000)
    assert stair.follow(210_000, 0.0) == 190_000
    assert stair.follow(1_000_000, 0.1) == 190_000
    assert stair.follow(150_000, 1.0) == 130_000
    assert stair.follow(1_000_000, 1.1) == 130_000
    assert stair.follow(1_000_000, 3.0) == 130_000
    assert stair.follow(1_000_000, 3.7) == 900_000


def test_steps_span_the_bounds():
    assert (STEPS[0], STEPS[-1]) == (LOWEST, HIGHEST)
    assert list(STEPS) == sorted(STEPS)
