"""Free times a line a day."""

from __future__ import annotations

import datetime as dt

import pytest

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.ui.opening_strip import OpeningStrip
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.text import Text
from tests.factories.sample_day import DAY, ZONE


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, 24 + day, hour, minute, tzinfo=ZONE).astimezone(dt.UTC)


STARTS = [at(day, hour, minute) for day in range(4) for hour in (8, 9, 10, 14, 15, 16) for minute in (0, 30)]


@pytest.fixture
def strip(qtbot):
    strip = OpeningStrip(Translator("en"), ZONE)
    qtbot.addWidget(strip)
    strip.show()
    return strip


def test_the_chosen_time_leads_its_day_and_other_days_are_spread(strip):
    strip.show_openings(STARTS, at(0, 10), DAY)
    assert strip.shown[:5] == (at(0, 10), at(0, 10, 30), at(0, 14), at(0, 14, 30), at(0, 15))
    second = strip.shown[5:10]
    assert (second[0], second[-1]) == (at(1, 8), at(1, 16, 30))
    assert len(strip.shown) == 15


def test_a_refresh_moves_nothing_that_is_still_free(strip):
    strip.show_openings(STARTS, at(0, 10), DAY)
    before = strip.shown
    strip.step(1)
    strip.show_openings(STARTS[1:], at(0, 10, 30), DAY)
    assert strip.shown == before
    strip.show_openings([start for start in STARTS if start != at(0, 14)], at(0, 10, 30), DAY)
    assert at(0, 14) not in strip.shown


def test_when_the_wanted_time_has_gone_the_next_one_is_a_step_away(strip):
    strip.show_openings([start for start in STARTS if start != at(0, 10)], None, DAY, near=at(0, 10))
    assert strip.selected is None
    strip.step(1)
    assert strip.selected == at(0, 10, 30)


def test_a_chosen_time_outside_the_openings_has_its_button(strip):
    strip.show_openings(STARTS, at(0, 12), DAY)
    assert at(0, 12) in strip.shown


def test_steps_end_at_the_last_time_in_sight(strip):
    strip.show_openings(STARTS, at(0, 8), DAY)
    for _ in range(30):
        strip.step(1)
    assert strip.selected == strip.shown[-1]


def test_times_that_cannot_be_read_are_not_no_times(strip):
    tried = []
    strip.show_openings([], at(0, 10), DAY)
    strip.show_failure(lambda: tried.append(True))
    strip.show_failure(lambda: tried.append(True))
    assert strip.shown == (at(0, 10),)
    [again] = [button for button in strip.findChildren(Button) if button.isVisible()]
    again.click()
    assert tried == [True]
    strip.show_openings(STARTS, at(0, 10), DAY)
    assert not [button for button in strip.findChildren(Button) if button.isVisible()]


def test_times_in_sight_stay_when_they_cannot_be_read_again(strip):
    strip.show_openings(STARTS, at(0, 10), DAY)
    before = strip.shown
    strip.show_failure(lambda: None)
    assert strip.shown == before
    assert not strip.findChildren(Button)


def test_of_another_doctor_nothing_is_known_yet(strip):
    strip.show_openings(STARTS, at(0, 10), DAY)
    strip.forget()
    assert (strip.shown, strip.selected) == ((), None)
    assert not [label for label in strip.findChildren(Text) if label.isVisible()]
