"""What someone must look at, and in which order."""

from __future__ import annotations

from tcmdesk.features.appointments.ui.agenda import Entry, Heading, Topic, agenda_of, fitting
from tcmdesk.features.appointments.ui.layout import BoardLayout
from tests.factories.sample_day import DOCTORS, ZONE, board

LINES = agenda_of(BoardLayout(board(), DOCTORS, ZONE), 622)


def entries(topic):
    return [line for line in LINES if isinstance(line, Entry) and line.topic is topic]


def test_clashes_first_then_the_tray_then_unconfirmed_then_who_comes():
    assert [line.topic for line in LINES if isinstance(line, Heading)] == list(Topic)


def test_an_unconfirmed_one_whose_time_is_over_is_marked():
    assert [entry.card.patient_name for entry in entries(Topic.UNCONFIRMED) if entry.overdue] == ["田野"]


def test_a_clash_is_listed_once_and_not_as_unconfirmed_again():
    assert len(entries(Topic.CLASH)) == 1
    assert "方宁" not in [entry.card.patient_name for entry in entries(Topic.UNCONFIRMED)]


def test_only_those_still_to_come_are_next():
    assert all(entry.minute >= 622 for entry in entries(Topic.NEXT))


def test_what_would_be_cut_is_left_out_but_never_what_must_be_seen():
    must = [line for line in LINES if line.topic is not Topic.NEXT]
    assert list(fitting(LINES, 10, heading=36, entry=50)) == must
    room = sum(36 if isinstance(line, Heading) else 50 for line in must) + 36 + 50 + 49
    assert len(fitting(LINES, room, heading=36, entry=50)) == len(must) + 2
    assert fitting(LINES, 10_000, heading=36, entry=50) == LINES
