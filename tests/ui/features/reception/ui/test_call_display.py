"""The wall of the waiting room."""

import datetime as dt

import pytest

from tcmdesk.core.errors import Unavailable
from tcmdesk.core.keepsakes import Keepsake
from tcmdesk.features.reception.ui.call_display import CallDisplay
from tcmdesk.features.reception.ui.display_painter import called_sentence
from tcmdesk.features.reception.ui.display_place import DisplayPlace, second_screen


@pytest.fixture
def display(front, tmp_path):
    made = CallDisplay(front.context, front.window, Keepsake("call_display", tmp_path))
    front.chimes = []
    made.sound.play = lambda: front.chimes.append(True)
    made.show()
    front.until(lambda: made._known is not None)
    yield made
    made.close()


def test_a_call_appears_with_surname_and_number_only_and_chimes(front, display):
    (appointment,) = front.arrive(("欧阳若曦", "10:45"))
    front.step("call", appointment, 0)
    front.ring()
    front.until(lambda: len(display.calls) == 1)
    assert called_sentence(display.calls[0], front.context.tr) == "欧阳** No. 1 → 陈景和"
    assert front.chimes == [True]


def test_called_again_it_chimes_again_and_otherwise_not(front, display):
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    front.step("call", appointment, 0)
    front.ring()
    front.until(lambda: len(front.chimes) == 1)
    front.step("call", appointment, 1)
    front.ring()
    front.until(lambda: len(front.chimes) == 2)
    front.step("start", appointment)
    front.ring()
    front.until(lambda: display.calls[0].inside)
    assert len(front.chimes) == 2


def test_who_was_called_before_it_was_opened_does_not_chime(front, tmp_path):
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    front.step("call", appointment, 0)
    made = CallDisplay(front.context, front.window, Keepsake("call_display", tmp_path))
    made.sound.play = lambda: pytest.fail("chimes for an old call")
    front.until(lambda: len(made.calls) == 1)
    made.close()


def test_the_chime_is_turned_off_and_that_is_remembered(front, display, tmp_path):
    display.toggle_chime()
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    front.step("call", appointment, 0)
    front.ring()
    front.until(lambda: len(display.calls) == 1)
    assert front.chimes == []
    assert Keepsake("call_display", tmp_path).read() == {"chime": False}


def test_at_midnight_yesterdays_calls_go_even_when_nothing_can_be_read(front, display, monkeypatch):
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    front.step("call", appointment, 0)
    front.ring()
    front.until(lambda: len(display.calls) == 1)
    yesterday, calls = display._day, display.calls

    def away(_query):
        raise Unavailable("db.away", "away")

    monkeypatch.setattr(front.context.database, "read", away)
    front.context.clock.advance(dt.timedelta(hours=13))
    display._clock.timeout.emit()
    assert display.calls == calls, "still the same day at the clinic"
    front.context.clock.advance(dt.timedelta(hours=1))
    display._clock.timeout.emit()
    assert display.calls == ()
    display._on_calls_read(yesterday, calls)
    assert display.calls == (), "an answer about yesterday comes too late"


def test_it_stays_when_the_desk_is_locked_and_does_not_keep_the_program_open(display):
    from PySide6.QtCore import Qt

    assert display.property("for_patients") is True
    assert not display.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_the_second_screen_is_the_one_that_is_not_the_desks():
    desk, wall = object(), object()
    assert second_screen([desk, wall], desk) is wall
    assert second_screen([desk], desk) is None


def test_unplugged_it_goes_on_in_a_window_and_comes_back(front, display, monkeypatch):
    place = display.place
    assert isinstance(place, DisplayPlace)
    wall = display.screen()
    place._screen = wall
    monkeypatch.setattr(place, "_desk_screen", lambda: None)
    display.showFullScreen()
    place.on_screen_removed(wall)
    assert not display.isFullScreen()
    assert front.said[-1].text == "The second screen is gone. Calls go on in a window"
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    front.step("call", appointment, 0)
    front.ring()
    front.until(lambda: len(display.calls) == 1)
    withdrawn = []
    front.context.messages.withdrawn.connect(withdrawn.append)
    place.on_screen_added(wall)
    assert display.isFullScreen()
    assert withdrawn == ["call_display"]
