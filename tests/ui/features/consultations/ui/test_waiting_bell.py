"""Somebody begins to wait while the doctor looks at something else."""

import pytest

from tcmdesk.features.consultations.service import calls
from tcmdesk.features.consultations.ui.choices import CallChoices
from tcmdesk.features.consultations.ui.waiting_bell import KEY, bell_of
from tests.support.sql import sql_allowed

TABLES = frozenset({"desk_video_visits"})


@pytest.fixture
def bell(place):
    place.posted, place.withdrawn, place.played = [], [], []
    place.context.messages.posted.connect(place.posted.append)
    place.context.messages.withdrawn.connect(place.withdrawn.append)
    bell = bell_of(place.context)
    bell.sound.play = lambda: place.played.append(1)
    place.until(lambda: bell._known is not None)
    return bell


def begins_to_wait(place):
    with sql_allowed():
        room = place.online.opened()
        place.online.patient_in(room)
    place.context.changes.changed.emit(TABLES)
    return room


def test_a_message_with_the_way_to_the_call_and_a_sound(place, bell):
    assert not place.posted
    begins_to_wait(place)
    place.until(lambda: place.posted)
    [message] = place.posted
    assert message.text == "沈若兰 waits for the video visit"
    assert not message.passing
    assert place.played == [1]
    message.actions[0].run()
    assert place.context.dock.current is not None


def test_nobody_is_told_twice_and_it_goes_when_nobody_waits(place, bell):
    room = begins_to_wait(place)
    place.until(lambda: place.posted)
    bell.load()
    place.until(lambda: bell._operation is None)
    assert (len(place.posted), place.played) == (1, [1])
    place.written(place.online.doctor, calls.admit, room.consultation_id)
    place.context.changes.changed.emit(TABLES)
    place.until(lambda: KEY in place.withdrawn)


def test_the_sound_is_turned_off_and_stays_so(place, bell):
    bell.toggle_sound()
    begins_to_wait(place)
    place.until(lambda: place.posted)
    assert place.played == []
    assert not CallChoices().chimes


def test_who_waited_before_makes_no_sound(place):
    begins_to_wait(place)
    posted, played = [], []
    place.context.messages.posted.connect(posted.append)
    bell = bell_of(place.context)
    bell.sound.play = lambda: played.append(1)
    place.until(lambda: posted)
    assert played == []


def test_one_bell_a_window(place, bell):
    assert bell_of(place.context) is bell


def test_a_clerk_is_not_rung_for(make_place, online):
    with sql_allowed():
        clerk = online.clinic.clerk()
    place = make_place(clerk)
    posted = []
    place.context.messages.posted.connect(posted.append)
    bell_of(place.context)
    begins_to_wait(place)
    place.idle()
    assert posted == []
