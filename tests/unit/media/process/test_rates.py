import pytest
from aiortc.rate import BandwidthUsage

from tcmdesk.media.process.rates import HIGHEST, LOWEST, STEPS, FlooredRateControl, LossRate, Stair

NORMAL, OVERUSING = BandwidthUsage.NORMAL, BandwidthUsage.OVERUSING


def test_the_other_side_may_begin_with_the_floor():
    control = FlooredRateControl()
    assert control.update(NORMAL, 100_000, 1000) == FlooredRateControl.FLOOR


def test_the_floor_yields_to_overuse_and_comes_back_later_each_time():
    control = FlooredRateControl()
    control.update(NORMAL, 1_000_000, 1000)
    rests = []
    now = 2000
    for _ in range(3):
        assert control.update(OVERUSING, 300_000, now) < 300_000
        began = now
        while control.update(NORMAL, 300_000, now) < FlooredRateControl.FLOOR:
            now += 500
        rests.append(round((now - began) / 1000))
        now += 500
    assert rests == [10, 20, 40]


def test_what_the_line_carries_above_the_floor_is_not_cut():
    control = FlooredRateControl()
    for now in range(0, 20_000, 500):
        rate = control.update(NORMAL, 2_500_000, now)
    assert rate > FlooredRateControl.FLOOR


def test_losses_above_ten_percent_cost_rate_and_few_losses_give_it_back():
    rate = LossRate(1_000_000)
    rate.report(0.2)
    assert rate.allowed == 900_000
    rate.report(0.05)
    assert rate.allowed == 900_000
    rate.report(0.0)
    assert rate.allowed == pytest.approx(972_000)


def test_the_rate_stays_within_its_bounds():
    low, high = LossRate(), LossRate()
    for _ in range(200):
        low.report(0.9)
        high.report(0.0)
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
