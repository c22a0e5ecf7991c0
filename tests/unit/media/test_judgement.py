from dataclasses import replace

import pytest

from tcmdesk.media.judgement import BARS, Frugality, QualityMeter, quality_of
from tcmdesk.media.protocol import DataMode, LineQuality, Stats

FINE = Stats(
    call_id="c",
    generation=0,
    rtt_ms=40.0,
    loss_in=0.0,
    loss_out=0.0,
    audio_delivered=1.0,
    audio_gap_ms=30.0,
    fps=30.0,
    sent_fps=30.0,
    width=640,
    height=480,
    kbps_in=900.0,
    kbps_out=900.0,
    target_kbps=1500.0,
    frames=30,
    audio_frames=50,
)


@pytest.mark.parametrize(
    ("change", "quality"),
    [
        ({}, LineQuality.EXCELLENT),
        ({"rtt_ms": None, "loss_out": None}, LineQuality.EXCELLENT),
        ({"rtt_ms": 200.0}, LineQuality.GOOD),
        ({"loss_in": 0.05}, LineQuality.GOOD),
        ({"loss_out": 0.12}, LineQuality.FAIR),
        ({"audio_delivered": 0.95}, LineQuality.FAIR),
        ({"audio_gap_ms": 300.0}, LineQuality.FAIR),
        ({"rtt_ms": 900.0}, LineQuality.POOR),
        ({"loss_in": 0.3}, LineQuality.POOR),
        ({"audio_delivered": 0.8}, LineQuality.POOR),
    ],
)
def test_the_worst_figure_decides(change, quality):
    assert quality_of(replace(FINE, **change)) is quality


def test_bars_rise_with_quality():
    assert [BARS[quality] for quality in LineQuality] == [4, 3, 2, 1]


def tell(meter, *changes):
    return [meter.add(replace(FINE, **change)) for change in changes]


def test_one_bad_second_changes_nothing_and_two_do():
    meter = QualityMeter()
    assert tell(meter, {}, {"loss_in": 0.3}, {}, {"loss_in": 0.3}) == [True, False, False, False]
    assert tell(meter, {"loss_in": 0.05}) == [True]
    assert meter.quality is LineQuality.GOOD, "as bad as it was all the time, not as at its worst"


def test_better_takes_four_seconds_in_a_row():
    meter = QualityMeter()
    bad = {"loss_in": 0.3}
    assert tell(meter, bad, {}, {}, {}, bad) == [True, False, False, False, False]
    assert tell(meter, {}, {}, {}, {}) == [False, False, False, True]
    assert meter.quality is LineQuality.EXCELLENT


def until_changed(frugality, most=400, **change):
    """Seconds until the mode changes; None when it does not."""
    for second in range(1, most + 1):
        if frugality.add(replace(FINE, **change)):
            return second
    return None


def test_a_narrow_line_gets_a_small_picture_and_then_none():
    frugality = Frugality()
    assert until_changed(frugality, target_kbps=150.0) == Frugality.LOW_AFTER
    assert frugality.mode is DataMode.LOW
    assert until_changed(frugality, target_kbps=60.0) == Frugality.AUDIO_AFTER
    assert frugality.mode is DataMode.AUDIO_ONLY


def test_a_line_that_loses_a_third_is_for_sound_alone():
    frugality = Frugality()
    until_changed(frugality, loss_out=0.35)
    assert frugality.mode is DataMode.AUDIO_ONLY


def test_a_good_line_keeps_everything():
    assert until_changed(Frugality()) is None


def test_it_comes_back_step_by_step_when_the_line_is_good():
    frugality = Frugality()
    until_changed(frugality, loss_out=0.4)
    assert until_changed(frugality) == Frugality.FIRST_RETURN
    assert frugality.mode is DataMode.LOW
    assert until_changed(frugality, target_kbps=280.0) == Frugality.FULL_AFTER
    assert frugality.mode is DataMode.FULL


def test_a_return_that_did_not_last_is_tried_later():
    frugality = Frugality()
    until_changed(frugality, loss_out=0.4)
    waits = []
    for _ in range(6):
        waits.append(until_changed(frugality, target_kbps=250.0))
        assert until_changed(frugality, loss_out=0.4) == Frugality.AUDIO_AFTER
    assert waits == [10, 20, 40, 80, 160, 160]


def test_a_return_that_lasted_forgives():
    frugality = Frugality()
    until_changed(frugality, loss_out=0.4)
    until_changed(frugality, target_kbps=250.0)
    until_changed(frugality, loss_out=0.4)
    until_changed(frugality, target_kbps=250.0)
    assert until_changed(frugality, most=Frugality.LASTED + 1, target_kbps=250.0) is None
    until_changed(frugality, loss_out=0.4)
    assert until_changed(frugality, target_kbps=250.0) == Frugality.FIRST_RETURN
